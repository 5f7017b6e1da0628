import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { candidates } from '../../../../electron/network/nat/dcutr/candidates.ts'

const RELAY = '12D3KooWGjMCwGmTDRxyHJoLyvd8aSdNqxmAyFnMdYRi8hnCFSx1'
const addresses = (...texts: string[]) => texts.map((text) => multiaddr(text))
const nothing = { verified: [], listening: [] }

test('the learned IPv4 mapping comes first, then IPv6, then what others have verified, then the local network', () => {
  const offered = candidates({
    outer: { host: '45.33.1.2', port: 50_000 },
    ipv6: { host: '2a00::7', port: 50_001 },
    verified: addresses('/ip4/45.33.1.2/tcp/4001'),
    listening: addresses('/ip4/127.0.0.1/tcp/4001', '/ip4/192.168.1.7/tcp/4001', '/ip4/169.254.1.1/tcp/4001'),
  })
  assert.deepEqual(offered.map(String), [
    '/ip4/45.33.1.2/tcp/50000',
    '/ip6/2a00::7/tcp/50001',
    '/ip4/45.33.1.2/tcp/4001',
    '/ip4/192.168.1.7/tcp/4001',
  ])
})

test('no relay, no other transport and no address twice is offered, and eight at most', () => {
  const relayed = addresses(`/ip4/45.33.1.2/tcp/4001/p2p/${RELAY}/p2p-circuit`, '/ip4/45.33.1.2/tcp/4002/ws')
  assert.deepEqual(candidates({ ...nothing, verified: relayed }), [])
  const twice = addresses('/ip4/45.33.1.2/tcp/4001', '/ip4/45.33.1.2/tcp/4001')
  assert.equal(candidates({ ...nothing, verified: twice }).length, 1)
  const many = addresses(...Array.from({ length: 20 }, (_, index) => `/ip4/45.33.1.${index + 1}/tcp/4001`))
  assert.equal(candidates({ ...nothing, verified: many }).length, 8)
})

test('what a relay on the local network saw of us is of no use outside, and is not offered', () => {
  assert.deepEqual(candidates({ ...nothing, outer: { host: '192.168.1.9', port: 50_000 } }), [])
})
