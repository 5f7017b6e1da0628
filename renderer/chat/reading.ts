import type { Conversation, EntryId, Message } from '../../shared/domain/message.ts'

/** What is known beside the messages that are held. */
export interface Elsewhere {
  /** Late messages that were on screen, with their arrivals; they may be held no more. */
  readonly shownLate: ReadonlyMap<EntryId, number>
  /** Set while the newest message is not held: in its place, only what arrived up to here has been shown. */
  readonly shownTo?: number
}

const NOTHING_ELSEWHERE: Elsewhere = { shownLate: new Map() }

/**
 * Up to which message everything that arrived has been shown: what `conversation.read` may say. Reading goes by arrival,
 * so one late message that nobody has seen holds back what arrived after it. Nothing when there is no news to tell.
 */
export function shownUpTo(
  messages: readonly Message[],
  { readUpTo, unread, late }: Pick<Conversation, 'readUpTo' | 'late'> & Partial<Pick<Conversation, 'unread'>>,
  isShown: (message: Message) => boolean,
  { shownLate, shownTo }: Elsewhere = NOTHING_ELSEWHERE,
): EntryId | undefined {
  const held = messages.filter(({ isMine, arrival }) => !isMine && arrival > readUpTo)
  const seen = [...shownLate].filter(([, arrival]) => arrival > readUpTo)
  let firstHidden = Number.POSITIVE_INFINITY
  if (late !== undefined) {
    const lateHeld = held.filter(({ isLate, body }) => isLate && body.kind !== 'deleted').map(({ id }) => id)
    const lateKnown = new Set([...lateHeld, ...seen.map(([id]) => id)])
    // A late one may stand outside of what is held. Of those only the first is known by its arrival.
    if (!lateKnown.has(late.first)) firstHidden = late.arrival
    else if (lateKnown.size < late.count) firstHidden = late.arrival + 1
  }
  // What is below and not held has not been shown, but for what was at an earlier visit to the end.
  const unreadInPlace = (unread ?? 0) - (late?.count ?? 0)
  if (shownTo !== undefined && unreadInPlace > 0) firstHidden = Math.min(firstHidden, shownTo + 1)
  for (const message of held)
    if (message.body.kind !== 'deleted' && !isShown(message)) firstHidden = Math.min(firstHidden, message.arrival)
  let newest: { readonly id: EntryId; readonly arrival: number } | undefined
  for (const message of [...held, ...seen.map(([id, arrival]) => ({ id, arrival }))])
    if (message.arrival < firstHidden && message.arrival > (newest?.arrival ?? 0)) newest = message
  return newest?.id
}
