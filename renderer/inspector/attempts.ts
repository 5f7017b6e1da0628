import type { Attempt } from '../../shared/domain/attempt.ts'
import type { PeerId } from '../../shared/domain/peer.ts'

/** The newest first. Ids are rising numbers as text, in the order in which the attempts began. */
export const newestFirst = (attempts: Iterable<Attempt>): readonly Attempt[] =>
  [...attempts].sort((one, other) => Number(other.id) - Number(one.id))

/** What was tried with one peer, the newest first. */
export const attemptsWith = (peer: PeerId, attempts: Iterable<Attempt>): readonly Attempt[] =>
  newestFirst(attempts).filter((attempt) => attempt.peer === peer)

/** How long an attempt took; `undefined` while it runs. A clock that was set back meanwhile makes it 0. */
export const tookMs = ({ startedAt, endedAt }: Pick<Attempt, 'startedAt' | 'endedAt'>): number | undefined =>
  endedAt === undefined ? undefined : Math.max(0, endedAt - startedAt)

// Where the newest stage of a running attempt stands: what is still to come has a place behind it.
const RUNNING_AT_PERCENT = 75

/** Where the stages stand on the bar of an attempt, in percent of its length, and how far the bar is certain. */
export interface BarPlaces {
  readonly ticks: readonly number[]
  readonly certain: number
}

/** Lays an attempt out on a bar from its begin to its end. */
export function barPlaces(attempt: Pick<Attempt, 'startedAt' | 'endedAt' | 'stages'>): BarPlaces {
  const lastMs = Math.max(0, ...attempt.stages.map(({ atMs }) => atMs))
  const whole = tookMs(attempt)
  const lengthMs = whole === undefined ? lastMs / (RUNNING_AT_PERCENT / 100) : Math.max(whole, lastMs)
  const place = (ms: number) => (lengthMs === 0 ? 0 : (Math.max(0, ms) / lengthMs) * 100)
  return { ticks: attempt.stages.map(({ atMs }) => place(atMs)), certain: whole === undefined ? place(lastMs) : 100 }
}
