import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeBody } from '../../electron/messaging/conversations/log/body.ts'
import { directConversationId } from '../../electron/messaging/conversations/log/conversation-id.ts'
import { entryId, NO_ENTRY, signEntry } from '../../electron/messaging/conversations/log/entry.ts'
import { peerIdOfSeed } from '../../electron/messaging/wire/signing.ts'
import { openStorage, type Storage } from '../../electron/storage/database.ts'
import type { NewEntry } from '../../electron/storage/tables/entries.ts'
import type { ConversationId, EntryId } from '../../shared/domain/message.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import { seedOf } from './conversers.ts'

/** A conversation that was written into a profile. */
export interface LongConversation {
  readonly conversation: ConversationId
  readonly contact: PeerId
  readonly name: string
  /** Ids in the order of the screen. */
  readonly messages: readonly EntryId[]
}

interface Wanted {
  readonly name: string
  /** Whom: the number of an identity. */
  readonly number: number
  readonly messages: number
  /** Of the newest ones of theirs, how many nobody has read. */
  readonly unread?: number
}

const BATCH = 2_000
const MESSAGE_EVERY_MS = 97_000
// Every seventh message is long, every thirtieth has an address in it.
const SENTENCES = [
  'Did you see the tide tables for Saturday?',
  'Yes, high water at ten, so we should be out before that if we want to see the seals on the sandbank again.',
  'ok',
  'I will bring the blue pot and the small stove. Somebody should think of the coffee, last time there was none.',
  'The printer has paper again 🎉',
  'Can we talk about the house for a moment? The roof, the gutter and the two windows on the street side. '.repeat(4),
  'On my way, ten minutes',
] as const

export const textOf = (n: number): string =>
  `${SENTENCES[n % SENTENCES.length]} (${n})${n % 30 === 0 ? ` https://example.org/notes/${n}` : ''}`

/**
 * Writes conversations into a closed profile that opens by itself, through the storage the app uses: signed entries of
 * both people, all acknowledged, with path receipts.
 */
export async function writeLongConversations(
  directory: string,
  wanted: readonly Wanted[],
  now: number,
): Promise<readonly LongConversation[]> {
  const storage = await openStorage({ path: join(directory, 'database'), key: keyOf(directory), source: 'existing' })
  try {
    const written: LongConversation[] = []
    for (const one of wanted) written.push(await write(storage, one, now))
    return written
  } finally {
    await storage.close()
  }
}

function keyOf(directory: string): Uint8Array {
  const { slots }: { slots: { kind: string; key?: string }[] } = JSON.parse(
    readFileSync(join(directory, 'keys.json'), 'utf8'),
  )
  const key = slots.find(({ kind }) => kind === 'none')?.key
  if (key === undefined) throw new Error('this profile does not open by itself')
  return new Uint8Array(Buffer.from(key, 'hex'))
}

async function write(storage: Storage, { name, number, messages, unread = 0 }: Wanted, now: number) {
  const profile = await storage.request('profile.read')
  if (profile === undefined) throw new Error('there is no profile')
  const [own, theirs] = [profile.seed, seedOf(number)]
  const [self, contact] = [peerIdOfSeed(own), peerIdOfSeed(theirs)]
  const conversation = directConversationId(self, contact)
  await storage.request('contacts.put', {
    ...{ id: contact, state: 'mutual', name, isConfirmed: true, isRelayOnly: false, isVerified: false, since: now },
    ...{ givenAddresses: [], relayed: [], direct: [], recordNumber: 0, told: [] },
  })
  const mine = log(own, { conversation, author: self, instance: Buffer.from(profile.instance).toString('hex') })
  const other = log(theirs, { conversation, author: contact, instance: 'ab'.repeat(16) })
  const ids: EntryId[] = []
  let lastRead: EntryId | undefined
  for (let from = 0; from < messages; from += BATCH) {
    const batch: { readonly isMine: boolean; readonly entry: NewEntry }[] = []
    for (let n = from; n < Math.min(messages, from + BATCH); n++) {
      const isMine = n % 7 < 3
      const entry = (isMine ? mine : other).next(n + 1, now - (messages - n) * MESSAGE_EVERY_MS, textOf(n))
      batch.push({ isMine, entry })
      ids.push(entry.id)
      if (n < messages - unread) lastRead = entry.id
    }
    // Stretches of one author, because each request is of one author; together they are one commit.
    const stored = await Promise.all(
      runs(batch).map((run) =>
        storage.request('entries.store', {
          contact,
          entries: run.map(({ entry }) => entry),
          at: run[0]?.entry.writtenAt ?? now,
          isOwn: run[0]?.isMine === true,
          ...(run[0]?.isMine ? {} : { passage: { line: 'direct', transport: 'tcp' } }),
        }),
      ),
    )
    if (stored.some(({ outcomes }) => outcomes.some((outcome) => outcome !== 'stored')))
      throw new Error('an entry did not fit')
  }
  await storage.request('vectors.tell', {
    told: [{ ...mine.key, member: contact, seq: mine.seq(), read: mine.seq() }],
    receipts: Array.from({ length: Math.ceil(mine.seq() / 3) }, (_, at) => ({
      ...mine.key,
      ...{ fromSeq: at * 3 + 1, toSeq: at * 3 + 3, line: 'direct' as const, transport: 'tcp' as const },
      ...{ sentAt: now, acknowledgedAt: now + 14 },
    })),
  })
  await storage.request('conversations.open', { id: conversation, contact, at: now })
  if (lastRead !== undefined) await storage.request('conversations.markRead', { id: conversation, upTo: lastRead })
  return { conversation, contact, name, messages: ids }
}

function runs<Item extends { readonly isMine: boolean }>(items: readonly Item[]): Item[][] {
  const all: Item[][] = []
  for (const item of items) {
    const last = all.at(-1)
    if (last?.[0]?.isMine === item.isMine) last.push(item)
    else all.push([item])
  }
  return all
}

function log(seed: Uint8Array, key: { conversation: ConversationId; author: PeerId; instance: string }) {
  let [seq, previous] = [0, NO_ENTRY]
  return {
    key,
    seq: () => seq,
    next(lamport: number, writtenAt: number, text: string): NewEntry {
      seq++
      const body = encodeBody({ kind: 'text', text })
      const salt = Buffer.alloc(16)
      salt.writeUInt32BE(lamport)
      const entry = {
        ...key,
        seq,
        previous,
        lamport,
        writtenAt,
        salt: new Uint8Array(salt),
        kind: body.kind,
        body: body.bytes,
      }
      const { bytes, signature } = signEntry(entry, seed)
      const id = entryId(bytes)
      const stored = {
        ...key,
        id,
        seq,
        previous,
        lamport,
        kind: body.kind,
        isShown: true,
        text,
        writtenAt,
        bytes,
        signature,
      }
      previous = id
      return stored
    },
  }
}
