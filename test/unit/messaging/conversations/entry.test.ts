import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decodeBody, encodeBody } from '../../../../electron/messaging/conversations/log/body.ts'
import { directConversationId } from '../../../../electron/messaging/conversations/log/conversation-id.ts'
import {
  decodeEntry,
  type Entry,
  encodeEntry,
  entryId,
  NO_ENTRY,
  signEntry,
} from '../../../../electron/messaging/conversations/log/entry.ts'
import { encodeHex } from '../../../../electron/messaging/wire/hex.ts'
import { peerIdOfSeed } from '../../../../electron/messaging/wire/signing.ts'
import { seedOf } from '../../../support/conversers.ts'

const [ann, bea] = [peerIdOfSeed(seedOf(1)), peerIdOfSeed(seedOf(2))]
const hex = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => encodeHex(bytes))
const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const entries: fc.Arbitrary<Entry> = fc.record({
  ...{ conversation: hex(32), author: fc.constantFrom(ann, bea), instance: hex(16), previous: hex(32) },
  ...{ seq: count, lamport: count, writtenAt: fc.integer({ min: 0, max: 8.64e15 }) },
  salt: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  kind: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  body: fc.uint8Array({ maxLength: 200 }),
})

describe('an entry', () => {
  it('has for ever the bytes, the id and the signature that version 1 gave it', () => {
    const entry: Entry = {
      conversation: directConversationId(ann, bea),
      ...{ author: ann, instance: '00112233445566778899aabbccddeeff', seq: 1, previous: NO_ENTRY, lamport: 7 },
      ...{ writtenAt: 1_795_000_000_000, salt: new Uint8Array(16).fill(5) },
      ...{ kind: 1, body: encodeBody({ kind: 'text', text: 'Grüße' }).bytes },
    }
    const { bytes, signature } = signEntry(entry, seedOf(1))
    assert.equal(entry.conversation, GOLDEN.conversation)
    assert.equal(encodeHex(bytes), GOLDEN.bytes)
    assert.equal(entryId(bytes), GOLDEN.id)
    assert.equal(encodeHex(signature), GOLDEN.signature)
  })

  it('is in one conversation, whoever of the two asks', () => {
    assert.equal(directConversationId(ann, bea), directConversationId(bea, ann))
    assert.notEqual(directConversationId(ann, bea), directConversationId(ann, peerIdOfSeed(seedOf(3))))
  })

  it('reads back as it was written', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        const read = decodeEntry(encodeEntry(entry))
        assert.ok(read)
        assert.deepEqual(
          { ...read, salt: encodeHex(read.salt), body: encodeHex(read.body) },
          { ...entry, salt: encodeHex(entry.salt), body: encodeHex(entry.body) },
        )
      }),
    )
  })

  it('has one byte form only: whatever reads at all is exactly what encoding it gives', () => {
    const mutated = fc
      .tuple(entries, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }), fc.nat(40))
      .map(([entry, changes, cut]) => {
        const bytes = Uint8Array.from(encodeEntry(entry))
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        return cut > 30 ? bytes.subarray(0, bytes.length - (cut - 30)) : bytes
      })
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const read = decodeEntry(bytes)
        if (read) assert.equal(encodeHex(encodeEntry(read)), encodeHex(bytes))
      }),
      { numRuns: 500 },
    )
    const doubled = Buffer.concat([encodeEntry(sample()), Buffer.from([0x48, 1])])
    assert.equal(decodeEntry(doubled), undefined, 'a field that is there twice')
    const extended = Buffer.concat([encodeEntry(sample()), Buffer.from([0x58, 1])])
    assert.equal(decodeEntry(extended), undefined, 'a field that does not exist')
  })
})

describe('a body', () => {
  it('never throws, whatever its kind and bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 140 }), fc.uint8Array({ maxLength: 100 }), (kind, bytes) => {
        const body = decodeBody(kind, bytes)
        assert.ok(typeof body === 'object' || body === 'not-readable' || body === 'too-long')
      }),
    )
  })

  it('keeps text exactly, and refuses what is not UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
        const { kind, bytes } = encodeBody({ kind: 'text', text })
        assert.deepEqual(decodeBody(kind, bytes), { kind: 'text', text: text.toWellFormed() })
      }),
    )
    assert.equal(decodeBody(1, Uint8Array.of(0x0a, 2, 0xc3, 0x28)), 'not-readable')
    const withMark = encodeBody({ kind: 'text', text: '\ufeffx' })
    assert.deepEqual(decodeBody(1, withMark.bytes), { kind: 'text', text: '\ufeffx' })
  })
})

function sample(): Entry {
  return {
    ...{ conversation: '11'.repeat(32), author: ann, instance: '22'.repeat(16), seq: 1, previous: NO_ENTRY },
    ...{ lamport: 1, writtenAt: 1, salt: new Uint8Array(16), kind: 1, body: Uint8Array.of(1) },
  }
}

// Worked out once and checked by hand against entry.proto. If this has to change, it is no longer version 1.
const GOLDEN = {
  conversation: '253e1004c72c349bebcdf204e3f122a66baf3b3e07c9693f2b07f78ebcf3c07c',
  bytes: [
    '0a20253e1004c72c349bebcdf204e3f122a66baf3b3e07c9693f2b07f78ebcf3c07c12208a88e3dd7409f195fd52db2d',
    '3cba5d72ca6709bf1d94121bf3748801b40f6f5c1a1000112233445566778899aabbccddeeff20012a20000000000000',
    '000000000000000000000000000000000000000000000000000030073880bcd9f29e3442100505050505050505050505',
    '0505050505480152090a074772c3bcc39f65',
  ].join(''),
  id: '4a66c3fd0181ec6542851e78e7cf044d445794fd2bdd2a39f703962c5101d235',
  signature: [
    'f774625504ad9b975f8eee83278652ef9a9f2ba3feaa626f30d6d345d1253d56',
    '4b95feaf6f613484862e480a74e16eedde4a118f6f22f658ff76ae2c6a23b907',
  ].join(''),
}
