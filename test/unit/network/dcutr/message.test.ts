import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import fc from 'fast-check'
import { decodeMessage, encodeMessage } from '../../../../electron/network/nat/dcutr/message.ts'

const address = multiaddr('/ip4/45.33.1.2/tcp/4001')

test('messages are what the specification writes', () => {
  // type = 1: varint 100 and 300; ObsAddrs = 2: bytes.
  assert.deepEqual([...encodeMessage({ type: 'sync' })], [0x08, 0xac, 0x02])
  const connect = encodeMessage({ type: 'connect', addresses: [address] })
  assert.deepEqual([...connect], [0x08, 100, 0x12, address.bytes.length, ...address.bytes])
  const read = decodeMessage(connect)
  assert.deepEqual(read?.type === 'connect' && read.addresses.map(String), [address.toString()])
  assert.deepEqual(decodeMessage(encodeMessage({ type: 'sync' })), { type: 'sync' })
})

test('of many addresses sixteen are kept, and those nobody can read are left out', () => {
  const many = decodeMessage(encodeMessage({ type: 'connect', addresses: Array.from({ length: 300 }, () => address) }))
  assert.equal(many?.type === 'connect' && many.addresses.length, 16)
  const junk = decodeMessage(Uint8Array.from([0x08, 100, 0x12, 2, 0xff, 0xff, 0x12, 0, 0x12, 3, 4, 1, 2]))
  assert.deepEqual(junk, { type: 'connect', addresses: [] })
})

test('whatever else arrives is no message, and nothing throws', () => {
  for (const bytes of [[], [0x08, 0], [0x08, 200, 1], [0x08, 100, 0x12, 50, 1], [0xff], [0x07]])
    assert.equal(decodeMessage(Uint8Array.from(bytes)), undefined, String(bytes))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const message = decodeMessage(bytes)
      return message === undefined || message.type === 'sync' || message.addresses.length <= 16
    }),
  )
})
