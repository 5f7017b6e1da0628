import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { mostPublic } from '../../../electron/network/relay-server/addresses.ts'
import { listenFailure, RelayStartError } from '../../../electron/network/relay-server/start-error.ts'
import { createRelayGate, parseMembers } from '../../../electron/relay/access.ts'
import { contract, DEFAULT_LIMITS, relayLimits } from '../../../electron/relay/limits.ts'

const limits = relayLimits({ maxReservations: 4, maxPerAddress: 2, circuitMib: 1, circuitMinutes: 60 })
const ANNA = '12D3KooWGryduycaVD2HvBbfVCwedgEn53SzyTauJ4a96XBQfsoF'

describe('the relay’s gate', () => {
  const gate = createRelayGate(limits, { kind: 'open' })
  const members = createRelayGate(limits, { kind: 'members', isMember: (peer) => peer === ANNA })
  const place = (reservations: number, fromAddress: number, hasReservation = false) => ({
    reservations,
    fromAddress,
    hasReservation,
  })

  for (const [name, found, expected] of [
    ['gives a free place', gate.refuseReservation(ANNA, place(3, 1)), undefined],
    ['is full at its limit', gate.refuseReservation(ANNA, place(4, 0)), 'full'],
    ['renews a place even when full', gate.refuseReservation(ANNA, place(4, 2, true)), undefined],
    ['caps one address', gate.refuseReservation(ANNA, place(2, 2)), 'too-many-from-address'],
    ['knows its members', members.refuseReservation(ANNA, place(0, 0)), undefined],
    ['gives others nothing', members.refuseReservation('other', place(0, 0)), 'not-member'],
    ['does not renew a place of a former member', members.refuseReservation('other', place(0, 0, true)), 'not-member'],
    [
      'caps circuits of the caller',
      gate.refuseCircuit({ ofSource: limits.circuitsPerPeer, ofDestination: 0 }),
      'too-many-of-peer',
    ],
    [
      'caps circuits of the called',
      gate.refuseCircuit({ ofSource: 0, ofDestination: limits.circuitsPerPeer }),
      'too-many-of-peer',
    ],
    [
      'caps connections of one address',
      gate.refuseConnection({ fromAddress: limits.connectionsPerAddress }),
      'too-many-from-address',
    ],
    ['caps connections of one peer', gate.refusePeer({ connections: limits.connectionsPerPeer }), 'too-many-of-peer'],
  ] as const) {
    test(name, () => assert.equal(found, expected))
  }
})

test('a member list names its first bad line', () => {
  assert.deepEqual(parseMembers(`\n# all\n${ANNA} # Anna\r\n`), new Set([ANNA]))
  assert.deepEqual(parseMembers(''), new Set())
  for (const bad of ['hello', `${ANNA}${ANNA}`, `${ANNA} 12D3`, ANNA.replace('G', '0')])
    assert.deepEqual(parseMembers(`${ANNA}\n${bad}`), { badLine: 2 })
})

test('an office of 200 finds places, and what one circuit may carry is told', () => {
  const stated = relayLimits(DEFAULT_LIMITS)
  assert.ok(stated.reservationsPerAddress >= 200 && stated.connectionsPerAddress >= 200)
  assert.ok(stated.circuitMs < 2 ** 31)
  assert.match(contract(stated).join('\n'), /one circuit carries 256 MiB, both directions together, and lasts 24 hours/)
})

test('of several addresses the ones that reach furthest are told', () => {
  const pick = (...addresses: string[]) => mostPublic(addresses.map((one) => multiaddr(one))).map(String)
  assert.deepEqual(pick('/ip4/127.0.0.1/tcp/1', '/ip4/10.0.0.1/tcp/1', '/ip4/1.2.3.4/tcp/1'), ['/ip4/1.2.3.4/tcp/1'])
  assert.deepEqual(pick('/ip4/127.0.0.1/tcp/1', '/dns4/relay.example.org/tcp/1'), ['/dns4/relay.example.org/tcp/1'])
  assert.deepEqual(pick('/ip4/127.0.0.1/tcp/1', '/ip4/10.0.0.1/tcp/1'), ['/ip4/10.0.0.1/tcp/1'])
  assert.deepEqual(pick('/ip4/127.0.0.1/tcp/1', '/ip6/::1/tcp/1'), ['/ip4/127.0.0.1/tcp/1', '/ip6/::1/tcp/1'])
})

describe('what a failed listen threw', () => {
  for (const [text, problem, subject] of [
    ['listen EADDRINUSE: address already in use 127.0.0.1:4001', 'port-taken', '127.0.0.1:4001'],
    ['bind EADDRINUSE 0.0.0.0:3478', 'port-taken', '0.0.0.0:3478'],
    ['listen EACCES: permission denied 0.0.0.0:443', 'port-forbidden', '0.0.0.0:443'],
    ['listen EADDRNOTAVAIL: address not available 192.0.2.77', 'host-not-here', '192.0.2.77'],
    [
      '\n  /ip4/0.0.0.0/udp/4001/quic-v1: Error: Address already in use (os error 98)',
      'port-taken',
      '/ip4/0.0.0.0/udp/4001/quic-v1',
    ],
  ] as const) {
    test(`${text.trim()}: ${problem} at ${subject}`, () => {
      const failure = listenFailure(new Error(text))
      assert.ok(failure instanceof RelayStartError)
      assert.deepEqual([failure.problem, failure.subject], [problem, subject])
    })
  }
  test('anything else comes back as it is', () => {
    const bug = new TypeError('x is not a function')
    assert.equal(listenFailure(bug), bug)
  })
})
