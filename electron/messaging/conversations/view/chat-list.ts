import type { Failure } from '../../../../shared/contract/failures.ts'
import type { Listing } from '../../../../shared/domain/listing.ts'
import type { Conversation, ConversationId, EntryId, Stopped } from '../../../../shared/domain/message.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { isRefusalReason } from '../../../../shared/domain/refusal.ts'
import type { Storage } from '../../../storage/database.ts'
import type { Stop, StoredConversation } from '../../../storage/tables/conversations.ts'
import type { Shown } from '../../../storage/tables/messages.ts'
import type { Clock } from '../clock.ts'
import { KIND } from '../log/body.ts'
import { excerpt, type FoldedMessage } from './messages.ts'

// A typing notice is repeated every few seconds; one that is not has ended.
const TYPING_LASTS_MS = 6_000
// The list is pushed to the page at most every 50 ms.
const CHANGED_SOON_MS = 20
// One of them is shown; a hostile contact may refuse and be refused many.
const STOPS_MAX = 64

/** The list of chats, kept in memory and read anew where something changed. */
export interface ChatList {
  readonly listing: Listing<Conversation>
  load(): Promise<void>
  contactOf(conversation: ConversationId): PeerId | undefined
  draftOf(conversation: ConversationId): string | undefined
  firstUnreadOf(conversation: ConversationId): EntryId | undefined
  /** Makes sure a conversation is known here; it is on disk already. */
  add(conversation: Pick<StoredConversation, 'id' | 'contact' | 'isOpened'>): void
  setDraft(conversation: ConversationId, draft: string): void
  /** Something of this conversation changed on disk. Resolves when the list shows it. */
  changed(conversation: ConversationId): Promise<void>
  /** The same for changes that come many at a time: read once for all of them, and after what is more urgent. */
  changedSoon(conversation: ConversationId): void
  typing(conversation: ConversationId, isTyping: boolean): void
  /** Why what the contact sent could not be stored; nothing when something was stored again. */
  setFailure(conversation: ConversationId, failure: Failure | undefined): void
  /** Was that news? Only so many are kept. */
  addStop(stop: Stop): boolean
  removeStop(stop: Pick<Stop, 'conversation' | 'author' | 'instance'>): void
  stopOf(log: Pick<Stop, 'conversation' | 'author' | 'instance' | 'isMine'>): Stop | undefined
  stop(): void
}

interface Options {
  readonly storage: Pick<Storage, 'request'>
  readonly clock: Clock
  toMessages(conversation: ConversationId, shown: Shown): readonly FoldedMessage[]
  failed(error: unknown): void
}

interface Chat {
  readonly id: ConversationId
  readonly contact: PeerId
  isOpened: boolean
  draft: string | undefined
  row: Conversation | undefined
  firstUnread: EntryId | undefined
  stops: Stop[]
  failure: Failure | undefined
  cancelTyping: (() => void) | undefined
  /** Being read anew; `again`: changed once more meanwhile. */
  reading: Promise<void> | undefined
  again: boolean
}

/** Makes the list. */
export function createChatList({ storage, clock, toMessages, failed }: Options): ChatList {
  const chats = new Map<ConversationId, Chat>()
  const listeners = new Set<() => void>()
  const soon = new Map<ConversationId, () => void>()

  const tell = () => {
    for (const listener of [...listeners]) listener()
  }

  async function read(chat: Chat): Promise<void> {
    do {
      chat.again = false
      const summary = await storage.request('messages.summary', { id: chat.id, deleteKind: KIND.delete })
      if (!summary) continue
      const last = toMessages(chat.id, summary.last).at(-1)?.message
      chat.firstUnread = summary.firstUnread
      chat.row = {
        id: chat.id,
        contact: chat.contact,
        ...(last?.body.kind === 'text' ? { lastText: excerpt(last.body.text) } : {}),
        ...(last ? { lastIsMine: last.isMine, lastAt: last.arrivedAt } : {}),
        readUpTo: summary.readUpTo,
        unread: summary.unread,
        ...(summary.late ? { late: summary.late } : {}),
        waiting: summary.waiting,
        isTyping: false,
        isForked: summary.isForked,
      }
    } while (chat.again)
    chat.reading = undefined
    tell()
  }

  function changed(id: ConversationId): Promise<void> {
    const chat = chats.get(id)
    if (!chat) return Promise.resolve()
    if (chat.reading) chat.again = true
    else
      chat.reading = read(chat).catch((error: unknown) => {
        chat.reading = undefined
        throw error
      })
    return chat.reading
  }

  function add({ id, contact, isOpened }: Pick<StoredConversation, 'id' | 'contact' | 'isOpened'>): Chat {
    const chat = chats.get(id) ?? {
      ...{ id, contact, isOpened, row: undefined, draft: undefined, firstUnread: undefined, stops: [] },
      failure: undefined,
      ...{ cancelTyping: undefined, reading: undefined, again: false },
    }
    chat.isOpened ||= isOpened
    chats.set(id, chat)
    return chat
  }

  function rowOf(chat: Chat): Conversation | undefined {
    const { row, isOpened, draft, failure, cancelTyping } = chat
    if (!row || (row.lastAt === undefined && !isOpened && draft === undefined)) return undefined
    const [stop] = chat.stops
    return {
      ...row,
      ...(draft === undefined ? {} : { draft: excerpt(draft) }),
      isTyping: cancelTyping !== undefined,
      ...(stop ? { stopped: stoppedFrom(stop, chat.contact) } : {}),
      ...(failure ? { failure } : {}),
    }
  }

  return {
    listing: {
      *rows() {
        for (const chat of chats.values()) {
          const row = rowOf(chat)
          if (row) yield [chat.id, row] as const
        }
      },
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    async load() {
      for (const stored of await storage.request('conversations.list')) add(stored).draft = stored.draft
      for (const stop of await storage.request('conversations.stops')) chats.get(stop.conversation)?.stops.push(stop)
      await Promise.all([...chats.keys()].map(changed))
    },
    contactOf: (id) => chats.get(id)?.contact,
    draftOf: (id) => chats.get(id)?.draft,
    firstUnreadOf: (id) => chats.get(id)?.firstUnread,
    add,
    setDraft(id, draft) {
      const chat = chats.get(id)
      if (!chat) return
      chat.draft = draft === '' ? undefined : draft
      tell()
    },
    changed,
    changedSoon(id) {
      if (soon.has(id)) return
      const cancel = clock.after(CHANGED_SOON_MS, () => {
        soon.delete(id)
        changed(id).catch(failed)
      })
      soon.set(id, cancel)
    },
    typing(id, isTyping) {
      const chat = chats.get(id)
      if (!chat || (!isTyping && !chat.cancelTyping)) return
      const wasTyping = chat.cancelTyping !== undefined
      chat.cancelTyping?.()
      chat.cancelTyping = isTyping
        ? clock.after(TYPING_LASTS_MS, () => {
            chat.cancelTyping = undefined
            tell()
          })
        : undefined
      if (wasTyping !== isTyping) tell()
    },
    setFailure(id, failure) {
      const chat = chats.get(id)
      if (!chat || chat.failure?.code === failure?.code) return
      chat.failure = failure
      tell()
    },
    addStop(stop) {
      const chat = chats.get(stop.conversation)
      if (
        !chat ||
        chat.stops.length >= STOPS_MAX ||
        chat.stops.some((known) => isSame(known, stop) && known.isMine === stop.isMine)
      )
        return false
      chat.stops.push(stop)
      tell()
      return true
    },
    removeStop(stop) {
      const chat = chats.get(stop.conversation)
      if (!chat) return
      chat.stops = chat.stops.filter((known) => known.isMine || !isSame(known, stop))
      tell()
    },
    stopOf: (log) =>
      chats.get(log.conversation)?.stops.find((known) => known.isMine === log.isMine && isSame(known, log)),
    stop() {
      for (const chat of chats.values()) chat.cancelTyping?.()
      for (const cancel of soon.values()) cancel()
      soon.clear()
      listeners.clear()
    },
  }
}

const stoppedFrom = ({ reason, isMine, author }: Stop, contact: PeerId): Stopped => ({
  reason: isRefusalReason(reason) ? reason : 'other',
  isRefusedHere: isMine,
  isMine: author !== contact,
})

const isSame = (a: Pick<Stop, 'author' | 'instance'>, b: Pick<Stop, 'author' | 'instance'>): boolean =>
  a.author === b.author && a.instance === b.instance
