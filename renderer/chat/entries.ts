import type { Contact } from '../../shared/domain/contact.ts'
import type { Conversation } from '../../shared/domain/message.ts'
import { href } from '../route.ts'

/** The route that opens the conversation with a contact, whether there is one already or not. */
export const WITH = 'with'

/** One row of the list of chats: a conversation, or a contact with whom nothing was said yet. */
export interface Entry {
  /** Where a press leads. */
  readonly to: string
  readonly conversation: Conversation
}

/** The chats in the order they were last used, newest first; a new contact counts from the day it became one. */
export function entriesOf(
  conversations: ReadonlyMap<string, Conversation> | undefined,
  people: ReadonlyMap<string, Contact> | undefined,
): readonly Entry[] {
  const known = [...(conversations?.values() ?? [])]
  const spokenTo = new Set(known.map(({ contact }) => contact))
  const silent = [...(people?.values() ?? [])].filter(
    ({ id, state }) => (state === 'mutual' || state === 'asked') && !spokenTo.has(id),
  )
  const usedAt = ({ conversation }: Entry) =>
    conversation.lastAt ?? people?.get(conversation.contact)?.since ?? Number.NEGATIVE_INFINITY
  return [
    ...known.map((conversation) => ({ to: href('chats', conversation.id), conversation })),
    ...silent.map(({ id }) => ({ to: href('chats', WITH, id), conversation: notYet(id) })),
  ].sort((one, other) => usedAt(other) - usedAt(one) || (one.to < other.to ? -1 : 1))
}

const notYet = (contact: string): Conversation => ({
  id: '',
  contact,
  readUpTo: 0,
  unread: 0,
  waiting: 0,
  isTyping: false,
  isForked: false,
})
