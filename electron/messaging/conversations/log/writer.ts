import type { ConversationId, EntryId } from '../../../../shared/domain/message.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { Storage } from '../../../storage/database.ts'
import { encodeHex } from '../../wire/hex.ts'
import type { Clock } from '../clock.ts'
import { type Body, encodeBody } from './body.ts'
import { type Entry, entryId, INSTANCE_BYTES, NO_ENTRY, SALT_BYTES, signEntry } from './entry.ts'
import type { LogBook } from './log-book.ts'
import { LAMPORT_STEP_MAX, type SoundEntry } from './validity.ts'

// Signing takes about 0.05 ms each: a batch stays well under a frame of 16 ms.
const BATCH_MAX_ENTRIES = 64
const ATTEMPTS_MAX = 3

/** Writes the logs of this database. */
export interface Writer {
  load(): Promise<void>
  /** Hex of the instance that the next entry is written under, unless it is doubted. */
  readonly instance: string
  /** It is known that another one has to be started, and that one is not durable yet. */
  readonly isDoubted: boolean
  /** Appends an entry to my log of a conversation; durable when it resolves. Rejects with LogFullError where it ends. */
  write(conversation: ConversationId, contact: PeerId, body: Body): Promise<EntryId>
  /**
   * Somebody holds more of my instance than I do (a restored backup, or it runs in two places):
   * a new one is started at once, and nothing is written before it is durable. Where that fails it is tried again
   * with the next doubt and the next write.
   */
  doubt(): Promise<void>
}

/** My log of a conversation has come to its last lamport: anything after it would be invalid for everybody. */
export class LogFullError extends Error {
  override readonly name = 'LogFullError'
}

interface Options {
  readonly storage: Pick<Storage, 'request'>
  readonly book: LogBook
  readonly self: PeerId
  readonly seed: Uint8Array
  readonly clock: Clock
  readonly randomBytes: (length: number) => Uint8Array
}

interface Waiting {
  readonly contact: PeerId
  readonly body: Body
  readonly resolve: (id: EntryId) => void
  readonly reject: (error: unknown) => void
}

/** Makes the writer of a database. What is asked for while one batch is being stored goes together in the next. */
export function createWriter({ storage, book, self, seed, clock, randomBytes }: Options): Writer {
  const queues = new Map<ConversationId, Waiting[]>()
  let instance = ''
  let starting: Promise<void> | undefined
  let isDoubted = false

  function startInstance(): Promise<void> {
    isDoubted = true
    starting ??= (async () => {
      try {
        const next = Uint8Array.from(randomBytes(INSTANCE_BYTES))
        // Durable before the first entry under it; a crash in between only wastes a name.
        await storage.request('profile.setInstance', next)
        instance = encodeHex(next)
        isDoubted = false
      } finally {
        starting = undefined
      }
    })()
    return starting
  }

  function build(conversation: ConversationId, waiting: readonly Waiting[]): SoundEntry[] {
    const tip = book.get({ conversation, author: self, instance })?.tips[0]
    let previous = tip ?? { head: NO_ENTRY, seq: 0, lamport: 0 }
    let largest = book.lamport(conversation)
    return waiting.map(({ body }) => {
      if (previous.lamport >= Number.MAX_SAFE_INTEGER) throw new LogFullError('my log has no lamport left')
      const { kind, bytes } = encodeBody(body)
      const entry: Entry = {
        conversation,
        author: self,
        instance,
        seq: previous.seq + 1,
        previous: previous.head,
        // A contact whose lamport runs away must not make my own entries invalid.
        lamport: Math.min(largest + 1, previous.lamport + LAMPORT_STEP_MAX, Number.MAX_SAFE_INTEGER),
        writtenAt: Math.max(0, Math.trunc(clock.now())),
        salt: randomBytes(SALT_BYTES),
        kind,
        body: bytes,
      }
      const signed = signEntry(entry, seed)
      const id = entryId(signed.bytes)
      previous = { head: id, seq: entry.seq, lamport: entry.lamport }
      largest = Math.max(largest, entry.lamport)
      return { id, entry, body, signed }
    })
  }

  async function writeBatch(conversation: ConversationId, contact: PeerId, batch: readonly Waiting[]): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      if (isDoubted) await startInstance()
      const entries = build(conversation, batch)
      const outcomes = await book.store({ contact, entries, at: clock.now(), isOwn: true })
      if (outcomes.every((outcome) => outcome === 'stored')) {
        for (const [index, entry] of entries.entries()) batch[index]?.resolve(entry.id)
        return
      }
      // The log on disk is not what this one was built on: entries of this instance came from outside.
      await startInstance()
    }
    throw new Error('an entry of my own did not fit my own log')
  }

  async function drain(conversation: ConversationId, queue: Waiting[]): Promise<void> {
    for (;;) {
      const contact = queue[0]?.contact
      if (contact === undefined) break
      const batch = queue.splice(0, BATCH_MAX_ENTRIES)
      try {
        await writeBatch(conversation, contact, batch)
      } catch (error) {
        for (const waiting of batch) waiting.reject(error)
      }
      if (queue.length > 0) await clock.breathe()
    }
    queues.delete(conversation)
  }

  return {
    get instance() {
      return instance
    },
    get isDoubted() {
      return isDoubted
    },
    async load() {
      const profile = await storage.request('profile.read')
      if (profile) instance = encodeHex(profile.instance)
      else await startInstance()
    },
    write(conversation, contact, body) {
      return new Promise((resolve, reject) => {
        const queue = queues.get(conversation)
        const waiting = { contact, body, resolve, reject }
        if (queue) return void queue.push(waiting)
        const fresh = [waiting]
        queues.set(conversation, fresh)
        void drain(conversation, fresh)
      })
    },
    doubt: startInstance,
  }
}
