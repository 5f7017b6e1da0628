import type { ConversationId, EntryId } from '../../../../shared/domain/message.ts'
import { decodeHex, encodeHex } from '../../wire/hex.ts'
import { PUBLIC_KEY_BYTES, publicKeyOf } from '../../wire/peer-id.ts'
import { authorOf } from '../log/author.ts'
import { ID_BYTES, INSTANCE_BYTES, type SignedEntry } from '../log/entry.ts'
import type { LogKey } from '../log/log-key.ts'
import { type Log as LogFrame, SyncFrame } from './sync.pb.js'

/** "I hold this log up to here, on disk." */
export interface Row {
  readonly log: LogKey
  readonly seq: number
  readonly head: EntryId
  /** 0 = not told. */
  readonly read: number
}

/** What the two sides of a sync stream say; sync.proto has the meaning. */
export type Frame =
  | { readonly say: 'hello'; readonly turn: number }
  | { readonly say: 'vector'; readonly rows: readonly Row[]; readonly isComplete: boolean; readonly isRewind: boolean }
  | { readonly say: 'entries'; readonly log: LogKey; readonly entries: readonly SignedEntry[] }
  | { readonly say: 'refusal'; readonly log: LogKey; readonly seq: number; readonly reason: string }
  | { readonly say: 'want'; readonly log: LogKey; readonly head: EntryId; readonly known: readonly EntryId[] }
  | { readonly say: 'typing'; readonly conversation: ConversationId }
  | { readonly say: 'done' }

/** Longest reason of a refusal that is looked at, in characters. */
const REASON_MAX_CHARACTERS = 64

/** The bytes of one frame. */
export function encodeFrame(frame: Frame): Uint8Array {
  switch (frame.say) {
    case 'hello':
      return SyncFrame.encode({ hello: { turn: frame.turn } })
    case 'vector': {
      const rows = frame.rows.map(({ log, seq, head, read }) => ({ log: logFrame(log), seq, head: blob(head), read }))
      return SyncFrame.encode({ vector: { rows, isComplete: frame.isComplete, isRewind: frame.isRewind } })
    }
    case 'entries': {
      const entries = frame.entries.map(({ bytes, signature }) => ({
        entry: Uint8Array.from(bytes),
        signature: Uint8Array.from(signature),
      }))
      return SyncFrame.encode({ entries: { log: logFrame(frame.log), entries } })
    }
    case 'refusal':
      return SyncFrame.encode({ refusal: { log: logFrame(frame.log), seq: frame.seq, reason: frame.reason } })
    case 'want':
      return SyncFrame.encode({
        want: { log: logFrame(frame.log), head: blob(frame.head), known: frame.known.map(blob) },
      })
    case 'typing':
      return SyncFrame.encode({ typing: { conversation: blob(frame.conversation) } })
    case 'done':
      return SyncFrame.encode({ done: {} })
  }
}

/** What a frame says (nothing, when it is of a later version), or undefined when it is damaged. */
export function decodeFrame(bytes: Uint8Array): readonly Frame[] | undefined {
  try {
    const { hello, vector, entries, refusal, want, typing, done } = SyncFrame.decode(bytes)
    const frames: Frame[] = []
    if (hello) frames.push({ say: 'hello', turn: hello.turn })
    if (vector) {
      const rows = vector.rows.map((row): Row => {
        if (!Number.isSafeInteger(row.seq)) throw new RangeError('a row has a seq below 2^53')
        return { log: logKey(row.log), seq: row.seq, head: hex(row.head, ID_BYTES), read: Math.min(row.read, row.seq) }
      })
      frames.push({ say: 'vector', rows, isComplete: vector.isComplete, isRewind: vector.isRewind })
    }
    if (entries) {
      const signed = entries.entries.map(({ entry, signature }) => ({ bytes: entry, signature }))
      frames.push({ say: 'entries', log: logKey(entries.log), entries: signed })
    }
    if (refusal) {
      const reason = refusal.reason.slice(0, REASON_MAX_CHARACTERS).replaceAll(/[^a-z0-9-]/g, '')
      frames.push({ say: 'refusal', log: logKey(refusal.log), seq: refusal.seq, reason })
    }
    if (want) {
      const known = want.known.map((id) => hex(id, ID_BYTES))
      frames.push({ say: 'want', log: logKey(want.log), head: hex(want.head, ID_BYTES), known })
    }
    if (typing) frames.push({ say: 'typing', conversation: hex(typing.conversation, ID_BYTES) })
    if (done) frames.push({ say: 'done' })
    return frames
  } catch {
    return undefined
  }
}

function logFrame({ conversation, author, instance }: LogKey): LogFrame {
  const key = publicKeyOf(author)
  if (!key) throw new TypeError('an author is an Ed25519 peer id')
  return { conversation: blob(conversation), author: key, instance: blob(instance) }
}

function logKey(log: LogFrame | undefined): LogKey {
  if (!log || log.author.length !== PUBLIC_KEY_BYTES) throw new RangeError('a log has an author')
  return {
    conversation: hex(log.conversation, ID_BYTES),
    author: authorOf(log.author),
    instance: hex(log.instance, INSTANCE_BYTES),
  }
}

function blob(id: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeHex(id)
  if (!bytes) throw new TypeError('an id is hex')
  return bytes
}

function hex(bytes: Uint8Array, length: number): string {
  if (bytes.length !== length) throw new RangeError(`expected ${length} bytes`)
  return encodeHex(bytes)
}
