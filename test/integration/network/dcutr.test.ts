import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { dcutr as stockDcutr } from '@libp2p/dcutr'
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import type { Journal } from '../../../electron/network/nat/journal.ts'
import { LIBP2P_PROTOCOLS } from '../../../electron/network/protocols.ts'
import type { Attempt } from '../../../shared/domain/attempt.ts'
import { eventually } from '../../support/eventually.ts'
import { clientOptions, clientServices } from '../../support/libp2p-client.ts'
import {
  dialRelayed,
  type PunchingNode,
  type PunchingNodeOptions,
  startPunchingNode,
} from '../../support/punching-node.ts'
import { startPlainRelay } from './plain-relay.ts'

// A simultaneous open cannot be had on loopback, where a SYN is refused within the same instant: test/natlab/punch.ts has
// it. Here one of the two told addresses is a listener's, and everything on loopback counts as public.

const PUBLIC = { isPublic: () => true }
const OUTSIDE = multiaddr('/ip4/45.33.1.2/tcp/9')

async function twoNodes(
  t: TestContext,
  ofA: Partial<PunchingNodeOptions> = {},
  ofB: Partial<PunchingNodeOptions> = {},
) {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const start = async (options: Partial<PunchingNodeOptions>) => {
    const node = await startPunchingNode({ relay: relay.address, ...PUBLIC, ...options })
    t.after(() => node.stop())
    return node
  }
  const [a, b] = await Promise.all([start(ofA), start(ofB)])
  return { relay, a, b }
}

/** The addresses a node listens on, as if somebody had verified them. */
const listening = (node: () => PunchingNode) => () => node().components.transportManager.getAddrs().filter(isTcp)
const isTcp = (address: { toString(): string }) => !address.toString().includes('p2p')

async function relayedTo(node: PunchingNode, peer: string): Promise<Connection> {
  return eventually(() => node.connectionsTo(peer).find(({ direct }) => !direct), { what: 'the relayed connection' })
}

const attempts = (journal: Journal): Attempt[] => [...journal.rows()].map(([, attempt]) => attempt)
const stages = (attempt: Attempt | undefined) => attempt?.stages.map(({ what }) => what)

test('a relayed line becomes direct, and both sides write down how', async (t) => {
  const { relay, a, b } = await twoNodes(t, {}, { verified: listening(() => b) })
  await dialRelayed(a.libp2p, relay.address, b.id)
  const relayed = await relayedTo(b, a.id)
  const attempt = b.journal.begin({ mechanism: 'tcp-punch', peer: a.id })
  const direct = await b.dcutr.punch(relayed, { signal: AbortSignal.timeout(10_000), attempt })
  assert.equal(direct.direct, true)
  assert.equal(direct.remotePeer.toString(), a.id)
  assert.equal(relayed.status, 'open', 'closing it is the business of others')
  await eventually(() => attempts(a.journal)[0]?.outcome.state === 'succeeded')
  assert.deepEqual(stages(attempts(a.journal)[0]), [
    ...[
      'connect-received',
      'prepared',
      'connect-sent',
      'sync-received',
      'dialling',
      'tcp-opened',
      'upgraded',
      'answered',
    ],
  ])
  assert.deepEqual(stages(attempts(b.journal)[0]), [
    ...['prepared', 'connect-sent', 'stream-opened', 'connect-received', 'sync-sent', 'dialling', 'upgraded'],
  ])
})

test('learning leaves the connection to the relay, the place on it and everybody who listens alone', async (t) => {
  const { relay, a, b } = await twoNodes(t, {}, { verified: listening(() => b) })
  const opened: string[] = []
  for (const node of [a, b])
    node.libp2p.addEventListener('connection:open', ({ detail }) => opened.push(detail.remotePeer.toString()))
  const before = b.connectionsTo(relay.id).map(({ id }) => id)
  for (let round = 1; round <= 3; round++) {
    await dialRelayed(a.libp2p, relay.address, b.id)
    const direct = await b.dcutr.punch(await relayedTo(b, a.id), { signal: AbortSignal.timeout(10_000) })
    assert.equal(direct.status, 'open')
    for (const connection of [...a.connectionsTo(b.id), ...b.connectionsTo(a.id)]) connection.abort(new Error('again'))
    await eventually(() => a.connectionsTo(b.id).length === 0 && b.connectionsTo(a.id).length === 0)
  }
  assert.deepEqual(
    b.connectionsTo(relay.id).map(({ id }) => id),
    before,
  )
  assert.equal(opened.includes(relay.id), false)
  assert.ok(b.libp2p.getMultiaddrs().some((address) => address.toString().includes(relay.id)))
  await eventually(() => relay.connections() === 2, { what: 'the learning connections to end', withinMs: 20_000 })
})

test('what was prepared for nobody is given up', async (t) => {
  const { relay, a, b } = await twoNodes(t)
  await dialRelayed(a.libp2p, relay.address, b.id)
  await relayedTo(b, a.id)
  await eventually(() => relay.connections() > 2, { what: 'the learning connections' })
  for (const connection of a.connectionsTo(b.id)) connection.abort(new Error('gone'))
  await eventually(() => relay.connections() === 2, { what: 'the end of the learning connections' })
})

test('somebody with whom a direct connection is not allowed is asked nothing and told nothing', async (t) => {
  const { relay, a, b } = await twoNodes(t, { mayUpgrade: () => false }, { verified: listening(() => b) })
  await dialRelayed(a.libp2p, relay.address, b.id)
  const relayed = await relayedTo(b, a.id)
  const signal = AbortSignal.timeout(10_000)
  await assert.rejects(b.dcutr.punch(relayed, { signal }), { name: 'PunchFailed', reason: 'refused' })
  assert.deepEqual(attempts(a.journal), [])
  const [ours] = a.connectionsTo(b.id)
  assert.ok(ours)
  await assert.rejects(a.dcutr.punch(ours, { signal }), { name: 'PunchFailed', reason: 'refused' })
})

test('only the side that was called punches', async (t) => {
  const { relay, a, b } = await twoNodes(t)
  const relayed = await dialRelayed(a.libp2p, relay.address, b.id)
  const signal = AbortSignal.timeout(10_000)
  await assert.rejects(a.dcutr.punch(relayed, { signal }), { name: 'PunchFailed', reason: 'not-supported' })
})

test('a punch that is called off ends at once, and what it prepared with it', async (t) => {
  const { relay, a, b } = await twoNodes(t)
  await dialRelayed(a.libp2p, relay.address, b.id)
  const relayed = await relayedTo(b, a.id)
  const calledOff = new AbortController()
  const punch = b.dcutr.punch(relayed, { signal: calledOff.signal })
  await eventually(() => stages(attempts(a.journal)[0])?.includes('dialling'))
  const startedAt = performance.now()
  calledOff.abort(new Error('another way was faster'))
  await assert.rejects(punch, { name: 'PunchFailed', reason: 'cut-off' })
  assert.ok(performance.now() - startedAt < 500)
})

test('the other side stopping in the middle is a failure with a name', async (t) => {
  const { relay, a, b } = await twoNodes(t)
  await dialRelayed(a.libp2p, relay.address, b.id)
  const punch = b.dcutr.punch(await relayedTo(b, a.id), { signal: AbortSignal.timeout(10_000) })
  const failed = assert.rejects(punch, { name: 'PunchFailed' })
  await a.stop()
  await failed
})

async function startStock(t: TestContext, relay: string) {
  const node = await createLibp2p({
    ...(await clientOptions(['/ip4/127.0.0.1/tcp/0', `${relay}/p2p-circuit`])),
    // It believes in public addresses only, and must not dial any from here.
    connectionGater: { denyDialMultiaddr: (address) => address.toString().startsWith(OUTSIDE.toString()) },
    services: { ...clientServices(), dcutr: stockDcutr() },
  })
  t.after(() => node.stop())
  return node
}

test('stock DCUtR, called by us, asks us to punch, and we get through to its listener', async (t) => {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const stock = await startStock(t, relay.address)
  const ours = await startPunchingNode({ relay: relay.address, ...PUBLIC, verified: () => [OUTSIDE] })
  t.after(() => ours.stop())
  await dialRelayed(ours.libp2p, relay.address, stock.peerId.toString())
  const hasSucceeded = () => attempts(ours.journal).some(({ outcome }) => outcome.state === 'succeeded')
  await eventually(hasSucceeded, { what: 'our side of the punch' })
  await eventually(() => stock.getConnections(ours.libp2p.peerId).some(({ direct }) => direct))
})

test('stock DCUtR that called us answers, and the second attempt with swapped roles reaches its listener', async (t) => {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const stock = await startStock(t, relay.address)
  const ours = await startPunchingNode({ relay: relay.address, ...PUBLIC, verified: () => [OUTSIDE] })
  t.after(() => ours.stop())
  await dialRelayed(stock, relay.address, ours.id)
  const relayed = await relayedTo(ours, stock.peerId.toString())
  const dialled: string[] = []
  const stage = (what: string, detail = '') => what === 'dialling' && dialled.push(detail)
  const attempt = { id: '', stage, succeed: () => {}, fail: () => {}, overtaken: () => {} }
  const direct = await ours.dcutr.punch(relayed, { signal: AbortSignal.timeout(20_000), attempt })
  assert.equal(direct.direct, true)
  assert.deepEqual(dialled, ['attempt 1, 1 addresses as server', 'attempt 2, 1 addresses as client'])
})

test('a program that does not know DCUtR is told from one that refuses', async (t) => {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const plain = await createLibp2p({
    ...(await clientOptions([`${relay.address}/p2p-circuit`])),
    services: clientServices(),
  })
  t.after(() => plain.stop())
  const ours = await startPunchingNode({ relay: relay.address, ...PUBLIC })
  t.after(() => ours.stop())
  await dialRelayed(plain, relay.address, ours.id)
  const relayed = await relayedTo(ours, plain.peerId.toString())
  const signal = AbortSignal.timeout(10_000)
  await assert.rejects(ours.dcutr.punch(relayed, { signal }), { reason: 'not-supported' })
  await plain.handle(LIBP2P_PROTOCOLS.dcutr, (stream) => stream.abort(new Error('no')), {
    runOnLimitedConnection: true,
  })
  await assert.rejects(ours.dcutr.punch(relayed, { signal }), { reason: 'refused' })
})
