import type { Contact } from '../../../shared/domain/contact.ts'
import type { Conversation, ConversationId } from '../../../shared/domain/message.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Change } from '../own-views.ts'

/** Messages that came into one conversation with one push. */
export interface MessageNews {
  readonly conversation: ConversationId
  readonly contact: PeerId
  readonly count: number
  /** The newest, when it is one of these. */
  readonly text?: string
}

/** What a push of the list of chats brought that nobody has read. A whole view is what was there before, so it brings none. */
export function newMessages({ isWhole, before, changed }: Change<Conversation>): MessageNews[] {
  if (isWhole) return []
  return changed.flatMap(([id, row]) => {
    const known = before.get(id)
    const count = row.unread - (known?.unread ?? 0)
    if (count <= 0) return []
    // One that landed above others leaves the newest as it was: its own words are not in the row.
    const isNewest = row.lastIsMine === false && row.lastAt !== known?.lastAt && row.lastText !== undefined
    return [{ conversation: id, contact: row.contact, count, ...(isNewest ? { text: row.lastText } : {}) }]
  })
}

/** Who began to ask with this push. */
export function newRequests({ isWhole, before, changed }: Change<Contact>): Contact[] {
  if (isWhole) return []
  return changed.flatMap(([id, row]) => (row.state === 'asks-me' && before.get(id)?.state !== 'asks-me' ? [row] : []))
}

/** How many messages wait to be read. */
export function unreadOf(conversations: ReadonlyMap<string, Pick<Conversation, 'unread'>>): number {
  let sum = 0
  for (const { unread } of conversations.values()) sum += unread
  return sum
}
