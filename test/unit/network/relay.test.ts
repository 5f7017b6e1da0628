import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import fc from 'fast-check'
import { reachableAddresses } from '../../../electron/network/places/relay-addresses.ts'
import { type Candidate, relaysToPursue } from '../../../electron/network/places/relay-plan.ts'
import { limitSeconds, readAnswer } from '../../../electron/network/places/reserve.ts'

const one = (id: string, values: Partial<Candidate> = {}): Candidate => ({
  id,
  host: id,
  hasPlace: false,
  isNeeded: false,
  failures: 0,
  ...values,
})
const plans: readonly [what: string, candidates: readonly Candidate[], pursued: readonly string[]][] = [
  ['nobody known', [], []],
  ['two of three, in order', [one('a'), one('b'), one('c')], ['a', 'b']],
  [
    'places that are held stay held',
    [one('a'), one('b', { hasPlace: true }), one('c', { hasPlace: true })],
    ['b', 'c'],
  ],
  ['one is missing: the first other one', [one('a'), one('b', { hasPlace: true }), one('c')], ['a', 'b']],
  ['one that fails gives way to one that does not', [one('a', { failures: 1 }), one('b'), one('c')], ['b', 'c']],
  ['when all fail, the least troubled are tried', [one('a', { failures: 9 }), one('b', { failures: 1 })], ['a', 'b']],
  [
    'a needed one is kept beside two others',
    [one('a', { hasPlace: true }), one('b', { hasPlace: true }), one('c', { isNeeded: true })],
    ['a', 'b', 'c'],
  ],
  [
    'two on one machine only when there is no other',
    [one('a', { hasPlace: true }), one('b', { host: 'a' }), one('c')],
    ['a', 'c'],
  ],
  [
    'a third place is given up',
    [one('a', { hasPlace: true }), one('b', { hasPlace: true }), one('c', { hasPlace: true })],
    ['a', 'b'],
  ],
]
for (const [what, candidates, pursued] of plans)
  test(`relays to pursue: ${what}`, () => {
    assert.deepEqual([...relaysToPursue(candidates, 2)].sort(), pursued)
  })

test("a relay's answer is read with status and contract", () => {
  // type: STATUS, reservation: {}, limit: { duration: 120, data: 131072 }, status: OK
  const answer = Uint8Array.of(0x08, 2, 0x1a, 0, 0x22, 6, 0x08, 120, 0x10, 0x80, 0x80, 0x08, 0x28, 100)
  assert.deepEqual(readAnswer(answer), { status: 'OK', limitDuration: 120, limitBytes: 131_072 })
  assert.deepEqual(readAnswer(Uint8Array.of(0x08, 2, 0x28, 0xc8, 0x01)), { status: 'RESERVATION_REFUSED' })
  assert.deepEqual(readAnswer(Uint8Array.of()), { status: 'status missing' })
})

test('no answer of a relay hangs or crashes the reader', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        assert.equal(typeof readAnswer(bytes).status, 'string')
      } catch (error) {
        assert.match(error instanceof Error ? error.message : '', /^the answer of the relay/)
      }
    }),
  )
})

test('a js relay counts its limit in milliseconds, others in seconds', () => {
  assert.equal(limitSeconds(120_000, 'js-libp2p/3.3.11'), 120)
  assert.equal(limitSeconds(120, 'rust-libp2p/0.55'), 120)
  assert.equal(limitSeconds(120, undefined), 120)
  assert.equal(limitSeconds(undefined, 'js-libp2p/3.3.11'), undefined)
})

const addresses = (...texts: string[]) => texts.map((text) => multiaddr(text))
test('a relay on the internet is not announced with its loopback and local addresses', () => {
  const [connected, ...others] = addresses(
    '/ip4/80.1.1.1/tcp/1',
    '/ip4/127.0.0.1/tcp/1',
    '/ip4/10.0.0.2/tcp/1',
    '/dns4/r.example/tcp/1',
  )
  assert.deepEqual(reachableAddresses(others, connected ?? multiaddr()).map(String), [
    '/ip4/80.1.1.1/tcp/1',
    '/dns4/r.example/tcp/1',
  ])
})
test('a relay on this machine is announced with all its addresses', () => {
  const [connected, ...others] = addresses('/ip4/127.0.0.1/tcp/1', '/ip4/192.168.1.2/tcp/1')
  assert.equal(reachableAddresses(others, connected ?? multiaddr()).length, 2)
})
