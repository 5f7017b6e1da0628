import { type Body, encodeBody } from '../../electron/messaging/conversations/log/body.ts'
import { directConversationId } from '../../electron/messaging/conversations/log/conversation-id.ts'
import {
  type Entry,
  entryId,
  NO_ENTRY,
  type SignedEntry,
  signEntry,
} from '../../electron/messaging/conversations/log/entry.ts'
import type { LogKey } from '../../electron/messaging/conversations/log/log-key.ts'
import { peerIdOfSeed } from '../../electron/messaging/wire/signing.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import { seedOf } from './conversers.ts'

/** Writes entries as the person with this number would, or as they never should. */
export interface Pen {
  readonly log: LogKey
  /** The next entry of the log, with anything about it changed. */
  next(body?: Body, changes?: Partial<Entry>): SignedEntry & { readonly id: string; readonly entry: Entry }
}

/** A pen for the log of one person in the conversation with another, who is a number too or a peer id. */
export function pen(author: number, other: number | PeerId, instance = 'ab'.repeat(16)): Pen {
  const seed = seedOf(author)
  const log: LogKey = {
    conversation: directConversationId(
      peerIdOfSeed(seed),
      typeof other === 'number' ? peerIdOfSeed(seedOf(other)) : other,
    ),
    author: peerIdOfSeed(seed),
    instance,
  }
  let [seq, previous, lamport] = [0, NO_ENTRY, 0]
  return {
    log,
    next(body = { kind: 'text', text: `text ${seq + 1}` }, changes = {}) {
      const { kind, bytes } = encodeBody(body)
      const entry: Entry = {
        ...{ ...log, seq: seq + 1, previous, lamport: lamport + 1, writtenAt: 1_700_000_000_000 + seq },
        ...{ salt: new Uint8Array(16).fill(seq + 1), kind, body: bytes },
        ...changes,
      }
      const signed = signEntry(entry, seed)
      const id = entryId(signed.bytes)
      ;[seq, previous, lamport] = [entry.seq, id, entry.lamport]
      return { ...signed, id, entry }
    },
  }
}

/** Replaces the varint of 2^53 − 1, which our encoder still writes, by that of 2^53. */
export function oneMore(bytes: Uint8Array): Uint8Array {
  const hex = Buffer.from(bytes).toString('hex')
  const raised = hex.replace('ffffffffffffff0f', '8080808080808010')
  if (raised === hex) throw new Error('there is no 2^53 − 1 in these bytes')
  return Uint8Array.from(Buffer.from(raised, 'hex'))
}
