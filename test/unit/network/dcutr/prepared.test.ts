import assert from 'node:assert/strict'
import { test } from 'node:test'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { type PrepareOptions, prepare } from '../../../../electron/network/nat/dcutr/prepared.ts'

const RELAY = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN'
const PEER = '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'
const never = new AbortController().signal

/** Whom the relay behind this relayed address was asked at, when we are connected to it at `connected`. */
async function asked(relayed: string, connected: string): Promise<string[]> {
  const nodes: string[] = []
  const components = {
    connectionManager: {
      getConnections: () => [{ remotePeer: peerIdFromString(RELAY), remoteAddr: multiaddr(connected) }],
    },
    peerStore: { get: async () => ({ addresses: [] }) },
    transportManager: { getAddrs: () => [] },
  } as unknown as PrepareOptions['components']
  await prepare(multiaddr(relayed), never, {
    ...{ components, verified: () => [], platform: 'linux' },
    ask: async (node) => {
      nodes.push(node.toString())
      return { host: '80.1.1.1', port: 4000, release: () => {} }
    },
  })
  return nodes
}

test('the relay is asked where we are connected to it, whatever the other side wrote into its address', async () => {
  const circuit = `/p2p/${RELAY}/p2p-circuit/p2p/${PEER}`
  const real = '/ip4/45.33.1.1/tcp/4001'
  for (const told of [real, '/ip4/127.0.0.1/tcp/6379', '/ip4/192.168.1.1/tcp/80', '/ip4/8.8.8.8/tcp/25'])
    assert.deepEqual(await asked(`${told}${circuit}`, real), [`${real}/p2p/${RELAY}`])
})

test('a relay on our side of the router is not asked what it cannot see', async () => {
  const near = '/ip4/192.168.1.9/tcp/4001'
  assert.deepEqual(await asked(`${near}/p2p/${RELAY}/p2p-circuit/p2p/${PEER}`, near), [])
})
