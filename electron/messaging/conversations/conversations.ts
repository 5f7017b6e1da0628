import { randomBytes as systemRandomBytes } from 'node:crypto'
import type { MessagesChanged } from '../../../shared/contract/events.ts'
import type { Failure } from '../../../shared/contract/failures.ts'
import type { Listing } from '../../../shared/domain/listing.ts'
import type { Conversation, ConversationId } from '../../../shared/domain/message.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { Network } from '../../network/network.ts'
import type { Storage } from '../../storage/database.ts'
import { StorageError } from '../../storage/failure.ts'
import type { Shown } from '../../storage/tables/messages.ts'
import { type Clock, systemClock } from './clock.ts'
import { type ConversationCommands, createCommands } from './commands.ts'
import { KIND, targetOf } from './log/body.ts'
import { directConversationId } from './log/conversation-id.ts'
import { createLogBook, type Stored } from './log/log-book.ts'
import type { LogKey } from './log/log-key.ts'
import { createWriter } from './log/writer.ts'
import { createNames } from './names.ts'
import type { ConversationPeople } from './people.ts'
import { createReachedBook } from './reached.ts'
import type { SessionEvents } from './sync/session-types.ts'
import { createSessions } from './sync/sessions.ts'
import { createChatList } from './view/chat-list.ts'
import { createHearers } from './view/hearers.ts'
import { toMessages } from './view/messages.ts'

export interface ConversationsOptions {
  readonly network: Network
  readonly storage: Pick<Storage, 'request'>
  /** 32-byte Ed25519 seed of the identity. */
  readonly seed: Uint8Array
  readonly people: ConversationPeople
  /** The switches as they are now. */
  readonly settings: () => Pick<Settings, 'tellRead' | 'tellTyping'>
  readonly log?: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  readonly clock?: Clock
  /** Salts and instances. */
  readonly randomBytes?: (length: number) => Uint8Array
  /** 0 … 1, for pauses. */
  readonly random?: () => number
}

/** Direct conversations: what was said, and its way to the other side. One method per command of the contract. */
export interface Conversations extends ConversationCommands {
  /** Registers the sync protocol and opens streams to contacts as they are connected. */
  start(): Promise<void>
  stop(): Promise<void>
  /** The list of chats. */
  readonly listing: Listing<Conversation>
  /** New and changed messages of one conversation, whole. Returns what ends the hearing. */
  hear(conversation: ConversationId, listener: (change: MessagesChanged) => void): () => void
  /** Call after any setting has changed. */
  settingsChanged(): void
}

/** Reads what is on disk. Nothing moves before `start()`. */
export async function createConversations(options: ConversationsOptions): Promise<Conversations> {
  const { network, storage, seed, people, settings, log = () => {} } = options
  const { clock = systemClock, randomBytes = systemRandomBytes, random = Math.random } = options
  const self = network.self
  const stops: (() => void)[] = []
  let isStopped = false

  // Work that nobody awaits: a failing disk shows at the next thing the person does, and nothing was acknowledged.
  const failed = (error: unknown) => {
    if (!isStopped) log('conversation work failed', { error: String(error) })
  }

  const book = createLogBook(storage)
  const writer = createWriter({ storage, book, self, seed, clock, randomBytes })
  const reached = createReachedBook({ storage, clock, changed: reachedChanged, failed })
  const folded = (conversation: ConversationId, shown: Shown) =>
    toMessages(shown, { conversation, self, reached: reachedOf })
  const chats = createChatList({ storage, clock, toMessages: folded, failed })
  const hearers = createHearers({ storage, toMessages: folded, failed })
  const names = createNames({ storage, people, self, chats, writer, failed })
  const sessions = createSessions({
    ...{ network, clock, random, log, session, nextRun },
    isMutual: (peer) => people.mutuals().includes(peer),
    mutual: people.mutuals,
  })

  async function nextRun(): Promise<number> {
    try {
      return await storage.request('profile.nextNumber', 'sync-run')
    } catch (error) {
      // One may read on a full disk. Low numbers only lose against a stream that we have lost and they have not noticed.
      if (error instanceof StorageError) failed(error)
      else throw error
      return 0
    }
  }

  function reachedOf(key: LogKey) {
    const contact = chats.contactOf(key.conversation)
    if (contact === undefined) return { cover: 0, read: 0, sent: 0 }
    return { ...reached.of(key, contact), sent: sessions.sentUpTo(contact, key) }
  }

  function reachedChanged(key: LogKey, { fromSeq, toSeq }: { fromSeq: number; toSeq: number }): void {
    hearers.stretchChanged(key, fromSeq, toSeq)
    chats.changedSoon(key.conversation)
  }

  function stored({ conversation, contact, entries }: Stored): void {
    chats.add({ id: conversation, contact, isOpened: false })
    chats.setFailure(conversation, undefined)
    hearers.changed(
      conversation,
      entries.map(({ id, body }) => targetOf(body) ?? id),
    )
    if (entries.some(({ entry, body }) => entry.author === contact && body.kind === 'text'))
      chats.typing(conversation, false)
    chats.changedSoon(conversation)
    if (entries.some(({ entry }) => entry.kind === KIND.profile && entry.author === contact)) names.learn()
  }

  /** What one stream to a contact needs and tells. */
  function session(peer: PeerId) {
    const conversation = directConversationId(self, peer)
    const events: Omit<SessionEvents, 'live' | 'progressed' | 'ended'> = {
      sent: (key) => hearers.stretchChanged(key, reached.of(key, peer).cover + 1, sessions.sentUpTo(peer, key)),
      told(key, told) {
        reached.tell(key, peer, told)
        const stop = chats.stopOf({ ...key, isMine: false })
        if (!stop || told.cover < stop.seq) return
        chats.removeStop(stop)
        storage.request('conversations.unstop', stop).catch(failed)
      },
      async stopped(key, { seq, reason, isMine }) {
        const stop = { ...key, seq, reason, isMine }
        chats.add({ id: conversation, contact: peer, isOpened: true })
        if (!chats.addStop(stop)) return
        log('log of a conversation stopped', { author: key.author.slice(-8), seq, reason, isMine })
        await keepStop(peer, stop)
      },
      typing: () => chats.typing(conversation, true),
      async doubted() {
        if (!writer.isDoubted) log('instance of this database found elsewhere')
        try {
          await writer.doubt()
        } catch (error) {
          if (error instanceof StorageError) chats.setFailure(conversation, error.failure)
          failed(error)
          throw error
        }
      },
      heard: () => people.heardFrom(peer),
    }
    return {
      ...{ conversation, storage, book, events },
      instance: () => writer.instance,
      troubled: (failure: Failure) => chats.setFailure(conversation, failure),
      isTellingRead: () => settings().tellRead,
      refusalOf: (key: LogKey) => {
        const stop = chats.stopOf({ ...key, isMine: true })
        return stop && { seq: stop.seq, reason: stop.reason }
      },
      changed() {
        // What was only handed over is no longer under way.
        for (const { author, instance, tips } of book.of(conversation))
          if (author === self) {
            const key = { conversation, author, instance }
            hearers.stretchChanged(key, reached.of(key, peer).cover + 1, tips[0].seq)
          }
      },
    }
  }

  async function keepStop(contact: PeerId, stop: Parameters<typeof chats.addStop>[0]): Promise<void> {
    await storage.request('conversations.open', { id: stop.conversation, contact, at: clock.now() })
    await storage.request('conversations.stop', stop)
    await chats.changed(stop.conversation)
  }

  function tellRead(conversation: ConversationId): void {
    const contact = chats.contactOf(conversation)
    if (contact !== undefined && settings().tellRead)
      sessions.current(contact)?.tellRead(book.of(conversation).filter(({ author }) => author !== self))
  }

  stops.push(book.onStored(stored))
  await book.load()
  await writer.load()
  await reached.load()
  await chats.load()

  const commands = createCommands({
    ...{ storage, self, clock, people, book, writer, chats, hearers, toMessages: folded, tellRead },
    sayTyping(contact) {
      if (settings().tellTyping) sessions.current(contact)?.sayTyping()
    },
  })

  // A new contact stands among the chats at once, where people look for them.
  function welcome(peer: PeerId): void {
    commands.open({ contact: peer }).catch(failed)
    sessions.review()
  }

  return {
    ...commands,
    listing: chats.listing,
    hear: hearers.hear,
    async start() {
      stops.push(
        people.onMutual(welcome),
        people.contacts.onChange(() => {
          sessions.review()
          names.tell()
        }),
      )
      names.learn()
      await sessions.start()
    },
    async stop() {
      isStopped = true
      sessions.stop()
      reached.stop()
      chats.stop()
      for (const stop of stops.splice(0)) stop()
    },
    settingsChanged() {
      for (const [id] of chats.listing.rows()) tellRead(id)
    },
  }
}
