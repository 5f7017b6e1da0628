import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { noise } from '@chainsafe/libp2p-noise'
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { muxer } from '../../../electron/network/parts/muxer.ts'
import { eventually } from '../../support/eventually.ts'
import { echo, hasPlace, startPerson } from './people.ts'
import { startPlainRelay } from './plain-relay.ts'

/** Somebody with plain libp2p who knows our link and nothing else. */
async function startStranger(t: TestContext) {
  const node = await createLibp2p({
    transports: [tcp(), circuitRelayTransport()],
    connectionEncrypters: [noise()],
    streamMuxers: [muxer()],
    connectionGater: { denyDialMultiaddr: () => false },
    services: { identify: identify({ runOnConnectionOpen: false }), ping: ping() },
  })
  t.after(() => node.stop())
  return node
}

async function scene(t: TestContext, isRelayOnly: boolean) {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const a = await startPerson(t, { relays: [relay.known], isRelayOnly })
  await a.network.handle('/test/contact/1', 'anyone', echo)
  await a.network.handle('/test/sync/1', 'contacts', echo)
  await eventually(() => hasPlace(a))
  const stranger = await startStranger(t)
  const connection = await stranger.dial(multiaddr(`${relay.address}/p2p-circuit/p2p/${a.id}`))
  return { relay, a, stranger, connection }
}

for (const isRelayOnly of [true, false])
  test(`identify tells a stranger circuit addresses only (relay-only ${isRelayOnly ? 'on' : 'off'})`, async (t) => {
    const { relay, stranger, connection } = await scene(t, isRelayOnly)
    const told = await stranger.services.identify.identify(connection)
    const addresses = [...told.listenAddrs, ...(told.signedPeerRecord?.addresses ?? [])].map(String)
    assert.ok(addresses.length > 0)
    for (const address of addresses) assert.ok(address.startsWith(relay.address) && address.includes('/p2p-circuit'))
    assert.match(told.agentVersion ?? '', /^sightline/)
  })

test('a stranger can open identify, ping and what is open to anyone, and nothing else', async (t) => {
  const { a, stranger, connection } = await scene(t, false)
  const told = await stranger.services.identify.identify(connection)
  const opened = await Promise.all(
    told.protocols.map(async (protocol) => {
      const options = { signal: AbortSignal.timeout(3_000), runOnLimitedConnection: true }
      return { protocol, stream: await connection.newStream(protocol, options).catch(() => undefined) }
    }),
  )
  const stillOpen = () =>
    opened
      .filter(({ stream }) => stream?.status === 'open' || stream?.status === 'closed')
      .map(({ protocol }) => protocol)
      .sort()
  const allowed = ['/ipfs/id/1.0.0', '/ipfs/id/push/1.0.0', '/ipfs/ping/1.0.0', '/test/contact/1']
  await eventually(() => stillOpen().length <= allowed.length)
  assert.deepEqual(stillOpen(), allowed)
  assert.ok(told.protocols.includes('/test/sync/1'))
  assert.equal(
    [...a.network.peers.rows()].find(([id]) => id === stranger.peerId.toString())?.[1].purpose,
    'infrastructure',
  )
})

test('a stranger who dials us directly is refused, and allowed when trust says so', async (t) => {
  const { a, stranger } = await scene(t, false)
  const [direct] = a.network.ownAddresses().direct
  assert.ok(direct !== undefined)
  const dial = () =>
    stranger.dial(multiaddr(`${direct}/p2p/${a.id}`), { force: true, signal: AbortSignal.timeout(3_000) })
  await dial().then(
    (connection) => eventually(() => connection.status !== 'open', { what: 'the refusal' }),
    () => undefined,
  )
  a.contacts.add(stranger.peerId.toString())
  const connection = await dial()
  await connection.newStream('/test/sync/1', { signal: AbortSignal.timeout(3_000) })
})
