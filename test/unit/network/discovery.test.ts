import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import fc from 'fast-check'
import { decodeAnnouncement, encodeAnnouncement } from '../../../electron/network/discovery/announcement.ts'
import { createNearby } from '../../../electron/network/discovery/nearby.ts'
import { identityFromSeed } from '../../../electron/network/identity.ts'

const someone = identityFromSeed(randomBytes(32))
const relay = identityFromSeed(randomBytes(32)).id
const circuit = `/ip4/80.1.1.1/tcp/4001/p2p/${relay}/p2p-circuit`

test('an announcement says who and through which relays, and never a direct address', () => {
  const bytes = encodeAnnouncement(someone.privateKey.publicKey, [
    multiaddr('/ip4/192.168.1.2/tcp/1'),
    multiaddr(circuit),
    multiaddr(`${circuit}/p2p/${someone.id}`),
  ])
  assert.deepEqual(decodeAnnouncement(bytes), {
    peer: someone.id,
    addresses: [circuit, `${circuit}/p2p/${someone.id}`],
  })
})

test('a direct address that somebody announces is not taken', () => {
  const bytes = encodeAnnouncement(someone.privateKey.publicKey, [])
  const direct = multiaddr('/ip4/10.0.0.1/tcp/1').bytes
  assert.deepEqual(decodeAnnouncement(Uint8Array.of(...bytes, 0x12, direct.byteLength, ...direct)), {
    peer: someone.id,
    addresses: [],
  })
})

test('whatever else arrives is no announcement', () => {
  assert.equal(decodeAnnouncement(new Uint8Array(0)), undefined)
  assert.equal(decodeAnnouncement(new Uint8Array(5_000)), undefined)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => decodeAnnouncement(bytes) === undefined))
})

test('people nearby go when they have not been seen for a while, and the list has an end', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  let now = 0
  const nearby = createNearby('self', assert.ifError, () => now)
  let changes = 0
  nearby.onChange(() => changes++)
  nearby.saw('self', 'lan', [])
  nearby.saw('a', 'lan', ['/ip4/192.168.1.2/tcp/1'])
  nearby.saw('a', 'lan', ['/ip4/192.168.1.3/tcp/1'])
  nearby.saw('b', 'relay', [])
  assert.deepEqual(
    [...nearby.rows()].map(([id, row]) => [id, row.via]),
    [
      ['a', 'lan'],
      ['b', 'relay'],
    ],
  )
  assert.deepEqual(nearby.addressesOf('a'), ['/ip4/192.168.1.3/tcp/1'])
  assert.equal(changes, 2)

  now = 60_000
  t.mock.timers.tick(5_000)
  assert.deepEqual(
    [...nearby.rows()].map(([id]) => id),
    ['b'],
  )
  for (let count = 0; count < 1_000; count++) nearby.saw(`x${count}`, 'lan', [])
  assert.ok([...nearby.rows()].length <= 201)
  nearby.stop()
})
