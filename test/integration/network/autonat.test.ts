import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { noise } from '@chainsafe/libp2p-noise'
import { identify } from '@libp2p/identify'
import type { Connection, Libp2p } from '@libp2p/interface'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { DialBack, DialMessage, type DialResponse } from '../../../electron/network/nat/autonat/autonat.pb.js'
import { createReachabilityWatch } from '../../../electron/network/nat/autonat/watch.ts'
import { createJournal } from '../../../electron/network/nat/journal.ts'
import type { FrameStream } from '../../../electron/network/network.ts'
import { muxer } from '../../../electron/network/parts/muxer.ts'
import type { Components } from '../../../electron/network/parts/transports.ts'
import { LIBP2P_PROTOCOLS } from '../../../electron/network/protocols.ts'
import { createFrameStream } from '../../../electron/network/streams/frame-stream.ts'
import type { Attempt } from '../../../shared/domain/attempt.ts'
import { UNKNOWN_PATH } from '../../../shared/domain/line.ts'
import type { OwnAddress } from '../../../shared/domain/nat-report.ts'
import { eventually } from '../../support/eventually.ts'

async function startNode(t: TestContext, userAgent?: string) {
  const node = await createLibp2p({
    ...(userAgent !== undefined && { nodeInfo: { userAgent } }),
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0', '/ip4/127.0.0.1/tcp/0/ws'] },
    transports: [tcp(), webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [muxer()],
    services: { identify: identify(), inside: (components: Components) => ({ components }) },
  })
  t.after(() => node.stop())
  return node
}

/** What a server is asked, and what it can do about it. */
interface Asked {
  readonly address: string
  readonly nonce: bigint
  readonly stream: FrameStream
  readonly connection: Connection
  readonly node: Libp2p
  /** Brings a number back over this connection; resolves when it was taken. */
  bring(connection: Connection, nonce?: bigint): Promise<void>
  /** Dials this address, past every connection that is there. */
  dial(address: string): Promise<Connection>
  answer(answer: Partial<DialResponse>): Promise<void>
}

const REACHED = { status: 200, dialStatus: 200 }
const NOT_REACHED = { status: 200, dialStatus: 100 }

/** A relay that answers requests as the test wants it to. */
async function startServer(t: TestContext, behave: (asked: Asked) => unknown, userAgent?: string) {
  const node = await startNode(t, userAgent)
  const asked: string[] = []
  await node.handle(LIBP2P_PROTOCOLS.autonatDialRequest, async (raw, connection) => {
    const stream = createFrameStream(raw, connection, () => UNKNOWN_PATH)
    const first = await stream[Symbol.asyncIterator]().next()
    const { addrs = [], nonce = 0n } = DialMessage.decode(first.value ?? new Uint8Array()).dialRequest ?? {}
    const address = multiaddr(addrs[0]).toString()
    asked.push(address)
    const work = async () =>
      behave({
        ...{ address, nonce, stream, connection, node },
        bring: async (over, number = nonce) => {
          const back = await over.newStream(LIBP2P_PROTOCOLS.autonatDialBack)
          const frames = createFrameStream(back, over, () => UNKNOWN_PATH)
          await frames.send(DialBack.encode({ nonce: number }))
          for await (const _ of frames) return
        },
        dial: (to) => node.dial(multiaddr(to), { force: true }),
        answer: (answer) =>
          stream.send(DialMessage.encode({ dialResponse: { status: 0, addrIdx: 0, dialStatus: 0, ...answer } })),
      })
    // What a server throws is its own affair.
    await work().catch(() => undefined)
  })
  return { node, asked, id: node.peerId.toString() }
}

type Server = Awaited<ReturnType<typeof startServer>>

async function honest({ address, dial, bring, answer }: Asked): Promise<void> {
  const connection = await dial(address)
  await bring(connection)
  await connection.close()
  await answer(REACHED)
}

/** Us, connected to these relays, with our TCP and WebSocket addresses as if a router had mapped them. */
async function watchWith(t: TestContext, servers: readonly Server[], { askMs = 2_000 } = {}) {
  const node = await startNode(t)
  const [viaTcp = '', viaWs = ''] = node.getMultiaddrs().map((address) => address.toString().split('/p2p/')[0] ?? '')
  let addresses: readonly OwnAddress[] = []
  const journal = createJournal({ onError: (error) => assert.fail(String(error)) })
  let changes = 0
  const watch = createReachabilityWatch({
    components: node.services.inside.components,
    relays: () => servers.map(({ id }) => id),
    direct: () => addresses,
    journal,
    onChange: () => {
      changes += 1
    },
    onError: (error) => assert.fail(String(error)),
    askMs,
    isOutside: () => true,
  })
  t.after(() => watch.stop())
  for (const server of servers) await node.dial(server.node.getMultiaddrs()[0] ?? assert.fail())
  for (const { node: server } of servers)
    await eventually(async () =>
      (await node.peerStore.get(server.peerId)).protocols.includes(LIBP2P_PROTOCOLS.autonatDialRequest),
    )
  return {
    ...{ node, watch, viaTcp, viaWs },
    attempts: (): Attempt[] => [...journal.rows()].map(([, attempt]) => attempt),
    changes: () => changes,
    has(...texts: string[]) {
      addresses = texts.map((address) => ({ address, kind: 'mapped', evidence: 'unverified' }))
      watch.review()
    },
  }
}

const outcomes = (attempts: readonly Attempt[]) =>
  attempts.map(({ outcome }) => (outcome.state === 'failed' ? `${outcome.reason} ${outcome.detail}` : outcome.state))

test('an address that a relay dialled is verified, and the journal says how', async (t) => {
  const server = await startServer(t, honest)
  const us = await watchWith(t, [server])
  us.has(us.viaTcp)
  await eventually(() => us.watch.evidenceOf(us.viaTcp) === 'verified', { withinMs: 3_000 })
  assert.equal(us.changes(), 1)
  const [attempt] = us.attempts()
  assert.equal(attempt?.peer, server.id)
  assert.deepEqual(attempt?.outcome, { state: 'succeeded', address: us.viaTcp })
  assert.deepEqual(
    attempt?.stages.map(({ what }) => what),
    ['asked', 'answered', 'dialled-back'],
  )
})

test('each address is confirmed by itself: one transport that works says nothing of another', async (t) => {
  const server = await startServer(t, (asked) =>
    asked.address.endsWith('/ws') ? asked.answer(NOT_REACHED) : honest(asked),
  )
  const us = await watchWith(t, [server])
  us.has(us.viaTcp, us.viaWs)
  await eventually(() => us.attempts().filter(({ endedAt }) => endedAt !== undefined).length === 2)
  assert.deepEqual([us.watch.evidenceOf(us.viaTcp), us.watch.evidenceOf(us.viaWs)], ['verified', 'unverified'])
  assert.deepEqual([...server.asked].sort(), [us.viaTcp, us.viaWs].sort())
})

test('it takes two relays that could not dial an address to call it failed, and a new address is asked about at once', async (t) => {
  const no = (asked: Asked) => (asked.address.endsWith('/ws') ? honest(asked) : asked.answer(NOT_REACHED))
  const [one, two] = await Promise.all([startServer(t, no), startServer(t, no)])
  const us = await watchWith(t, [one])
  us.has(us.viaTcp)
  await eventually(() => outcomes(us.attempts()).includes('no-answer E_DIAL_ERROR'))
  assert.equal(us.watch.evidenceOf(us.viaTcp), 'unverified')

  const both = await watchWith(t, [one, two])
  both.has(both.viaTcp)
  await eventually(() => both.watch.evidenceOf(both.viaTcp) === 'failed')
  both.has(both.viaTcp, both.viaWs)
  await eventually(() => both.watch.evidenceOf(both.viaWs) === 'verified', { withinMs: 3_000 })
  assert.equal(both.watch.evidenceOf(both.viaTcp), 'failed')
})

const liars: readonly [what: string, behave: (asked: Asked, us: { viaTcp: string }) => unknown, outcome: RegExp][] = [
  ['says it got through and never came', ({ answer }) => answer(REACHED), /^bad-answer says it got through/],
  [
    'brings the number over the connection that was there',
    async ({ bring, connection, answer }) => {
      await bring(connection).catch(() => undefined)
      await answer(REACHED)
    },
    /^bad-answer says it got through/,
  ],
  [
    'comes by another transport than the one it was asked about',
    async ({ dial, bring, answer }, { viaTcp }) => {
      await bring(await dial(viaTcp)).catch(() => undefined)
      await answer(REACHED)
    },
    /^bad-answer says it got through/,
  ],
  [
    'comes with a number it made up',
    async ({ address, dial, bring, answer, nonce }) => {
      await bring(await dial(address), nonce ^ 1n).catch(() => undefined)
      await answer(REACHED)
    },
    /^bad-answer says it got through/,
  ],
  ['answers with garbage', ({ stream }) => stream.send(Uint8Array.of(255, 255, 255)), /^bad-answer not a message/],
  ['answers with nothing in it', ({ stream }) => stream.send(new Uint8Array(0)), /^bad-answer neither/],
  ['resets', ({ stream }) => stream.abort(new Error('enough')), /^cut-off/],
  ['says goodbye without an answer', ({ stream }) => stream.close(), /^no-answer closed/],
  ['refuses', ({ answer }) => answer({ status: 101 }), /^refused E_DIAL_REFUSED/],
  [
    'got through and then failed, as it says',
    ({ answer }) => answer({ status: 200, dialStatus: 101 }),
    /^no-answer E_DIAL_BACK/,
  ],
  [
    'wants a gigabyte first',
    ({ stream }) => stream.send(DialMessage.encode({ dialDataRequest: { addrIdx: 0, numBytes: 2 ** 30 } })),
    /^bad-answer wants 1073741824 bytes/,
  ],
  [
    'wants data again and again',
    async ({ stream }) => {
      for (let times = 0; times < 5; times++)
        await stream.send(DialMessage.encode({ dialDataRequest: { addrIdx: 0, numBytes: 30_000 } }))
    },
    /^bad-answer neither/,
  ],
  ['never answers', () => new Promise(() => {}), /^no-answer/],
]
for (const [what, behave, outcome] of liars)
  test(`a relay that ${what} confirms nothing, disproves nothing, and is given up`, async (t) => {
    let viaTcp = ''
    const server = await startServer(t, (asked) => behave(asked, { viaTcp }))
    const us = await watchWith(t, [server], { askMs: 600 })
    viaTcp = us.viaTcp
    us.has(us.viaWs)
    const [said = ''] = await eventually(
      () => us.attempts().some(({ endedAt }) => endedAt !== undefined) && outcomes(us.attempts()),
      { withinMs: 3_000 },
    )
    assert.match(said, outcome)
    assert.equal(us.watch.evidenceOf(us.viaWs), 'unverified')
    assert.equal(us.changes(), 0)
  })

test('a relay that got through and denies it is not believed', async (t) => {
  const server = await startServer(t, async ({ address, dial, bring, answer }) => {
    await bring(await dial(address))
    await answer(NOT_REACHED)
  })
  const us = await watchWith(t, [server])
  us.has(us.viaTcp)
  await eventually(() => us.watch.evidenceOf(us.viaTcp) === 'verified')
})

test('a relay that wants data first, so that nobody misuses it, gets it', async (t) => {
  let received = 0
  const server = await startServer(t, async (asked) => {
    await asked.stream.send(DialMessage.encode({ dialDataRequest: { addrIdx: 0, numBytes: 50_000 } }))
    for await (const frame of asked.stream) {
      received += DialMessage.decode(frame).dialDataResponse?.data.byteLength ?? 0
      if (received >= 50_000) break
    }
    await honest(asked)
  })
  const us = await watchWith(t, [server])
  us.has(us.viaTcp)
  await eventually(() => us.watch.evidenceOf(us.viaTcp) === 'verified')
  assert.equal(received, 50_000)
})

test('relays that dial as somebody else cannot tell us that an address failed', async (t) => {
  const servers = await Promise.all(
    [1, 2].map(() => startServer(t, ({ answer }) => answer(NOT_REACHED), 'go-libp2p/0.40')),
  )
  const us = await watchWith(t, servers)
  us.has(us.viaTcp)
  await eventually(() => us.attempts().filter(({ endedAt }) => endedAt !== undefined).length === 2)
  assert.equal(us.watch.evidenceOf(us.viaTcp), 'unverified')
})

test('whoever is no relay of ours can bring no number', async (t) => {
  const server = await startServer(t, honest)
  const us = await watchWith(t, [server])
  const stranger = await startNode(t)
  const connection = await stranger.dial(us.node.getMultiaddrs()[0] ?? assert.fail())
  const stream = await connection.newStream(LIBP2P_PROTOCOLS.autonatDialBack)
  const frames = createFrameStream(stream, connection, () => UNKNOWN_PATH)
  await eventually(() => frames.ended.aborted, { withinMs: 2_000 })
})

test('an address that stops working is looked at by the other relays again', async (t) => {
  let isShut = false
  const behave = (asked: Asked) => (isShut ? asked.answer(NOT_REACHED) : honest(asked))
  const [one, two] = await Promise.all([startServer(t, behave), startServer(t, behave)])
  const us = await watchWith(t, [one, two])
  us.has(us.viaTcp)
  await eventually(
    () => one.asked.length === 1 && two.asked.length === 1 && us.watch.evidenceOf(us.viaTcp) === 'verified',
  )
  isShut = true
  // Only one of them has a reason to look: we came to it anew.
  await us.node.hangUp(one.node.peerId)
  await us.node.dial(one.node.getMultiaddrs()[0] ?? assert.fail())
  await eventually(
    () => {
      us.watch.review()
      return us.watch.evidenceOf(us.viaTcp) === 'failed'
    },
    { withinMs: 15_000, everyMs: 500 },
  )
  assert.equal(two.asked.length, 2)
})
