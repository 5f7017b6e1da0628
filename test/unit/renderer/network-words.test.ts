import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { failureSentence } from '../../../renderer/words/failure.ts'
import { words } from '../../../renderer/words/words.ts'
import type { NatReport } from '../../../shared/domain/nat-report.ts'

const { network } = words

describe('the first sentence about the network', () => {
  const report = (...addresses: readonly string[]): NatReport => ({
    at: 0,
    reachability: 'unknown',
    portMapping: 'unknown',
    reservations: 0,
    missing: [],
    addresses: addresses.map((address) => ({ address, kind: 'lan', evidence: 'unverified' })),
  })
  const loopback = report('/ip4/127.0.0.1/tcp/4001', '/ip6/::1/udp/4001/quic-v1')
  const cases = [
    ['nothing at all', report(), [], false, /no network right now/],
    ['loopback alone', loopback, [], false, /no network right now/],
    ['loopback, but a relay on it', loopback, ['harbour'], false, /reach you through harbour/],
    ['an address others can call', report('/ip4/192.168.7.2/tcp/4001'), [], false, /People on this network can/],
    ['an address in IPv6', report('/ip6/fd00::1/tcp/4001'), [], false, /People on this network can/],
    ['relay-only, which hides every address', report(), [], true, /You chose “relay only”/],
  ] as const
  for (const [when, seen, relays, isRelayOnly, said] of cases)
    it(`with ${when}: ${said.source}`, () => assert.match(network.sentence(seen, relays, isRelayOnly), said))
})

describe('a relay that said no', () => {
  const said = (reason: string | undefined) => failureSentence({ code: network.relayRefusal(reason) })
  it('is called full when it is', () => {
    assert.match(said('RESERVATION_REFUSED'), /no free place/)
    assert.match(said('the relay answered RESOURCE_LIMIT_EXCEEDED'), /no free place/)
  })
  it('is not called full otherwise', () => {
    for (const reason of ['PERMISSION_DENIED', 'status 999', undefined]) assert.match(said(reason), /members only/)
  })
})
