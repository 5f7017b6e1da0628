/** Why an entry is refused: the rules of version 1, for ever. These names travel between messengers. */
export const REFUSAL_REASONS = [
  'not-readable', // not the one byte form of an entry, a number of 2^53 or more, or the body of a known kind does not read
  'too-long', // entry over 32 KiB, text over 16 KiB
  'other-log', // of another conversation, author or instance than it was sent for
  'not-a-member',
  'bad-seq', // 0, or not one more than that of the entry before it
  'bad-previous', // does not name the entry before it
  'bad-lamport', // does not grow, or grows by more than 2^32
  'wrong-signature',
] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

/** Is this a reason that version 1 knows? A contact may name any other. */
export function isRefusalReason(text: string): text is RefusalReason {
  const known: readonly string[] = REFUSAL_REASONS
  return known.includes(text)
}
