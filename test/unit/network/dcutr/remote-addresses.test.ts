import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import {
  isPublicIp,
  isSameNat,
  localAddresses,
  remoteAddresses,
} from '../../../../electron/network/nat/dcutr/remote-addresses.ts'

const PEER = '12D3KooWGjMCwGmTDRxyHJoLyvd8aSdNqxmAyFnMdYRi8hnCFSx1'
const OTHER = '12D3KooWH3uVF6wv47WnArKHk5p6cvgCJEb74UTmxztmQDc298L3'
const addresses = (...texts: string[]) => texts.map((text) => multiaddr(text))
const dialled = (...texts: string[]) => remoteAddresses(addresses(...texts), PEER).map(String)

test('a public TCP address is dialled under the id of the peer, however the peer wrote it', () => {
  assert.deepEqual(dialled('/ip4/45.33.1.2/tcp/4001'), [`/ip4/45.33.1.2/tcp/4001/p2p/${PEER}`])
  assert.deepEqual(dialled(`/ip4/45.33.1.2/tcp/4001/p2p/${PEER}`), [`/ip4/45.33.1.2/tcp/4001/p2p/${PEER}`])
  assert.deepEqual(dialled('/ip6/2a00::7/tcp/4001'), [`/ip6/2a00::7/tcp/4001/p2p/${PEER}`])
})

test('addresses of somebody else, of other transports and behind relays are not dialled', () => {
  assert.deepEqual(
    dialled(
      `/ip4/45.33.1.2/tcp/4001/p2p/${OTHER}`,
      '/ip4/45.33.1.2/udp/4001/quic-v1',
      '/ip4/45.33.1.2/tcp/4001/ws',
      '/dns4/example.org/tcp/4001',
      '/dns6/example.org/tcp/4001',
      `/ip4/45.33.1.2/tcp/4001/p2p/${OTHER}/p2p-circuit`,
      '/ip6zone/eth0/ip6/2a00::7/tcp/4001',
      '/ip4/45.33.1.2/tcp/0',
      '/ip4/45.33.1.2',
      `/p2p/${PEER}`,
    ),
    [],
  )
})

test('no address leads into a local network, back to this machine, or to nobody', () => {
  const refused = [
    ...['127.0.0.1', '10.0.0.1', '172.16.3.4', '192.168.1.1', '169.254.1.1', '100.64.0.1', '0.0.0.0', '0.1.2.3'],
    ...['224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '192.0.2.1', '198.51.100.1', '203.0.113.1'],
    ...['198.18.0.1', '192.0.0.8', '192.88.99.1'],
    ...['::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '2001:db8::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8'],
    ...['64:ff9b::a00:1', '2002:a00:1::1', '2001:0:1::1', '3fff::1', '100::1'],
  ]
  for (const ip of refused) {
    assert.equal(isPublicIp(ip), false, ip)
    assert.deepEqual(dialled(`/ip${ip.includes(':') ? 6 : 4}/${ip}/tcp/4001`), [], ip)
  }
  for (const ip of ['8.8.8.8', '45.33.0.1', '2a00::1', '2606:4700::1']) assert.equal(isPublicIp(ip), true, ip)
})

test('of a thousand addresses eight are dialled, each place once, in the order they were told', () => {
  const many = Array.from({ length: 1000 }, (_, index) => `/ip4/45.33.${index >> 8}.${index & 255}/tcp/4001`)
  assert.deepEqual(
    dialled(...many),
    many.slice(0, 8).map((text) => `${text}/p2p/${PEER}`),
  )
  assert.equal(dialled(...Array.from({ length: 100 }, () => '/ip4/45.33.1.2/tcp/4001')).length, 1)
})

test('behind the same NAT the local addresses of the record are dialled, and no others', () => {
  const recorded = addresses(
    '/ip4/192.168.1.7/tcp/4001',
    '/ip4/127.0.0.1/tcp/22',
    '/ip4/169.254.3.4/tcp/4001',
    '/ip4/224.0.0.1/tcp/4001',
    '/ip4/45.33.1.2/tcp/4001',
    '/ip4/10.0.0.3/udp/4001/quic-v1',
  )
  assert.deepEqual(localAddresses(recorded, PEER).map(String), [`/ip4/192.168.1.7/tcp/4001/p2p/${PEER}`])
})

test('two sides stand behind the same NAT when they have one IPv4 address outside', () => {
  const told = addresses('/ip4/45.33.1.2/tcp/4001', '/ip6/2a00::7/tcp/4001')
  assert.equal(isSameNat('45.33.1.2', told), true)
  assert.equal(isSameNat('45.33.1.3', told), false)
  assert.equal(isSameNat('2a00::7', told), false)
  assert.equal(isSameNat(undefined, told), false)
})
