import { createHash } from 'node:crypto'
import type { ConversationId, EntryId } from '../../../../shared/domain/message.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { isSameBytes } from '../../wire/bytes.ts'
import { decodeHex, encodeHex } from '../../wire/hex.ts'
import { PUBLIC_KEY_BYTES, publicKeyOf } from '../../wire/peer-id.ts'
import { sign } from '../../wire/signing.ts'
import { authorOf } from './author.ts'
import { Entry as EntryFrame } from './entry.pb.js'

export const ID_BYTES = 32
export const INSTANCE_BYTES = 16
export const SALT_BYTES = 16
/** `previous` of the first entry of a log. */
export const NO_ENTRY: EntryId = '0'.repeat(2 * ID_BYTES)
// The last moment that a Date can hold; one number later every clock face would break.
const LATEST_MS = 8.64e15

/** One entry of a log, read but not judged. */
export interface Entry {
  readonly conversation: ConversationId
  readonly author: PeerId
  /** Hex of 16 bytes. */
  readonly instance: string
  readonly seq: number
  readonly previous: EntryId
  readonly lamport: number
  /** Milliseconds since 1970 on the author's clock. */
  readonly writtenAt: number
  readonly salt: Uint8Array
  readonly kind: number
  readonly body: Uint8Array
}

/** An entry as it travels and lies on disk: exactly the bytes that were signed. */
export interface SignedEntry {
  readonly bytes: Uint8Array
  readonly signature: Uint8Array
}

/** The one byte form of an entry. */
export function encodeEntry(entry: Entry): Uint8Array {
  return EntryFrame.encode({
    ...entry,
    conversation: fixed(entry.conversation, ID_BYTES),
    author: keyOf(entry.author),
    instance: fixed(entry.instance, INSTANCE_BYTES),
    previous: fixed(entry.previous, ID_BYTES),
    salt: Uint8Array.from(entry.salt),
    body: Uint8Array.from(entry.body),
  })
}

/** Reads the bytes of an entry; nothing when they are not exactly what encodeEntry() makes of some entry. */
export function decodeEntry(bytes: Uint8Array): Entry | undefined {
  try {
    const frame = EntryFrame.decode(bytes)
    const isShaped =
      frame.conversation.length === ID_BYTES &&
      frame.author.length === PUBLIC_KEY_BYTES &&
      frame.instance.length === INSTANCE_BYTES &&
      frame.previous.length === ID_BYTES &&
      frame.salt.length === SALT_BYTES &&
      frame.writtenAt <= LATEST_MS
    // One content, one form: otherwise two decoders could read the same signed bytes in two ways.
    if (!isShaped || !isSameBytes(EntryFrame.encode(frame), bytes)) return undefined
    return {
      ...frame,
      conversation: encodeHex(frame.conversation),
      author: authorOf(frame.author),
      instance: encodeHex(frame.instance),
      previous: encodeHex(frame.previous),
    }
  } catch {
    return undefined
  }
}

/** SHA-256 of the signed bytes, as hex. */
export function entryId(bytes: Uint8Array): EntryId {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Encodes and signs an entry of one's own. */
export function signEntry(entry: Entry, seed: Uint8Array): SignedEntry {
  const bytes = encodeEntry(entry)
  return { bytes, signature: sign('entry', bytes, seed) }
}

function fixed(hex: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = decodeHex(hex)
  if (bytes?.length !== length) throw new RangeError(`expected ${length} bytes`)
  return bytes
}

function keyOf(peer: PeerId): Uint8Array<ArrayBuffer> {
  const key = publicKeyOf(peer)
  if (!key) throw new TypeError('an author is an Ed25519 peer id')
  return key
}
