import { NOTE_MAX_CHARACTERS } from '../../../../shared/domain/limits.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { isSameBytes } from '../../wire/bytes.ts'
import { publicKeyOf } from '../../wire/peer-id.ts'
import { sign, verify } from '../../wire/signing.ts'
import { INVITE_TOKEN_BYTES } from '../links/invite.ts'
import { cleanName, cleanNote } from '../names.ts'
import { Whereabouts as WhereaboutsFrame } from './address.pb.js'
import { type AddressRecord, decodeRecord, RECORD_MAX_BYTES } from './address-record.ts'
import { Card } from './card.pb.js'
import { ContactAnswer, ContactAsk, ContactReply, ContactRequest } from './contact.pb.js'

// The frames of the three small protocols, parsed at the door: names are clean, records verified, sizes within limits.

/** Longest frame of these protocols: a record, a name, a note and their signatures. */
export const PEOPLE_FRAME_MAX_BYTES = RECORD_MAX_BYTES + 6 * 1024

/** Somebody asks to be a contact. */
export interface Ask {
  readonly name: string
  readonly note: string
  /** Absent when there was none that could be believed. */
  readonly record?: AddressRecord
  readonly token?: Uint8Array
}

/** What a request is answered with. `pending` says nothing: unseen, ignored and blocked are all this. */
export type Answer =
  | { readonly answer: 'pending' | 'refused' }
  | { readonly answer: 'accepted'; readonly name: string; readonly record?: AddressRecord }

/** Name and addresses, as contacts tell each other. */
export interface Whereabouts {
  readonly name: string
  readonly record?: AddressRecord
}

/** `record` is an encoded signed one. */
export interface Outgoing {
  readonly name: string
  readonly record: Uint8Array
}

export function encodeAsk(
  ask: Outgoing & { readonly note: string; readonly token?: Uint8Array },
  to: PeerId,
  seed: Uint8Array,
): Uint8Array {
  const bytes = ContactAsk.encode({
    to: keyOf(to),
    name: ask.name,
    note: ask.note,
    addressRecord: ask.record,
    ...(ask.token === undefined ? {} : { token: ask.token }),
  })
  return ContactRequest.encode({ ask: bytes, signature: sign('contact', bytes, seed) })
}

/** Reads a request that `from` sent to `self`; nothing when it was not signed by one and meant for the other. */
export function decodeAsk(frame: Uint8Array, from: PeerId, self: PeerId): Ask | undefined {
  return guarded(frame, () => {
    const { ask: bytes, signature } = ContactRequest.decode(frame)
    if (!verify('contact', bytes, signature, from)) return undefined
    const ask = ContactAsk.decode(bytes)
    if (!isSameBytes(ask.to, keyOf(self))) return undefined
    const record = decodeRecord(ask.addressRecord, from)
    return {
      name: cleanName(ask.name),
      note: cleanNote(ask.note, NOTE_MAX_CHARACTERS),
      ...(record === undefined ? {} : { record }),
      ...(ask.token?.length === INVITE_TOKEN_BYTES ? { token: ask.token } : {}),
    }
  })
}

export function encodeAnswer(answer: { readonly answer: 'pending' | 'refused' } | Outgoing): Uint8Array {
  if (!('answer' in answer))
    return ContactReply.encode({
      answer: ContactAnswer.ACCEPTED,
      name: answer.name,
      addressRecord: answer.record,
    })
  return ContactReply.encode({ answer: answer.answer === 'pending' ? ContactAnswer.PENDING : ContactAnswer.REFUSED })
}

export function decodeAnswer(frame: Uint8Array, from: PeerId): Answer | undefined {
  return guarded(frame, () => {
    const reply = ContactReply.decode(frame)
    if (reply.answer === ContactAnswer.PENDING) return { answer: 'pending' }
    if (reply.answer === ContactAnswer.REFUSED) return { answer: 'refused' }
    const record = decodeRecord(reply.addressRecord, from)
    return { answer: 'accepted', name: cleanName(reply.name), ...(record === undefined ? {} : { record }) }
  })
}

export function encodeWhereabouts({ name, record }: Outgoing): Uint8Array {
  return WhereaboutsFrame.encode({ name, addressRecord: record })
}

export function decodeWhereabouts(frame: Uint8Array, from: PeerId): Whereabouts | undefined {
  return guarded(frame, () => {
    const { name, addressRecord } = WhereaboutsFrame.decode(frame)
    const record = decodeRecord(addressRecord, from)
    return { name: cleanName(name), ...(record === undefined ? {} : { record }) }
  })
}

export function encodeCard(name: string): Uint8Array {
  return Card.encode({ name })
}

/** The name on a card; nothing when it has none. */
export function decodeCard(frame: Uint8Array): string | undefined {
  return guarded(frame, () => cleanName(Card.decode(frame).name) || undefined)
}

function guarded<Value>(frame: Uint8Array, read: () => Value | undefined): Value | undefined {
  if (frame.length > PEOPLE_FRAME_MAX_BYTES) return undefined
  try {
    return read()
  } catch {
    // What the decoder throws at random bytes says nothing a reader could use.
    return undefined
  }
}

function keyOf(peer: PeerId): Uint8Array<ArrayBuffer> {
  const key = publicKeyOf(peer)
  if (!key) throw new RangeError('not an Ed25519 peer id')
  return key
}
