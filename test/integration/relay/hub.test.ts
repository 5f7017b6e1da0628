import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { kadDHT, passthroughMapper } from '@libp2p/kad-dht'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { ANNOUNCEMENT_MAX_BYTES } from '../../../electron/network/limits.ts'
import { announcementGossip } from '../../../electron/network/parts/gossip.ts'
import { ANNOUNCE_TOPIC, DHT_PROTOCOL } from '../../../electron/network/protocols.ts'
import { createRelay, type RunningRelay } from '../../../electron/relay/relay.ts'
import { eventually } from '../../support/eventually.ts'
import { clientOptions, clientServices, startClient } from '../../support/libp2p-client.ts'

describe('a relay started inside another program', { timeout: 30_000 }, () => {
  let relay: RunningRelay
  const address = () => multiaddr(relay.addresses[0])
  before(async () => {
    relay = await createRelay({ seed: randomBytes(32), hosts: ['127.0.0.1'] })
  })
  after(() => relay?.stop())

  test('passes announcements on between people who do not know each other, and none that is too large', async () => {
    const clients = []
    const heard: string[] = []
    try {
      for (let count = 0; count < 3; count += 1) {
        const client = await createLibp2p({
          ...(await clientOptions()),
          services: { ...clientServices(), gossip: announcementGossip() },
        })
        clients.push(client)
        await client.dial(address())
      }
      const gossips = clients.map(({ services }) => services.gossip)
      for (const gossip of gossips) gossip.subscribe(ANNOUNCE_TOPIC)
      gossips[1]?.addEventListener('message', ({ detail }) => heard.push(`${detail.data.byteLength}`))
      await eventually(() => gossips.every(isInMesh), { what: 'the mesh' })
      await gossips[0]?.publish(ANNOUNCE_TOPIC, new Uint8Array(ANNOUNCEMENT_MAX_BYTES + 1))
      await gossips[2]?.publish(ANNOUNCE_TOPIC, new Uint8Array(100))
      await eventually(() => heard.length > 0, { what: 'the announcement' })
      assert.deepEqual(heard, ['100'])
    } finally {
      await Promise.all(clients.map((client) => client.stop()))
    }
  })

  test('tells where somebody is reachable now (DHT server of our own protocol), and offers AutoNAT v2', async () => {
    const dht = () => kadDHT({ protocol: DHT_PROTOCOL, clientMode: true, peerInfoMapper: passthroughMapper })
    const bob = await startClient([`${relay.addresses[0]}/p2p-circuit`])
    const alice = await createLibp2p({ ...(await clientOptions()), services: { ...clientServices(), dht: dht() } })
    try {
      await eventually(() => relay.counters().reservations.length === 1, { what: 'the place' })
      await alice.dial(address())
      const found = await eventually(
        async () => {
          const { multiaddrs } = await alice.peerRouting.findPeer(bob.peerId, { signal: AbortSignal.timeout(2_000) })
          return multiaddrs.map(String).find((one) => one.includes('/p2p-circuit'))
        },
        { what: 'the address' },
      )
      assert.ok(found.includes(relay.id))
      const { protocols } = await alice.peerStore.get(alice.getPeers()[0] ?? assert.fail('no relay'))
      assert.ok(protocols.includes('/libp2p/autonat/2/dial-request'))
      assert.ok(!protocols.some((protocol) => protocol.startsWith('/libp2p/autonat/1')))
      assert.ok(protocols.includes(DHT_PROTOCOL))
      assert.ok(!protocols.some((protocol) => protocol.includes('/ipfs/kad/')))
    } finally {
      await Promise.all([alice.stop(), bob.stop()])
    }
  })
})

/** Does the relay pass on to this client what it hears? Not in the declared interface. */
function isInMesh(gossip: object): boolean {
  if (!('getMeshPeers' in gossip) || typeof gossip.getMeshPeers !== 'function') return false
  return gossip.getMeshPeers(ANNOUNCE_TOPIC).length === 1
}
