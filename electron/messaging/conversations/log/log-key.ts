import type { ConversationId } from '../../../../shared/domain/message.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'

/** Names one log: what one database of one author has written into one conversation. */
export interface LogKey {
  readonly conversation: ConversationId
  readonly author: PeerId
  /** Hex of 16 random bytes. */
  readonly instance: string
}

/** A log's name as one text, for maps. */
export const keyText = ({ conversation, author, instance }: LogKey): string => `${conversation} ${author} ${instance}`

/** Do both name the same log? */
export const isSameLog = (a: LogKey, b: LogKey): boolean =>
  a.conversation === b.conversation && a.author === b.author && a.instance === b.instance
