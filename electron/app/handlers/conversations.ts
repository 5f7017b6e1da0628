import type { Conversations } from '../../messaging/conversations/conversations.ts'
import type { CommandWhileOpen, Handlers } from '../answer.ts'

type ConversationCommand = Extract<CommandWhileOpen, `conversation.${string}` | `message.${string}`>

/** What is said, and how far it was read. */
export function conversationHandlers(conversations: Conversations): Handlers<ConversationCommand> {
  return {
    'conversation.open': conversations.open,
    'conversation.read': conversations.read,
    'conversation.draft': conversations.draft,
    'conversation.typing': conversations.typing,
    'message.send': conversations.send,
    'message.edit': conversations.edit,
    'message.delete': conversations.delete,
    'message.hide': conversations.hide,
    'message.react': conversations.react,
    'message.history': conversations.history,
    'message.search': conversations.search,
  }
}
