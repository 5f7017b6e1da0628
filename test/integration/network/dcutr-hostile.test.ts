import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { Connection, Stream } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { encodeMessage } from '../../../electron/network/nat/dcutr/message.ts'
import { LIBP2P_PROTOCOLS } from '../../../electron/network/protocols.ts'
import { encodeFrame } from '../../../electron/network/streams/frames.ts'
import type { Attempt } from '../../../shared/domain/attempt.ts'
import { eventually } from '../../support/eventually.ts'
import { startClient } from '../../support/libp2p-client.ts'
import {
  dialRelayed,
  type PunchingNode,
  type PunchingNodeOptions,
  startPunchingNode,
} from '../../support/punching-node.ts'
import { type PlainRelay, startPlainRelay } from './plain-relay.ts'

type Client = Awaited<ReturnType<typeof startClient>>
const OVER_RELAY = { runOnLimitedConnection: true }
// Nobody listens there; refused at once.
const NOBODY = multiaddr('/ip4/127.0.0.1/tcp/1')
const SYNC = encodeFrame(encodeMessage({ type: 'sync' }))
const connect = (...addresses: Multiaddr[]) => encodeFrame(encodeMessage({ type: 'connect', addresses }))
const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => multiaddr(text(index)))

interface Scene {
  readonly relay: PlainRelay
  readonly ours: PunchingNode
  readonly them: Client
}

async function scene(t: TestContext, options: Partial<PunchingNodeOptions> = {}): Promise<Scene> {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const [ours, them] = await Promise.all([
    startPunchingNode({ relay: relay.address, isPublic: () => true, ...options }),
    startClient([`${relay.address}/p2p-circuit`]),
  ])
  t.after(() => Promise.all([ours.stop(), them.stop()]))
  return { relay, ours, them }
}

/** Over this relayed connection the other side may begin a punch: we dialled. */
async function weCall({ relay, ours, them }: Scene): Promise<Connection> {
  await dialRelayed(ours.libp2p, relay.address, them.peerId.toString())
  return eventually(() => them.getConnections(ours.libp2p.peerId)[0])
}

/** Over this one we may: they dialled. */
async function theyCall({ relay, ours, them }: Scene): Promise<Connection> {
  await dialRelayed(them, relay.address, ours.id)
  return eventually(() => ours.connectionsTo(them.peerId.toString())[0])
}

const rows = ({ ours }: Scene): Attempt[] => [...ours.journal.rows()].map(([, attempt]) => attempt)
const failures = (of: Scene) =>
  rows(of).map(({ outcome }) => (outcome.state === 'failed' ? outcome.reason : outcome.state))
const isAlive = async ({ ours, relay }: Scene) =>
  ours.connectionsTo(relay.id).length > 0 && ours.libp2p.status === 'started'

async function isReset(stream: Stream): Promise<void> {
  await eventually(() => stream.status === 'reset' || stream.status === 'aborted', { what: 'the stream to be reset' })
}

const SAID_TO_A: readonly (readonly [string, Uint8Array, string])[] = [
  ['garbage', Uint8Array.from({ length: 300 }, (_, index) => (index * 37) % 251), 'bad-answer'],
  ['a frame that is no message', encodeFrame(Uint8Array.of(0xff, 0xff, 0xff)), 'bad-answer'],
  ['an announced megabyte', Uint8Array.of(0x80, 0x80, 0x40), 'bad-answer'],
  ['SYNC before CONNECT', SYNC, 'bad-answer'],
  ['a thousand addresses', rawConnect(1000), 'bad-answer'],
  ['ten thousand empty frames', new Uint8Array(10_000), 'bad-answer'],
]

/** Longer than any frame of the protocol may be, and than `encodeFrame` of ours would be asked for. */
function rawConnect(count: number): Uint8Array {
  return connect(...many(count, (index) => `/ip4/45.33.${index >> 8}.${index & 255}/tcp/4001`))
}

for (const [what, bytes, reason] of SAID_TO_A)
  test(`asked to punch with ${what}, we reset the stream and say why`, async (t) => {
    const of = await scene(t)
    const relayed = await weCall(of)
    const stream = await relayed.newStream(LIBP2P_PROTOCOLS.dcutr, OVER_RELAY)
    stream.send(bytes)
    await isReset(stream)
    await eventually(() => failures(of).join() === reason, { what: reason })
    assert.ok(await isAlive(of))
  })

test('asked to dial private, loopback, multicast and foreign addresses, we dial none of them', async (t) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const place = server.address()
  assert.ok(typeof place === 'object' && place !== null)
  let visits = 0
  server.on('connection', (socket) => {
    visits += 1
    socket.destroy()
  })
  const { isPublicIp } = await import('../../../electron/network/nat/dcutr/remote-addresses.ts')
  // What loopback saw of us counts, so that there is something to offer; whatever they tell does not.
  const of = await scene(t, { isPublic: isPublicIp, verified: () => [multiaddr('/ip4/45.33.1.2/tcp/9')] })
  const relayed = await weCall(of)
  const stream = await relayed.newStream(LIBP2P_PROTOCOLS.dcutr, OVER_RELAY)
  const told = [
    '127.0.0.1',
    '10.0.0.1',
    '192.168.1.1',
    '224.0.0.1',
    '0.0.0.0',
    '169.254.1.1',
    '100.64.0.1',
    '203.0.113.9',
  ]
  stream.send(connect(...told.map((ip) => multiaddr(`/ip4/${ip}/tcp/${place.port}`))))
  await isReset(stream)
  await eventually(() => failures(of).join() === 'no-address')
  assert.equal(visits, 0)
})

test('a stream over a connection that we did not open, or over a direct one, is reset unread', async (t) => {
  const of = await scene(t)
  await theyCall(of)
  const [relayed] = of.them.getConnections(of.ours.libp2p.peerId)
  assert.ok(relayed)
  const wrongWay = await relayed.newStream(LIBP2P_PROTOCOLS.dcutr, OVER_RELAY)
  await isReset(wrongWay)
  const [listener] = of.ours.components.transportManager.getAddrs()
  assert.ok(listener)
  const direct = await of.them.dial(multiaddr(`${listener.toString().split('/p2p')[0]}/p2p/${of.ours.id}`), {
    force: true,
  })
  assert.equal(direct.direct, true)
  await isReset(await direct.newStream(LIBP2P_PROTOCOLS.dcutr))
  assert.deepEqual(rows(of), [])
})

test('a second stream while the first is being agreed upon is reset, and the first goes on', async (t) => {
  const of = await scene(t)
  const relayed = await weCall(of)
  const first = await relayed.newStream(LIBP2P_PROTOCOLS.dcutr, OVER_RELAY)
  await eventually(() => rows(of).length === 1)
  const second = await relayed.newStream(LIBP2P_PROTOCOLS.dcutr, OVER_RELAY)
  await isReset(second)
  first.send(connect(NOBODY))
  await eventually(() => rows(of)[0]?.stages.some(({ what }) => what === 'connect-sent'))
  assert.equal(rows(of).length, 1)
  first.send(SYNC)
  await eventually(() => rows(of)[0]?.stages.some(({ what }) => what === 'dialling'))
})

test('somebody who asks again and again is not answered any more', async (t) => {
  const of = await scene(t)
  const relayed = await weCall(of)
  for (let count = 1; count <= 30; count++) {
    const stream = await relayed.newStream(LIBP2P_PROTOCOLS.dcutr, OVER_RELAY)
    if (stream.status === 'open') stream.send(encodeFrame(Uint8Array.of(0xff)))
    await isReset(stream)
  }
  assert.ok(rows(of).length <= 16, `${rows(of).length} attempts`)
  assert.ok(await isAlive(of))
})

test('whoever is silent in any step is waited for five seconds, on either side', async (t) => {
  const silent: (readonly [string, Uint8Array])[] = [
    ['before CONNECT', new Uint8Array()],
    ['in the middle of CONNECT', connect(NOBODY).subarray(0, 5)],
    ['before SYNC', connect(NOBODY)],
  ]
  const asA = silent.map(async ([, bytes]) => {
    const of = await scene(t)
    const stream = await (await weCall(of)).newStream(LIBP2P_PROTOCOLS.dcutr, OVER_RELAY)
    if (bytes.length > 0) stream.send(bytes)
    const startedAt = performance.now()
    await isReset(stream)
    await eventually(() => failures(of).join() === 'no-answer')
    return performance.now() - startedAt
  })
  const asB = [new Uint8Array(), connect(NOBODY).subarray(0, 5)].map(async (bytes) => {
    const of = await scene(t)
    await of.them.handle(LIBP2P_PROTOCOLS.dcutr, (stream) => void (bytes.length > 0 && stream.send(bytes)), OVER_RELAY)
    const relayed = await theyCall(of)
    const startedAt = performance.now()
    const signal = AbortSignal.timeout(15_000)
    await assert.rejects(of.ours.dcutr.punch(relayed, { signal }), { name: 'PunchFailed', reason: 'no-answer' })
    return performance.now() - startedAt
  })
  for (const tookMs of await Promise.all([...asA, ...asB])) assert.ok(tookMs > 4_000 && tookMs < 8_000, `${tookMs} ms`)
})

const ANSWERED_TO_B: readonly (readonly [string, Uint8Array, string])[] = [
  ['garbage', Uint8Array.from({ length: 300 }, (_, index) => (index * 37) % 251), 'bad-answer'],
  ['SYNC', SYNC, 'bad-answer'],
  ['a thousand addresses', rawConnect(1000), 'bad-answer'],
  ['no address', connect(), 'no-address'],
]

for (const [what, bytes, reason] of ANSWERED_TO_B)
  test(`answered with ${what}, we give up and say why`, async (t) => {
    const of = await scene(t)
    await of.them.handle(LIBP2P_PROTOCOLS.dcutr, (stream) => void stream.send(bytes), OVER_RELAY)
    const relayed = await theyCall(of)
    const signal = AbortSignal.timeout(15_000)
    await assert.rejects(of.ours.dcutr.punch(relayed, { signal }), { name: 'PunchFailed', reason })
    assert.ok(await isAlive(of))
  })

test('a listener that accepts and says nothing costs its time and no more', async (t) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const place = server.address()
  assert.ok(typeof place === 'object' && place !== null)
  let open = 0
  server.on('connection', (socket) => {
    open += 1
    socket.on('error', () => {})
    socket.resume()
    socket.on('close', () => {
      open -= 1
    })
  })
  t.after(() => server.close())
  const of = await scene(t)
  const stream = await (await weCall(of)).newStream(LIBP2P_PROTOCOLS.dcutr, OVER_RELAY)
  stream.send(connect(multiaddr(`/ip4/127.0.0.1/tcp/${place.port}`)))
  stream.send(SYNC)
  await eventually(() => open === 1, { what: 'our visit' })
  await eventually(() => failures(of).join() === 'no-answer', { what: 'the end of our patience' })
  const [attempt] = rows(of)
  assert.match(attempt?.outcome.state === 'failed' ? (attempt.outcome.detail ?? '') : '', /^TCP opened/)
  assert.ok((attempt?.endedAt ?? 0) - (attempt?.startedAt ?? 0) < 7_000)
  await eventually(() => open === 0, { what: 'the socket to be closed' })
})
