import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { FRAME_MAX_BYTES } from '../../../shared/domain/limits.ts'
import { eventually } from '../../support/eventually.ts'
import { echo, hasPlace, introduce, lineOf, roundTrip, startPerson } from './people.ts'
import { startPlainRelay } from './plain-relay.ts'

/** A wire that can fall silent without closing, as when a cable is pulled. */
async function startWire(t: TestContext, toPort: number) {
  const sockets = new Set<Socket>()
  let isSilent = false
  const server = createServer((from) => {
    const to = connect(toPort, '127.0.0.1')
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one)
      one.on('data', (data) => isSilent || other.write(data))
      one.on('close', () => other.destroy())
      one.on('error', () => other.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return {
    port: address.port,
    fallSilent: () => {
      isSilent = true
    },
  }
}

test('a line that falls silent is noticed within 5 seconds', async (t) => {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const wire = await startWire(t, Number(/\/tcp\/(\d+)/.exec(relay.address)?.[1]))
  const wired = { ...relay.known, addresses: [relay.address.replace(/\/tcp\/\d+/, `/tcp/${wire.port}`)] }
  const [a, b] = await Promise.all([startPerson(t, { relays: [wired] }), startPerson(t, { relays: [relay.known] })])
  await eventually(() => hasPlace(a) && hasPlace(b))
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'relayed')
  wire.fallSilent()
  await eventually(() => lineOf(a, b) === 'none', { withinMs: 5_000 })
  await eventually(() => !hasPlace(a), { withinMs: 3_000 })
})

test('a taken port is said so', async (t) => {
  const taken = createServer()
  taken.listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const address = taken.address()
  assert.ok(address !== null && typeof address === 'object')
  await assert.rejects(startPerson(t, { tcp: address.port }), {
    failure: { code: 'port-taken', detail: { port: address.port, transport: 'tcp' } },
  })
})

for (const absent of ['quic', 'webrtc'] as const)
  test(`without ${absent} everything else works and the report says why`, async (t) => {
    const a = await startPerson(t, {
      loadPart: async (part) => {
        if (part === absent) throw new Error(`no ${part} on this machine\nsecond line`)
        return part === 'quic'
          ? (await import('@chainsafe/libp2p-quic')).quic()
          : (await import('@libp2p/webrtc')).webRTC({ rtcConfiguration: { iceServers: [] } })
      },
    })
    assert.deepEqual(a.network.report().missing, [{ part: absent, why: `no ${absent} on this machine` }])
    assert.ok(a.network.ownAddresses().direct.length > 0)
    assert.equal(
      a.network.ownAddresses().direct.some((address) => address.includes('quic')),
      absent !== 'quic',
    )
  })

test('a part that loads and then breaks the node is left out', async (t) => {
  const a = await startPerson(t, {
    loadPart: async () => () => {
      throw new Error('native code did not start')
    },
  })
  assert.deepEqual(
    a.network
      .report()
      .missing.map(({ part, why }) => `${part}: ${why}`)
      .sort(),
    ['quic: native code did not start', 'webrtc: native code did not start'],
  )
})

test('a frame over the limit is refused at the sender and a handler that throws resets the stream', async (t) => {
  const [a, b] = await Promise.all([startPerson(t, { isRelayOnly: false }), startPerson(t, { isRelayOnly: false })])
  await b.network.handle('/test/echo/1', 'contacts', echo)
  await b.network.handle('/test/broken/1', 'contacts', () => {
    throw new Error('a bug')
  })
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'lan')
  const stream = await a.network.open(b.id, '/test/echo/1', { signal: AbortSignal.timeout(3_000) })
  await assert.rejects(stream.send(new Uint8Array(FRAME_MAX_BYTES + 1)), { name: 'FrameError' })
  stream.abort(new Error('enough'))
  await eventually(() => stream.ended.aborted)
  await assert.rejects(roundTrip(a, b, '/test/broken/1'))
  assert.ok(b.events.some((event) => event.includes('a bug')))
  assert.ok(await roundTrip(a, b, '/test/echo/1'))
})

test('a reader that never reads holds up its sender, not the memory and not the other streams', async (t) => {
  const [a, b] = await Promise.all([startPerson(t, { isRelayOnly: false }), startPerson(t, { isRelayOnly: false })])
  await b.network.handle('/test/echo/1', 'contacts', echo)
  await b.network.handle('/test/deaf/1', 'contacts', () => new Promise(() => {}))
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'lan')
  const stream = await a.network.open(b.id, '/test/deaf/1', { signal: AbortSignal.timeout(3_000) })
  let sentBytes = 0
  const frame = new Uint8Array(FRAME_MAX_BYTES)
  const sending = (async () => {
    for (;;) {
      await stream.send(frame)
      sentBytes += frame.byteLength
    }
  })()
  sending.catch(() => {})
  let before = -1
  await eventually(
    async () => {
      const isStuck = sentBytes > 0 && sentBytes === before
      before = sentBytes
      return isStuck
    },
    { everyMs: 500 },
  )
  assert.ok(sentBytes < 4 * 1024 * 1024, `${sentBytes} bytes went into a stream nobody reads`)
  assert.ok(await roundTrip(a, b, '/test/echo/1'))
  stream.abort(new Error('enough'))
  await assert.rejects(sending)
})

test('a goodbye that arrives together with the last frame ends the reading, and reading may go on after a pause', async (t) => {
  const [a, b] = await Promise.all([startPerson(t, { isRelayOnly: false }), startPerson(t, { isRelayOnly: false })])
  await b.network.handle('/test/card/1', 'anyone', async (stream) => {
    await stream.send(Uint8Array.of(1))
    await stream.send(Uint8Array.of(2))
    await stream.close()
  })
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'lan')
  const stream = await a.network.open(b.id, '/test/card/1', { signal: AbortSignal.timeout(3_000) })
  const read: number[] = []
  for await (const frame of stream) {
    read.push(...frame)
    break
  }
  for await (const frame of stream) read.push(...frame)
  assert.deepEqual(read, [1, 2])
  await stream.close()
  await eventually(() => stream.ended.aborted, { withinMs: 2_000 })
})
