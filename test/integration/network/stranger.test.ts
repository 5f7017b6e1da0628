import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { eventually } from '../../support/eventually.ts'
import { echo, hasPlace, startPerson } from './people.ts'
import { startPlainRelay } from './plain-relay.ts'
import { startStranger } from './strangers.ts'

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
  // Version 1 closes the connection it is asked on, and the asking half of version 2 would dial for strangers.
  assert.deepEqual(
    told.protocols.filter((protocol) => protocol.startsWith('/libp2p/autonat/')),
    ['/libp2p/autonat/2/dial-back'],
  )
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

test('a stranger who knows our address arrives where trust lets arrivals in, and is not sought for that', async (t) => {
  const a = await startPerson(t, { isRelayOnly: false, trust: { mayArriveDirectly: () => true } })
  await a.network.handle('/test/contact/1', 'anyone', echo)
  await a.network.handle('/test/sync/1', 'contacts', echo)
  const stranger = await startStranger(t, { listen: ['/ip4/127.0.0.1/tcp/0'] })
  const connection = await stranger.dial(multiaddr(`${a.network.ownAddresses().direct[0]}/p2p/${a.id}`))
  const open = (protocol: string) => connection.newStream(protocol, { signal: AbortSignal.timeout(3_000) })
  await open('/test/contact/1')
  const refused = await open('/test/sync/1').catch(() => undefined)
  await eventually(() => refused?.status !== 'open')
  assert.equal(connection.status, 'open')
  await assert.rejects(
    a.network.open(stranger.peerId.toString(), '/test/x/1', {
      signal: AbortSignal.timeout(3_000),
      addresses: stranger.getMultiaddrs().map(String),
    }),
  )
  await connection.close()
  await eventually(() => stranger.getConnections().length === 0)
  await assert.rejects(
    a.network.open(stranger.peerId.toString(), '/test/x/1', {
      signal: AbortSignal.timeout(3_000),
      addresses: stranger.getMultiaddrs().map(String),
    }),
    { failure: { code: 'address-refused' } },
  )
})

test('somebody we know only by a typed address is dialled there, private or not, and nowhere else', async (t) => {
  const b = await startPerson(t, { isRelayOnly: false, trust: { mayArriveDirectly: () => true } })
  await b.network.handle('/test/contact/1', 'anyone', echo)
  const [typed, ...others] = b.network.ownAddresses().direct
  assert.ok(typed !== undefined && others.length > 0)
  const a = await startPerson(t, {
    isRelayOnly: false,
    trust: { mayConnectDirectly: (peer) => peer === b.id, isEntered: (peer, text) => peer === b.id && text === typed },
  })
  const open = (addresses: readonly string[]) =>
    a.network.open(b.id, '/test/contact/1', { signal: AbortSignal.timeout(5_000), addresses })
  await assert.rejects(open(others), { failure: { code: 'address-refused' } })
  const stream = await open([...others, typed])
  await stream.send(Uint8Array.of(7))
  for await (const frame of stream) {
    assert.deepEqual([...frame], [7])
    break
  }
})
