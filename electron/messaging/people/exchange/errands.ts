import type { PeerId } from '../../../../shared/domain/peer.ts'
import { type Backoff, retryDelayMs } from '../../../network/pace/backoff.ts'

/** Things to do with single peers, each tried until done: at once when asked to, then with growing pauses. */
export interface Errands {
  /** Do it now, or once more when it is being done. Pauses start small again. */
  poke(peer: PeerId): void
  /** Not now: the peer went. The next poke starts again. */
  drop(peer: PeerId): void
  /** Ends everything; resolves when nothing runs any more. */
  stop(): Promise<void>
}

export interface ErrandsOptions {
  /** Does what there is to do. `againInMs`: not done; look again then. Throwing means: again after a growing pause. */
  readonly run: (peer: PeerId, signal: AbortSignal) => Promise<{ readonly againInMs?: number }>
  readonly backoff: Backoff
  readonly log?: (event: string, fields: Readonly<Record<string, unknown>>) => void
}

interface Errand {
  failures: number
  isRunning: boolean
  isPoked: boolean
  isDropped: boolean
  timer?: NodeJS.Timeout
}

export function createErrands({ run, backoff, log }: ErrandsOptions): Errands {
  const errands = new Map<PeerId, Errand>()
  const running = new Set<Promise<void>>()
  const ended = new AbortController()

  async function work(peer: PeerId, errand: Errand): Promise<void> {
    errand.isRunning = true
    let againInMs: number | undefined
    do {
      errand.isPoked = false
      try {
        againInMs = (await run(peer, ended.signal)).againInMs
        errand.failures = 0
      } catch (error) {
        if (ended.signal.aborted) return
        errand.failures++
        againInMs = retryDelayMs(backoff, errand.failures)
        log?.('errand failed', { peer: peer.slice(-6), failures: errand.failures, why: reasonOf(error) })
      }
    } while (errand.isPoked && !ended.signal.aborted)
    errand.isRunning = false
    if (ended.signal.aborted || errand.isDropped || againInMs === undefined) errands.delete(peer)
    else errand.timer = setTimeout(() => start(peer, errand), againInMs)
  }

  function start(peer: PeerId, errand: Errand): void {
    clearTimeout(errand.timer)
    const job = work(peer, errand).finally(() => running.delete(job))
    running.add(job)
  }

  return {
    poke(peer) {
      if (ended.signal.aborted) return
      const errand = errands.get(peer) ?? { failures: 0, isRunning: false, isPoked: false, isDropped: false }
      errands.set(peer, errand)
      errand.failures = 0
      errand.isDropped = false
      if (errand.isRunning) errand.isPoked = true
      else start(peer, errand)
    },
    drop(peer) {
      const errand = errands.get(peer)
      if (errand === undefined) return
      clearTimeout(errand.timer)
      if (errand.isRunning) errand.isDropped = true
      else errands.delete(peer)
    },
    async stop() {
      ended.abort(new Error('stopped'))
      for (const { timer } of errands.values()) clearTimeout(timer)
      errands.clear()
      await Promise.allSettled([...running])
    },
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
