import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { createRelayCounters } from '../../../electron/network/relay-server/counters.ts'

describe('a relay’s counters', () => {
  test('every byte is in the total once, one sender’s, and one receiver’s', () => {
    const peer = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(fc.array(fc.tuple(peer, peer, fc.nat(100_000))), (flows) => {
        const counters = createRelayCounters()
        for (const [from, to, bytes] of flows) counters.relayed(from, to, bytes)
        const { relayedBytes, bytesByPeer } = counters.snapshot()
        const sum = (of: 'sent' | 'received') =>
          [...bytesByPeer.values()].reduce((total, bytes) => total + bytes[of], 0)
        assert.equal(
          relayedBytes,
          flows.reduce((total, [, , bytes]) => total + bytes, 0),
        )
        assert.equal(sum('sent'), relayedBytes)
        assert.equal(sum('received'), relayedBytes)
      }),
    )
  })

  test('open circuits are counted for both ends and forgotten when they close', () => {
    const counters = createRelayCounters()
    counters.circuitOpened('a', 'b')
    counters.circuitOpened('a', 'c')
    assert.deepEqual([counters.circuitsOf('a'), counters.circuitsOf('b'), counters.circuitsOf('d')], [2, 1, 0])
    counters.circuitClosed('a', 'b')
    counters.circuitClosed('a', 'c')
    assert.equal(counters.circuitsOf('a'), 0)
    const { circuitsOpen, circuitsTotal } = counters.snapshot()
    assert.deepEqual([circuitsOpen, circuitsTotal], [0, 2])
  })

  test('peers are forgotten oldest first beyond the limit, those with an open circuit never, and the total stays', () => {
    const counters = createRelayCounters(3)
    counters.circuitOpened('a', 'b')
    counters.relayed('a', 'b', 1)
    for (const stranger of ['c', 'd', 'e']) counters.relayed(stranger, 'a', 10)
    const { relayedBytes, bytesByPeer } = counters.snapshot()
    assert.deepEqual([...bytesByPeer.keys()], ['a', 'b', 'e'])
    assert.equal(relayedBytes, 31)
  })

  test('refusals are counted by what and why', () => {
    const counters = createRelayCounters()
    counters.refused('reservation', 'full')
    counters.refused('reservation', 'full')
    counters.refused('circuit', 'not-here')
    assert.deepEqual(Object.fromEntries(counters.snapshot().refused), { 'reservation:full': 2, 'circuit:not-here': 1 })
  })

  test('a snapshot does not change afterwards', () => {
    const counters = createRelayCounters()
    counters.relayed('a', 'b', 1)
    const before = counters.snapshot()
    counters.relayed('a', 'b', 1)
    assert.equal(before.bytesByPeer.get('a')?.sent, 1)
  })
})
