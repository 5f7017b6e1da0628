import type { MessagesChanged } from '../../../../shared/contract/events.ts'
import type { ConversationId, EntryId } from '../../../../shared/domain/message.ts'
import type { Storage } from '../../../storage/database.ts'
import type { Shown } from '../../../storage/tables/messages.ts'
import type { LogKey } from '../log/log-key.ts'
import type { FoldedMessage } from './messages.ts'

// One change carries at most this many messages.
const CHANGE_MAX_MESSAGES = 100
// When a long stretch is acknowledged at once, the page reads older ones anew anyway.
const STRETCH_MAX_MESSAGES = 200

/** Whoever has a conversation open hears of its new and changed messages, whole. */
export interface Hearers {
  hear(conversation: ConversationId, listener: (change: MessagesChanged) => void): () => void
  /** These messages are new or changed. */
  changed(conversation: ConversationId, ids: Iterable<EntryId>): void
  /** Taken off the screen here. */
  hidden(conversation: ConversationId, message: EntryId): void
  /** The delivery of this stretch of a log of mine changed. */
  stretchChanged(log: LogKey, fromSeq: number, toSeq: number): void
}

interface Options {
  readonly storage: Pick<Storage, 'request'>
  toMessages(conversation: ConversationId, shown: Shown): readonly FoldedMessage[]
  failed(error: unknown): void
}

/** Makes the hearers. What changes while one change is read goes together in the next; nothing is read that nobody hears. */
export function createHearers({ storage, toMessages, failed }: Options): Hearers {
  const listeners = new Map<ConversationId, Set<(change: MessagesChanged) => void>>()
  const changedIds = new Map<ConversationId, Set<EntryId>>()
  let stretches: (LogKey & { fromSeq: number; toSeq: number })[] = []
  let isWorking = false

  function wake(): void {
    if (!isWorking) void work()
  }

  async function work(): Promise<void> {
    isWorking = true
    try {
      for (;;) {
        if (stretches.length > 0) await readStretches()
        const next = changedIds.entries().next().value
        if (!next) return
        const [conversation, ids] = next
        changedIds.delete(conversation)
        await tell(conversation, [...ids])
      }
    } catch (error) {
      failed(error)
    } finally {
      isWorking = false
    }
  }

  async function readStretches(): Promise<void> {
    const batch = stretches
    stretches = []
    const found = await Promise.all(
      batch.map(({ conversation, author, instance, fromSeq, toSeq }) =>
        storage.request('messages.inLog', {
          ...{ conversation, author, instance, fromSeq, toSeq },
          limit: STRETCH_MAX_MESSAGES,
        }),
      ),
    )
    for (const [index, ids] of found.entries()) {
      const stretch = batch[index]
      if (stretch) note(stretch.conversation, ids)
    }
  }

  async function tell(conversation: ConversationId, ids: readonly EntryId[]): Promise<void> {
    for (let at = 0; at < ids.length; at += CHANGE_MAX_MESSAGES) {
      const shown = await storage.request('messages.byId', ids.slice(at, at + CHANGE_MAX_MESSAGES))
      const messages = toMessages(conversation, shown).map(({ message }) => message)
      if (messages.length === 0) continue
      for (const listener of [...(listeners.get(conversation) ?? [])]) listener({ conversation, messages })
    }
  }

  function note(conversation: ConversationId, ids: Iterable<EntryId>): void {
    const set = changedIds.get(conversation) ?? new Set()
    for (const id of ids) set.add(id)
    if (set.size > 0) changedIds.set(conversation, set)
  }

  return {
    hear(conversation, listener) {
      const set = listeners.get(conversation) ?? new Set()
      listeners.set(conversation, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(conversation) === set) listeners.delete(conversation)
      }
    },
    changed(conversation, ids) {
      if (!listeners.has(conversation)) return
      note(conversation, ids)
      wake()
    },
    hidden(conversation, message) {
      for (const listener of [...(listeners.get(conversation) ?? [])])
        listener({ conversation, messages: [], gone: [message] })
    },
    stretchChanged({ conversation, author, instance }, fromSeq, toSeq) {
      if (!listeners.has(conversation) || toSeq < fromSeq) return
      stretches.push({ conversation, author, instance, fromSeq, toSeq })
      wake()
    },
  }
}
