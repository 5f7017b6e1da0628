import type { Multiaddr } from '@multiformats/multiaddr'
import type { Prepared } from './prepared.ts'

/** What is prepared ahead for relayed connections, so that an attempt need not wait for it. */
export interface Preparations {
  /** Begins now, and keeps the result for a while. Idempotent. `relayed`: the remote address of the connection. */
  ahead(relayed: Multiaddr): void
  /** What is prepared for this connection, for one use; from then on it is the caller's to release. */
  take(relayed: Multiaddr): Promise<Prepared>
  /** The connection is gone, or nobody will ask. */
  drop(relayed: Multiaddr): void
  stop(): void
}

export interface PreparationsOptions {
  /** Never throws. */
  readonly prepare: (relayed: Multiaddr, signal: AbortSignal) => Promise<Prepared>
  readonly keptMs?: number
}

interface Kept {
  readonly prepared: Promise<Prepared>
  readonly timer: NodeJS.Timeout
  readonly leaving: AbortController
}

// Routers forget a port that is not used; nobody who wants to punch waits longer.
const KEPT_MS = 15_000
// Each holds a connection to a relay, all under one name. When a relay comes back, everyone comes at once: the others prepare
// when it is their turn.
const KEPT_MAX = 8

/** Nothing is prepared yet. */
export function createPreparations({ prepare, keptMs = KEPT_MS }: PreparationsOptions): Preparations {
  const kept = new Map<string, Kept>()
  const stopping = new AbortController()

  function begin(relayed: Multiaddr): Kept {
    const leaving = new AbortController()
    const timer = setTimeout(() => drop(relayed.toString()), keptMs)
    timer.unref()
    const signal = AbortSignal.any([leaving.signal, stopping.signal])
    return { prepared: prepare(relayed, signal), timer, leaving }
  }

  function drop(key: string): void {
    const found = kept.get(key)
    if (found === undefined) return
    kept.delete(key)
    clearTimeout(found.timer)
    found.leaving.abort(new Error('not needed any more'))
    void found.prepared.then((prepared) => prepared.release())
  }

  return {
    ahead(relayed) {
      if (stopping.signal.aborted) return
      const key = relayed.toString()
      if (!kept.has(key) && kept.size < KEPT_MAX) kept.set(key, begin(relayed))
    },
    take(relayed) {
      const key = relayed.toString()
      const { prepared, timer } = kept.get(key) ?? begin(relayed)
      kept.delete(key)
      clearTimeout(timer)
      return prepared
    },
    drop: (relayed) => drop(relayed.toString()),
    stop() {
      stopping.abort(new Error('stopping'))
      for (const key of [...kept.keys()]) drop(key)
    },
  }
}
