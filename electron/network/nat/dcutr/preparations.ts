import type { Connection } from '@libp2p/interface'
import type { Prepared } from './prepared.ts'

/** What is prepared ahead for relayed connections, so that an attempt need not wait for it. */
export interface Preparations {
  /** Begins now, and keeps the result for a while. Idempotent. */
  ahead(relayed: Connection): void
  /** What is prepared for this connection, for one use; from then on it is the caller's to release. */
  take(relayed: Connection): Promise<Prepared>
  /** The connection is gone, or nobody will ask. */
  drop(connectionId: string): void
  stop(): void
}

export interface PreparationsOptions {
  /** Never throws. */
  readonly prepare: (relayed: Connection, signal: AbortSignal) => Promise<Prepared>
  readonly keptMs?: number
}

interface Kept {
  readonly prepared: Promise<Prepared>
  readonly timer: NodeJS.Timeout
  readonly leaving: AbortController
}

// Routers forget a port that is not used; nobody who wants to punch waits longer.
const KEPT_MS = 15_000
// Each holds a connection to a relay. When a relay comes back, everyone comes at once: the others prepare when it is their turn.
const KEPT_MAX = 16

/** Nothing is prepared yet. */
export function createPreparations({ prepare, keptMs = KEPT_MS }: PreparationsOptions): Preparations {
  const kept = new Map<string, Kept>()

  function begin(relayed: Connection): Kept {
    const leaving = new AbortController()
    const timer = setTimeout(() => drop(relayed.id), keptMs)
    timer.unref()
    return { prepared: prepare(relayed, leaving.signal), timer, leaving }
  }

  function drop(id: string): void {
    const found = kept.get(id)
    if (found === undefined) return
    kept.delete(id)
    clearTimeout(found.timer)
    found.leaving.abort(new Error('not needed any more'))
    void found.prepared.then((prepared) => prepared.release())
  }

  return {
    ahead(relayed) {
      if (kept.has(relayed.id) || kept.size >= KEPT_MAX || relayed.status !== 'open') return
      kept.set(relayed.id, begin(relayed))
    },
    take(relayed) {
      const { prepared, timer } = kept.get(relayed.id) ?? begin(relayed)
      kept.delete(relayed.id)
      clearTimeout(timer)
      return prepared
    },
    drop,
    stop() {
      for (const id of [...kept.keys()]) drop(id)
    },
  }
}
