import type { EntryId } from '../../../../shared/domain/message.ts'
import type { StoredLog } from '../../../storage/tables/entries.ts'

// Arithmetic of have vectors: what does the other side lack of one log?

/** The end of one branch as the other side tells it. */
export interface ToldTip {
  readonly seq: number
  readonly head: EntryId
}

/** A place in a log in the order entries travel: by seq, entries of two branches at one seq by arrival. */
export interface Cursor {
  readonly seq: number
  readonly arrival: number
}

/** Everything up to and including this seq. */
export const upTo = (seq: number): Cursor => ({ seq, arrival: Number.MAX_SAFE_INTEGER })

export type Lack =
  /** It lacks what comes after this place. */
  | { readonly kind: 'after'; readonly cursor: Cursor }
  | { readonly kind: 'nothing' }
  /** It has a branch that I do not know: ask for it, ending in this entry. */
  | { readonly kind: 'forked'; readonly head: EntryId }

/**
 * What the other side lacks of a log, given the ends of branches it told (none: it knows nothing of the log).
 * `isHeld` says whether I hold an entry.
 */
export function lackOf(log: StoredLog, told: readonly ToldTip[], isHeld: (head: EntryId) => boolean): Lack {
  const mine = log.tips[0].seq
  if (told.length === 0) return { kind: 'after', cursor: upTo(0) }
  const heads = new Set(told.map((tip) => tip.head))
  if (log.tips.every((tip) => heads.has(tip.head))) return { kind: 'nothing' }
  const known = told.filter((tip) => isHeld(tip.head))
  if (known.length === 0) {
    const unknown = told.find((tip) => tip.seq <= mine)
    // Longer than mine and unknown: it sends me the rest, and if that does not fit, this is asked again.
    return unknown ? { kind: 'forked', head: unknown.head } : { kind: 'nothing' }
  }
  const reached = Math.max(...known.map((tip) => tip.seq))
  // Which branch its entries from the fork on belong to is not worth telling apart: what it holds it ignores.
  const common = log.forkSeq === undefined ? reached : Math.min(reached, log.forkSeq - 1)
  return { kind: 'after', cursor: upTo(common) }
}

/**
 * How far a member surely holds the branches of a log that I hold, by what it told: what it covers counts as delivered.
 */
export function coverOf(log: StoredLog, told: readonly ToldTip[], isHeld: (head: EntryId) => boolean): number {
  const known = told.filter((tip) => isHeld(tip.head))
  const reached = Math.max(0, ...known.map((tip) => Math.min(tip.seq, log.tips[0].seq)))
  if (log.forkSeq === undefined) return reached
  const heads = new Set(told.map((tip) => tip.head))
  if (log.tips.every((tip) => heads.has(tip.head))) return log.tips[0].seq
  return Math.min(reached, log.forkSeq - 1)
}
