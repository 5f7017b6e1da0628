import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { after, before, describe, test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { createRateLimit } from '../../../electron/network/pace/rate-limit.ts'
import { decodeBindingResponse, encodeBindingRequest } from '../../../electron/network/relay-server/stun.ts'
import { startStunServer } from '../../../electron/network/relay-server/stun-server.ts'
import { eventually } from '../../support/eventually.ts'
import { startClient } from '../../support/libp2p-client.ts'
import { type RelayProcess, startRelay } from '../../support/relay-process.ts'

const request = (over: { changePort?: boolean; changeIp?: boolean } = {}) =>
  encodeBindingRequest({
    transaction: randomBytes(12),
    changePort: false,
    changeIp: false,
    hasFingerprint: true,
    ...over,
  })

interface Reply {
  readonly bytes: Uint8Array
  readonly from: RemoteInfo
  readonly localPort: number
}

/** Sends packets from one socket and returns what came back until the last expected answer. */
async function askUdp(ip: string, port: number, packets: readonly Uint8Array[], answers: number): Promise<Reply[]> {
  const socket = createSocket(ip.includes(':') ? 'udp6' : 'udp4')
  const replies: Reply[] = []
  try {
    socket.bind(0, ip)
    await once(socket, 'listening')
    const localPort = socket.address().port
    socket.on('message', (bytes, from) => replies.push({ bytes, from, localPort }))
    for (const packet of packets) socket.send(packet, port, ip)
    await eventually(() => replies.length >= answers, { withinMs: 3_000, what: `${answers} answers` })
    return replies
  } finally {
    socket.close()
  }
}

describe('the STUN server', { timeout: 20_000 }, () => {
  test('says under which address and port it sees the sender, over UDP on each address of the machine', async () => {
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
    const addresses = own.map(({ address }) => address).filter((ip) => !ip.startsWith('fe80'))
    const server = await startStunServer({ addresses, port: 0, otherPort: 0 })
    try {
      for (const { ip, port } of server.endpoints) {
        const [reply] = await askUdp(ip, port, [request()], 1)
        assert.deepEqual(reply && decodeBindingResponse(reply.bytes)?.mapped, { ip, port: reply?.localPort })
        assert.equal(reply?.from.address, ip)
        assert.equal(reply?.from.port, port)
      }
    } finally {
      await server.stop()
    }
  })

  test('answers from its other port when asked to, and names it', async () => {
    const server = await startStunServer({ addresses: ['127.0.0.1'], port: 0, otherPort: 0 })
    try {
      const [first, second] = [server.endpoints[0], server.otherEndpoints[0]]
      for (const [asked, answers] of [
        [first, second],
        [second, first],
      ]) {
        const [reply] = await askUdp('127.0.0.1', asked?.port ?? 0, [request({ changePort: true })], 1)
        assert.equal(reply?.from.port, answers?.port)
        const response = decodeBindingResponse(reply?.bytes ?? new Uint8Array())
        assert.deepEqual(response?.origin, answers)
        assert.deepEqual(response?.other, answers)
      }
    } finally {
      await server.stop()
    }
  })

  test('answers error 420 for what it cannot do, and nothing at all for what is not STUN', async () => {
    const server = await startStunServer({ addresses: ['127.0.0.1'], port: 0, otherPort: 0 })
    try {
      const garbage = Array.from({ length: 50 }, (_, length) => randomBytes(length * 13))
      const replies = await askUdp(
        '127.0.0.1',
        server.endpoints[0]?.port ?? 0,
        [...garbage, request({ changeIp: true })],
        1,
      )
      assert.equal(replies.length, 1)
      assert.equal(Buffer.from(replies[0]?.bytes ?? []).readUInt16BE(0), 0x0111)
      assert.deepEqual(server.counts(), { answered: 1, limited: 0, malformed: 50 })
    } finally {
      await server.stop()
    }
  })

  test('answers over TCP, several requests in pieces on one connection', async () => {
    const server = await startStunServer({ addresses: ['127.0.0.1'], port: 0, otherPort: 0 })
    const socket = connect(server.endpoints[0]?.port ?? 0, '127.0.0.1')
    try {
      await once(socket, 'connect')
      const { localPort } = socket
      const both = Buffer.concat([request(), request()])
      const received: Buffer[] = []
      socket.on('data', (chunk) => received.push(chunk))
      socket.setNoDelay(true)
      for (const byte of both) socket.write(Uint8Array.of(byte))
      const bytes = await eventually(() => {
        const all = Buffer.concat(received)
        return all.length > 0 && all.length % 2 === 0 && server.counts().answered === 2 ? all : undefined
      })
      for (const half of [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)])
        assert.deepEqual(decodeBindingResponse(half)?.mapped, { ip: '127.0.0.1', port: localPort })
      socket.write(randomBytes(1000).fill(0xff, 0, 1))
      await once(socket, 'close')
    } finally {
      socket.destroy()
      await server.stop()
    }
  })

  test('answers one address only as often as its limit says', async () => {
    const rateLimit = createRateLimit({ perSecond: 0.001, burst: 5 })
    const server = await startStunServer({ addresses: ['127.0.0.1'], port: 0, otherPort: 0, rateLimit })
    try {
      const port = server.endpoints[0]?.port ?? 0
      const replies = await askUdp(
        '127.0.0.1',
        port,
        Array.from({ length: 20 }, () => request()),
        5,
      )
      await eventually(() => server.counts().limited === 15, { what: '15 left unanswered' })
      assert.equal(replies.length, 5)
    } finally {
      await server.stop()
    }
  })
})

describe('a relay that strangers throw things at', { timeout: 40_000 }, () => {
  let relay: RelayProcess
  before(async () => {
    relay = await startRelay()
  })
  after(() => relay?.stop())

  const port = (pattern: RegExp) => Number(relay.addresses.map((one) => pattern.exec(one)?.[1]).find(Boolean))

  test('lives on and serves people after garbage on every port', async () => {
    const stunPort = Number(relay.stun[0]?.split(':').at(-1))
    const tcpPorts = [
      port(/\/tcp\/(\d+)\/p2p/),
      port(/\/tcp\/(\d+)\/ws/),
      stunPort,
      Number(new URL(relay.metricsUrl).port),
    ]
    for (const tcpPort of tcpPorts) {
      for (const head of ['', 'GET / HTTP/1.1\r\n', '\x13/multistream/1.0.0\n', '\x16\x03\x01']) {
        const socket = connect(tcpPort, '127.0.0.1')
        socket.on('error', () => undefined)
        await once(socket, 'connect')
        socket.write(Buffer.concat([Buffer.from(head, 'latin1'), randomBytes(20_000)]))
        socket.resetAndDestroy()
      }
    }
    const socket = createSocket('udp4')
    for (const udpPort of [port(/\/udp\/(\d+)\//), stunPort])
      for (let length = 0; length < 1400; length += 7) socket.send(randomBytes(length), udpPort, '127.0.0.1')
    await new Promise((resolve) => socket.send(request(), stunPort, '127.0.0.1', resolve))
    socket.close()
    await eventually(async () => (await relay.status()).stun.answered >= 1, { what: 'the request after the garbage' })

    for (const address of relay.addresses) {
      const client = await startClient()
      assert.ok((await client.services.ping.ping(multiaddr(address))) >= 0)
      await client.stop()
    }
  })

  test('serves people while silent connections hang on its ports', async () => {
    const sockets = Array.from({ length: 150 }, (_, count) =>
      connect(count % 2 === 0 ? port(/\/tcp\/(\d+)\/p2p/) : port(/\/tcp\/(\d+)\/ws/), '127.0.0.1').on(
        'error',
        () => undefined,
      ),
    )
    try {
      await Promise.all(sockets.map((socket) => (socket.connecting ? once(socket, 'connect') : undefined)))
      const client = await startClient([`${relay.addresses[0]}/p2p-circuit`])
      await eventually(async () => (await relay.status()).reservations.length === 1, { what: 'a place' })
      await client.stop()
    } finally {
      for (const socket of sockets) socket.destroy()
    }
  })
})
