import type { Conversation, EntryId, Message } from '../../shared/domain/message.ts'

/**
 * Up to which message everything that arrived has been shown: what `conversation.read` may say. Reading goes by arrival,
 * so one late message that nobody has seen holds back what arrived after it. Nothing when there is no news to tell.
 */
export function shownUpTo(
  messages: readonly Message[],
  { readUpTo, late }: Pick<Conversation, 'readUpTo' | 'late'>,
  isShown: (message: Message) => boolean,
): EntryId | undefined {
  const unread = messages.filter(({ isMine, arrival }) => !isMine && arrival > readUpTo)
  // A late one may stand above everything that was fetched so far.
  const isLateHere = late === undefined || messages.some(({ id }) => id === late.first)
  let firstHidden = isLateHere ? Number.POSITIVE_INFINITY : late.arrival
  for (const message of unread)
    if (message.body.kind !== 'deleted' && !isShown(message)) firstHidden = Math.min(firstHidden, message.arrival)
  let newest: Message | undefined
  for (const message of unread)
    if (message.arrival < firstHidden && message.arrival > (newest?.arrival ?? 0)) newest = message
  return newest?.id
}
