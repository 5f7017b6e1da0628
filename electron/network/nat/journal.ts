import type { Attempt, AttemptOutcome, AttemptReason, AttemptStage, Mechanism } from '../../../shared/domain/attempt.ts'
import type { Listing } from '../../../shared/domain/listing.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { createListeners } from '../listeners.ts'

/** Everything that was tried to get on without a relay, with its stages and its outcome. */
export interface Journal extends Listing<Attempt> {
  begin(what: { readonly mechanism: Mechanism; readonly peer?: PeerId }): OpenAttempt
  /** The newest attempt of each mechanism with this peer. */
  lastOf(peer: PeerId, mechanism: Mechanism): Attempt | undefined
  /** Called with a peer when an attempt with it began or ended. */
  onPeer(listener: (peer: PeerId) => void): () => void
}

/** An attempt that runs. Ended once; what is said after its end is not heard. */
export interface OpenAttempt {
  readonly id: string
  /** Something happened: past tense, from a fixed list of each mechanism. */
  stage(what: string, detail?: string): void
  succeed(address?: string): void
  fail(reason: AttemptReason, detail?: string): void
  /** Another way was faster. */
  overtaken(): void
}

export interface JournalOptions {
  readonly onError: (error: unknown) => void
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

// Newest attempts kept of one mechanism with one peer: enough to see whether it gets better.
const KEPT_EACH = 4
const KEPT_IN_ALL = 200
// A row of a view is about 1 KB at most.
const STAGES_MAX = 10
const DETAIL_MAX_CHARACTERS = 64

/** An empty journal. It lives in memory only: who was tried when is nobody's business after the program ends. */
export function createJournal({ onError, now = () => Date.now() }: JournalOptions): Journal {
  const attempts = new Map<string, Attempt>()
  const changed = createListeners<[]>(onError)
  const peerChanged = createListeners<[PeerId]>(onError)
  let count = 0

  const isAlike = (a: Attempt, mechanism: Mechanism, peer: PeerId | undefined) =>
    a.mechanism === mechanism && a.peer === peer

  /** Oldest first, because a map keeps the order in which its keys came. */
  function forgetOld(mechanism: Mechanism, peer: PeerId | undefined): void {
    const alike = [...attempts.values()].filter((attempt) => isAlike(attempt, mechanism, peer))
    for (const { id } of alike.slice(0, Math.max(0, alike.length - KEPT_EACH))) attempts.delete(id)
    for (const id of [...attempts.keys()].slice(0, Math.max(0, attempts.size - KEPT_IN_ALL))) attempts.delete(id)
  }

  return {
    begin({ mechanism, peer }) {
      const id = String(++count)
      const startedAt = now()
      let isOver = false
      attempts.set(id, {
        ...{ id, mechanism, startedAt, stages: [], outcome: { state: 'running' } },
        ...(peer !== undefined && { peer }),
      })
      forgetOld(mechanism, peer)
      changed.call()
      if (peer !== undefined) peerChanged.call(peer)

      const change = (by: (attempt: Attempt) => Attempt) => {
        const attempt = attempts.get(id)
        if (isOver || attempt === undefined) return
        attempts.set(id, by(attempt))
        changed.call()
      }
      const end = (outcome: AttemptOutcome) => {
        if (isOver) return
        change((attempt) => ({ ...attempt, endedAt: now(), outcome }))
        isOver = true
        if (peer !== undefined) peerChanged.call(peer)
      }
      return {
        id,
        stage: (what, detail) =>
          change((attempt) => {
            const stage: AttemptStage = { atMs: now() - startedAt, what, ...short(detail) }
            // The first ones tell how it began, the last how it ended.
            const kept = attempt.stages.length < STAGES_MAX ? attempt.stages : attempt.stages.slice(0, STAGES_MAX - 1)
            return { ...attempt, stages: [...kept, stage] }
          }),
        succeed: (address) => end({ state: 'succeeded', ...(address !== undefined && { address }) }),
        fail: (reason, detail) => end({ state: 'failed', reason, ...short(detail) }),
        overtaken: () => end({ state: 'overtaken' }),
      }
    },
    lastOf: (peer, mechanism) => [...attempts.values()].findLast((attempt) => isAlike(attempt, mechanism, peer)),
    *rows() {
      for (const attempt of attempts.values()) yield [attempt.id, attempt] as const
    },
    onPeer: peerChanged.add,
    onChange: changed.add,
  }
}

function short(detail: string | undefined): { readonly detail?: string } {
  return detail === undefined ? {} : { detail: detail.slice(0, DETAIL_MAX_CHARACTERS) }
}
