import type { ConversationId, EntryId, Passage } from '../../../../shared/domain/message.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { Storage } from '../../../storage/database.ts'
import type { NewEntry, StoredLog, StoreOutput } from '../../../storage/tables/entries.ts'
import { isShown, targetOf } from './body.ts'
import { keyText, type LogKey } from './log-key.ts'
import type { Parent, SoundEntry } from './validity.ts'

/** How many logs of one author a conversation has room for: one for each database that ever wrote in it. */
export const LOGS_MAX = 4_096

/** Something new is on disk. */
export interface Stored {
  readonly conversation: ConversationId
  readonly contact: PeerId
  readonly entries: readonly SoundEntry[]
  /** The logs that changed, as they are now. */
  readonly logs: readonly StoredLog[]
  /** Who handed them over: a stream, or nothing for own ones. */
  readonly from: object | undefined
}

/** Which logs are held how far: the state of the disk, kept in memory. The only way entries reach the disk. */
export interface LogBook {
  load(): Promise<void>
  of(conversation: ConversationId): readonly StoredLog[]
  get(key: LogKey): StoredLog | undefined
  /** The largest lamport seen in a conversation. */
  lamport(conversation: ConversationId): number
  /** Stores entries of one conversation that were judged sound and fit (or lack their parent). Durable when it resolves. */
  store(input: {
    readonly contact: PeerId
    readonly entries: readonly SoundEntry[]
    readonly at: number
    readonly isOwn: boolean
    readonly from?: object
    /** The way they came. */
    readonly passage?: Passage
  }): Promise<StoreOutput['outcomes']>
  /** The entries among these ids that are held, with what judging their children needs. */
  parents(ids: readonly EntryId[]): Promise<readonly Parent[]>
  /** Takes over how far I have read each log. */
  setRead(conversation: ConversationId, rows: readonly { author: PeerId; instance: string; read: number }[]): void
  onStored(listener: (stored: Stored) => void): () => void
}

/** Makes the book of a database. */
export function createLogBook(storage: Pick<Storage, 'request'>): LogBook {
  const conversations = new Map<ConversationId, Map<string, StoredLog>>()
  const listeners = new Set<(stored: Stored) => void>()

  const put = (log: StoredLog) => {
    const logs = conversations.get(log.conversation) ?? new Map<string, StoredLog>()
    conversations.set(log.conversation, logs.set(keyText(log), log))
  }
  const of = (conversation: ConversationId) => [...(conversations.get(conversation)?.values() ?? [])]
  const get = (key: LogKey) => conversations.get(key.conversation)?.get(keyText(key))

  return {
    of,
    get,
    async load() {
      for (const log of await storage.request('entries.logs')) put(log)
    },
    lamport: (conversation) =>
      of(conversation).reduce((largest, log) => Math.max(largest, ...log.tips.map((tip) => tip.lamport)), 0),
    async store({ contact, entries, at, isOwn, from, passage }) {
      const first = entries[0]
      if (first === undefined) return []
      const { outcomes, logs } = await storage.request('entries.store', {
        contact,
        entries: entries.map(rowOf),
        at,
        isOwn,
        ...(passage ? { passage } : {}),
      })
      for (const log of logs) put(log)
      const stored = entries.filter((_, index) => outcomes[index] === 'stored')
      if (stored.length > 0)
        for (const listener of [...listeners])
          listener({ conversation: first.entry.conversation, contact, entries: stored, logs, from })
      return outcomes
    },
    async parents(ids) {
      if (ids.length === 0) return []
      const places = await storage.request('entries.places', ids)
      return places.map(({ id, seq, lamport, ...log }) => ({ id, seq, lamport, log }))
    },
    setRead(conversation, rows) {
      for (const { author, instance, read } of rows) {
        const log = get({ conversation, author, instance })
        if (log) put({ ...log, read: Math.max(log.read, read) })
      }
    },
    onStored(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function rowOf({ id, entry, body, signed }: SoundEntry): NewEntry {
  const target = targetOf(body)
  return {
    id,
    conversation: entry.conversation,
    author: entry.author,
    instance: entry.instance,
    seq: entry.seq,
    previous: entry.previous,
    lamport: entry.lamport,
    kind: entry.kind,
    writtenAt: entry.writtenAt,
    isShown: isShown(body),
    ...(target === undefined ? {} : { target }),
    ...(body.kind === 'text' && body.inReplyTo !== undefined ? { replyTo: body.inReplyTo } : {}),
    ...(body.kind === 'text' || body.kind === 'edit' ? { text: body.text } : {}),
    // Copies: a view would take the whole frame along on its way to the worker.
    bytes: Uint8Array.from(signed.bytes),
    signature: Uint8Array.from(signed.signature),
  }
}
