import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SignedAddressRecord } from '../../../../electron/messaging/people/exchange/address.pb.js'
import {
  type AddressRecord,
  decodeRecord,
  encodeRecord,
} from '../../../../electron/messaging/people/exchange/address-record.ts'
import {
  decodeAnswer,
  decodeAsk,
  decodeCard,
  decodeWhereabouts,
  encodeAnswer,
  encodeAsk,
  encodeCard,
  encodeWhereabouts,
} from '../../../../electron/messaging/people/exchange/frames.ts'
import { safetyNumber } from '../../../../electron/messaging/people/safety-number.ts'
import { sign } from '../../../../electron/messaging/wire/signing.ts'
import { idOf, RELAY, seedOf } from './world.ts'

const [ADA, BEA, MALLORY] = [idOf('Ada'), idOf('Bea'), idOf('Mallory')]
const record: AddressRecord = {
  owner: ADA,
  number: 7,
  relayed: [`/ip4/192.0.2.1/tcp/4001/p2p/${RELAY}/p2p-circuit`],
  direct: ['/ip4/198.51.100.2/tcp/1', '/ip6/2001:db8::1/udp/1/quic-v1'],
}
const signed = encodeRecord(record, seedOf('Ada'))
const ask = { name: 'Ada', note: 'Hello', record: signed, token: new Uint8Array(16).fill(3) }

test('an address record reads back, and only as its owner’s', () => {
  assert.deepEqual(decodeRecord(signed, ADA), record)
  assert.equal(decodeRecord(signed, BEA), undefined)
  assert.equal(decodeRecord(encodeRecord(record, seedOf('Mallory')), ADA), undefined, 'signed by another')
  assert.equal(decodeRecord(encodeRecord({ ...record, owner: BEA }, seedOf('Ada')), ADA), undefined, 'about another')
  assert.equal(decodeRecord(encodeRecord({ ...record, number: 0 }, seedOf('Ada')), ADA), undefined, 'number 0')
  // The last of two numbers counts: 2^53, which no number of JavaScript is sure of.
  const { record: inner } = SignedAddressRecord.decode(signed)
  const huge = Buffer.concat([inner, Uint8Array.of(0x10, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10)])
  const signature = sign('address', huge, seedOf('Ada'))
  assert.equal(decodeRecord(SignedAddressRecord.encode({ record: huge, signature }), ADA), undefined, 'number 2^53')
})

test('a direct address in the list of relayed ones is left out, and the other way round', () => {
  const mixed = { ...record, relayed: record.direct, direct: record.relayed }
  const read = decodeRecord(encodeRecord(mixed, seedOf('Ada')), ADA)
  assert.deepEqual([read?.relayed, read?.direct], [[], []])
})

test('a request reads back only from the one who signed it and for the one it was meant for', () => {
  const frame = encodeAsk(ask, BEA, seedOf('Ada'))
  assert.deepEqual(decodeAsk(frame, ADA, BEA), { name: 'Ada', note: 'Hello', record, token: ask.token })
  assert.equal(decodeAsk(frame, MALLORY, BEA), undefined)
  assert.equal(decodeAsk(frame, ADA, MALLORY), undefined)
})

test('a request with somebody else’s address record is read without it', () => {
  const foreign = encodeRecord({ ...record, owner: MALLORY }, seedOf('Mallory'))
  assert.equal(decodeAsk(encodeAsk({ ...ask, record: foreign }, BEA, seedOf('Ada')), ADA, BEA)?.record, undefined)
})

test('answers, whereabouts and cards read back with clean names', () => {
  assert.deepEqual(decodeAnswer(encodeAnswer({ answer: 'pending' }), ADA), { answer: 'pending' })
  assert.deepEqual(decodeAnswer(encodeAnswer({ answer: 'refused' }), ADA), { answer: 'refused' })
  const accepted = encodeAnswer({ name: 'A\u202Eda', record: signed })
  assert.deepEqual(decodeAnswer(accepted, ADA), { answer: 'accepted', name: 'Ada', record })
  assert.deepEqual(decodeWhereabouts(encodeWhereabouts({ name: 'Ada\u200B', record: signed }), ADA), {
    name: 'Ada',
    record,
  })
  assert.equal(decodeCard(encodeCard(' Ada ')), 'Ada')
  assert.equal(decodeCard(encodeCard('\u200B')), undefined)
})

const decoders = {
  record: (bytes: Uint8Array) => decodeRecord(bytes, ADA),
  ask: (bytes: Uint8Array) => decodeAsk(bytes, ADA, BEA),
  answer: (bytes: Uint8Array) => decodeAnswer(bytes, ADA),
  whereabouts: (bytes: Uint8Array) => decodeWhereabouts(bytes, ADA),
  card: decodeCard,
}
const real = {
  record: signed,
  ask: encodeAsk(ask, BEA, seedOf('Ada')),
  answer: encodeAnswer({ name: 'Ada', record: signed }),
  whereabouts: encodeWhereabouts({ name: 'Ada', record: signed }),
  card: encodeCard('Ada'),
}
const isSigned = (name: string) => name === 'record' || name === 'ask'

for (const [name, decode] of Object.entries(decoders)) {
  test(`${name}: random, truncated, changed and oversized frames are refused without a throw`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const value = decode(bytes)
        if (isSigned(name)) assert.equal(value, undefined)
      }),
      { numRuns: 300 },
    )
    const frame = Object.entries(real).find(([key]) => key === name)?.[1] ?? assert.fail()
    for (let length = 0; length < frame.length; length++) {
      const value = decode(frame.subarray(0, length))
      if (isSigned(name)) assert.equal(value, undefined, `cut at ${length}`)
    }
    fc.assert(
      fc.property(fc.nat(frame.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const value = decode(frame.with(at, (frame[at] ?? 0) ^ mask))
        // A changed length or tag may leave a field out; it never makes a signed thing say something else.
        if (isSigned(name) && value !== undefined) assert.deepEqual(value, decode(frame))
      }),
    )
    assert.equal(decode(new Uint8Array(20_000)), undefined)
  })
}

test('both sides see the same 60 digits, and other pairs see others', () => {
  const digits = safetyNumber(ADA, BEA)
  assert.match(digits, /^[0-9]{60}$/)
  assert.equal(safetyNumber(BEA, ADA), digits)
  assert.notEqual(safetyNumber(ADA, MALLORY), digits)
  // Kept for ever: people write it down. A change of the derivation has to be seen here.
  assert.equal(digits, '866824722133138883498633190329676142587250644575366598888732')
})
