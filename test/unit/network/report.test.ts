import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { ownDirectAddresses, worthDialling } from '../../../electron/network/addresses/own-addresses.ts'
import { natReport, type Observations, reachabilityOf } from '../../../electron/network/nat/report.ts'
import type { OwnAddress } from '../../../shared/domain/nat-report.ts'

const lan: OwnAddress = { address: '/ip4/192.168.1.7/tcp/1', kind: 'lan', evidence: 'unverified' }
const open: OwnAddress = { address: '/ip4/80.1.1.1/tcp/1', kind: 'public', evidence: 'verified' }
const guess: OwnAddress = { address: '/ip4/80.1.1.1/udp/1/quic-v1', kind: 'observed', evidence: 'unverified' }
const shut: OwnAddress = { address: '/ip4/80.1.1.1/tcp/9', kind: 'mapped', evidence: 'failed' }
const place = '/ip4/45.33.7.7/tcp/4001/p2p/R/p2p-circuit'
const seen: Observations = {
  at: 7,
  direct: [],
  relayed: [],
  reservations: 0,
  portMapping: 'off',
  mapping: 'unknown',
  missing: [],
}

const reachable: readonly [what: string, Partial<Observations>, string][] = [
  ['nothing known', {}, 'unknown'],
  ['a verified public address', { direct: [lan, open] }, 'public'],
  ['a verified mapped address', { direct: [{ ...open, kind: 'mapped' }] }, 'public'],
  ['only local addresses, and a relay out there holds a place', { direct: [lan], relayed: [place] }, 'private'],
  [
    'the same with a relay on this machine or network: nothing is known of the world outside',
    { direct: [lan], relayed: ['/ip4/127.0.0.1/tcp/1/p2p/R/p2p-circuit', '/ip4/192.168.1.9/tcp/1/p2p/R/p2p-circuit'] },
    'unknown',
  ],
  [
    'the same with a relay known by name only',
    { direct: [lan], relayed: ['/dns4/relay.example/tcp/1/p2p/R/p2p-circuit'] },
    'unknown',
  ],
  [
    'the same while the router is still being asked',
    { direct: [lan], relayed: [place], portMapping: 'searching' },
    'unknown',
  ],
  [
    'the same when nobody knows what the router did',
    { direct: [lan], relayed: [place], portMapping: 'unknown' },
    'unknown',
  ],
  ['only local addresses and no relay: perhaps there is no network at all', { direct: [lan] }, 'unknown'],
  [
    'a public address that nobody confirmed',
    { direct: [{ ...open, evidence: 'unverified' }], relayed: [place] },
    'unknown',
  ],
  [
    'only local addresses, and the port of one connection that a relay saw',
    { direct: [lan, guess], relayed: [place] },
    'private',
  ],
  ['a mapped address that no relay could dial', { direct: [lan, shut], relayed: [place] }, 'private'],
  ['the same beside one that a relay did dial', { direct: [lan, shut, open] }, 'public'],
  [
    'the same beside one that nobody was asked about',
    { direct: [shut, { ...open, evidence: 'unverified' }] },
    'unknown',
  ],
  ['the same beside what was merely seen from outside', { direct: [shut, guess], relayed: [place] }, 'private'],
  ['the same while the router is still being asked', { direct: [lan, shut], portMapping: 'searching' }, 'unknown'],
]
for (const [what, values, expected] of reachable)
  test(`reachability: ${what} is ${expected}`, () => {
    assert.equal(reachabilityOf({ ...seen, ...values }), expected)
  })

test('a report holds what was seen and nothing that was not', () => {
  assert.deepEqual(natReport({ ...seen, direct: [lan], relayed: [place], reservations: 1 }), {
    at: 7,
    reachability: 'private',
    addresses: [lan, { address: place, kind: 'relayed', evidence: 'verified' }],
    portMapping: 'off',
    mapping: 'unknown',
    reservations: 1,
    missing: [],
  })
})

const SELF = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN'
const listed = (text: string, type = 'transport') => ({ multiaddr: multiaddr(text), type })

test('own addresses: best first, without those that lead nowhere, each once', () => {
  const evidence = new Map<string, OwnAddress['evidence']>([
    ['/ip4/80.1.1.1/tcp/7', 'verified'],
    ['/ip4/80.1.1.1/tcp/8', 'failed'],
  ])
  const own = ownDirectAddresses(
    [
      listed('/ip4/127.0.0.1/tcp/1'),
      listed('/ip6/fe80::1/tcp/1'),
      listed('/ip4/192.168.1.7/tcp/1'),
      listed(`/ip4/192.168.1.7/tcp/1/p2p/${SELF}`),
      listed('/ip4/80.1.1.1/udp/5/quic-v1', 'observed'),
      listed('/ip4/80.1.1.1/tcp/8', 'ip-mapping'),
      listed('/ip4/80.1.1.1/udp/7/quic-v1', 'ip-mapping'),
      listed('/ip4/80.1.1.1/tcp/7', 'ip-mapping'),
      listed(`/ip4/80.9.9.9/tcp/1/p2p/${SELF}/p2p-circuit`),
    ],
    SELF,
    (address) => evidence.get(address) ?? 'unverified',
  )
  assert.deepEqual(own, [
    { address: '/ip4/80.1.1.1/tcp/7', kind: 'mapped', evidence: 'verified' },
    // One transport that was dialled says nothing of another on the same address.
    { address: '/ip4/80.1.1.1/udp/7/quic-v1', kind: 'mapped', evidence: 'unverified' },
    { address: '/ip4/192.168.1.7/tcp/1', kind: 'lan', evidence: 'unverified' },
    { address: '/ip4/80.1.1.1/udp/5/quic-v1', kind: 'observed', evidence: 'unverified' },
    { address: '/ip4/80.1.1.1/tcp/8', kind: 'mapped', evidence: 'failed' },
  ])
  assert.deepEqual(worthDialling(own), [
    '/ip4/80.1.1.1/tcp/7',
    '/ip4/80.1.1.1/udp/7/quic-v1',
    '/ip4/192.168.1.7/tcp/1',
    '/ip4/80.1.1.1/tcp/8',
  ])
})

test('own addresses: loopback counts where there is nothing else', () => {
  assert.deepEqual(
    ownDirectAddresses([listed('/ip4/127.0.0.1/tcp/1')], SELF, () => 'unverified').map(({ address }) => address),
    ['/ip4/127.0.0.1/tcp/1'],
  )
})

test('own addresses: what nobody routes is never called public, whatever libp2p thinks of it', () => {
  const documentation = ['192.0.2.2', '198.51.100.7', '203.0.113.9', '198.18.0.1', '100.64.0.1']
  const own = ownDirectAddresses(
    documentation.map((ip) => listed(`/ip4/${ip}/tcp/1`)),
    SELF,
    () => 'verified',
  )
  assert.deepEqual(new Set(own.map(({ kind, evidence }) => `${kind} ${evidence}`)), new Set(['lan unverified']))
})
