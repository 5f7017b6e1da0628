import type { ConversationId, EntryId, Message } from '../domain/message.ts'

/**
 * What the window hears of the conversations it has open: messages that are new or changed, whole.
 * Keyed by message id, so hearing one twice is harmless.
 */
export interface MessagesChanged {
  readonly conversation: ConversationId
  readonly messages: readonly Message[]
  /** Taken off the screen here. */
  readonly gone?: readonly EntryId[]
}
