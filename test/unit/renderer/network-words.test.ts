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
    mapping: 'unknown',
    reservations: 0,
    missing: [],
    addresses: addresses.map((address) => ({ address, kind: 'lan', evidence: 'unverified' })),
  })
  const loopback = report('/ip4/127.0.0.1/tcp/4001', '/ip6/::1/udp/4001/quic-v1')
  const cases = [
    ['nothing at all', report(), [], false, /no network right now/],
    ['loopback alone', loopback, [], false, /no network right now/],
    ['loopback, but a relay on it', loopback, ['harbour'], false, /reach you through harbour/],
    [
      'an address others can call',
      report('/ip4/192.168.7.2/tcp/4001'),
      [],
      false,
      /^Not known yet whether you can be reached\.$/,
    ],
    ['an address in IPv6', report('/ip6/fd00::1/tcp/4001'), [], false, /^Not known yet whether you can be reached\.$/],
    ['relay-only, which hides every address', report(), [], true, /You chose “relay only”/],
  ] as const
  for (const [when, seen, relays, isRelayOnly, said] of cases)
    it(`with ${when}: ${said.source}`, () =>
      assert.match(network.sentence(seen, { relays, isRelayOnly, hasLanLine: false }), said))

  const home = report('/ip4/192.168.7.2/tcp/4001')
  const said = (seen: NatReport, hasLanLine = false) =>
    network.sentence(seen, { relays: [], isRelayOnly: false, hasLanLine })
  it('tells of a line inside this network only when there is one', () => {
    assert.match(said(home, true), /There is a line inside this network/)
  })
  it('names a router only when something shows one', () => {
    const closed = { ...home, reachability: 'private' } as const
    assert.doesNotMatch(said(closed), /router/)
    assert.match(said({ ...closed, portMapping: 'failed' }), /behind a router/)
    const observed = { address: '/ip4/203.0.113.7/tcp/4001', kind: 'observed', evidence: 'failed' } as const
    assert.match(said({ ...closed, addresses: [...closed.addresses, observed] }), /behind a router/)
    const same = { ...observed, address: '/ip4/192.168.7.2/tcp/4001' }
    assert.doesNotMatch(said({ ...closed, addresses: [...closed.addresses, same] }), /router/)
  })
  it('thanks the router for an open port only when somebody came through it', () => {
    const open = { ...home, reachability: 'public', portMapping: 'mapped' } as const
    assert.equal(said(open), 'You can be reached directly.')
    const mapped = { address: '/ip4/203.0.113.7/tcp/4001', kind: 'mapped', evidence: 'verified' } as const
    assert.match(said({ ...open, addresses: [...open.addresses, mapped] }), /your router opened a port/)
  })
})

describe('what the router does with ports', () => {
  it('is said in one sentence each, with the exact term where it is known', () => {
    assert.match(network.mapping['endpoint-independent'], /same port/)
    assert.match(network.mapping['endpoint-dependent'], /another port for each destination/)
    assert.match(network.mapping.unknown, /^Not known yet .* two relays/)
    assert.match(network.mappingTerm['endpoint-dependent'].meaning, /symmetric/)
  })
  it('is never said to be a router where there may be none', () => {
    assert.doesNotMatch(network.mapping['endpoint-independent'], /router/)
  })
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

describe('a relay that is of no use right now', () => {
  const unreachable = (reason: string) => network.relayTrouble({ state: 'unreachable', reason })
  it('is explained by a sentence, whatever the term', () => {
    assert.match(unreachable('connect ECONNREFUSED 127.0.0.1:1') ?? '', /nothing takes calls at its address/)
    assert.match(unreachable('The operation was aborted due to timeout') ?? '', /Nothing came back in time/)
    assert.match(unreachable('something new') ?? '', /Nobody answered there/)
    assert.match(network.relayTrouble({ state: 'refused', reason: 'not a relay' }) ?? '', /no relay/)
    assert.equal(network.relayTrouble({ state: 'reserved' }), undefined)
  })
  it('keeps its exact term, without the data behind it', () => {
    assert.equal(network.exactTerm('Could not connect: {"code":1}'), 'Could not connect')
    assert.equal(network.exactTerm('connect ECONNREFUSED 127.0.0.1:1'), 'connect ECONNREFUSED 127.0.0.1:1')
    assert.equal(network.exactTerm('{"isTrusted":true}'), undefined)
    assert.equal(network.exactTerm(undefined), undefined)
  })
})
