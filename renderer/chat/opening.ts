import type { HistoryPage } from '../../shared/contract/commands.ts'
import type { MessagesChanged } from '../../shared/contract/events.ts'
import type { Failure } from '../../shared/contract/failures.ts'
import type { ConversationId } from '../../shared/domain/message.ts'
import type { Result } from '../../shared/result.ts'
import { ask, bridge } from '../messenger.ts'

// What a window shows at once: all of it is drawn before anything is seen. The rest comes right after.
const FIRST_PAGE_MESSAGES = 18
// Between a press on a row and the page that shows it. Somebody who pressed and slid away opens nothing.
const TAKEN_WITHIN_MS = 2_000

/** The newest page of a conversation on its way, and what changed since it was asked for. */
export interface Opening {
  readonly page: Promise<Result<HistoryPage, Failure>>
  readonly changes: readonly MessagesChanged[]
  /** Ends the hearing. */
  stop(): void
}

let begun: { readonly conversation: ConversationId; readonly opening: Opening } | undefined

/** Asks for what a conversation shows first. */
export function open(conversation: ConversationId): Opening {
  const changes: MessagesChanged[] = []
  // Heard before it is asked, so that nothing falls in between.
  const stop = bridge.hear(conversation, (change) => changes.push(change))
  return { page: ask('message.history', { conversation, limit: FIRST_PAGE_MESSAGES }), changes, stop }
}

/** Asks already while the row is being pressed: the answer comes while the page for it is being made. */
export function beginOpening(conversation: ConversationId): void {
  if (conversation === '' || begun?.conversation === conversation) return
  begun?.opening.stop()
  const mine = { conversation, opening: open(conversation) }
  begun = mine
  setTimeout(() => {
    if (begun !== mine) return
    begun = undefined
    mine.opening.stop()
  }, TAKEN_WITHIN_MS)
}

/** What was begun for this conversation, once; whoever takes it stops it. */
export function takeOpening(conversation: ConversationId): Opening | undefined {
  if (begun?.conversation !== conversation) return undefined
  const { opening } = begun
  begun = undefined
  return opening
}
