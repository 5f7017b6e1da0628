import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, isIPv6, type Server, type Socket as TcpSocket } from 'node:net'
import { addressGroup, createRateLimit, type RateLimit } from '../pace/rate-limit.ts'
import {
  CHANGE_REQUEST_ATTRIBUTE,
  decodeBindingRequest,
  type Endpoint,
  encodeBindingResponse,
  encodeUnknownAttributes,
  firstMessageLength,
  STUN_MESSAGE_MAX_BYTES,
} from './stun.ts'

/** One office or one carrier NAT is one address: 200 clients that return at once ask twice each. */
const REQUESTS_PER_SECOND = 50
const REQUESTS_AT_ONCE = 500
const TCP_IDLE_MS = 10_000
const TCP_MAX_CONNECTIONS = 256

export interface StunServerOptions {
  /**
   * Addresses to bind, one by one. Never 0.0.0.0: such a socket may answer from another address than the one asked,
   * and the NAT in front of the client drops that answer.
   */
  readonly addresses: readonly string[]
  /** First port, 0 = chosen by the system. */
  readonly port: number
  /** Second port, for requests that want an answer from another port. 0 = chosen by the system. */
  readonly otherPort: number
  readonly rateLimit?: RateLimit
}

export interface StunCounts {
  readonly answered: number
  readonly limited: number
  readonly malformed: number
}

export interface StunServer {
  /** First port of each bound address, over UDP and TCP alike. */
  readonly endpoints: readonly Endpoint[]
  readonly otherEndpoints: readonly Endpoint[]
  counts(): StunCounts
  stop(): Promise<void>
}

/** Answers STUN Binding requests on two ports of each address, over UDP and TCP. Throws what the system says when a port is taken. */
export async function startStunServer({
  addresses,
  port,
  otherPort,
  rateLimit = createRateLimit({ perSecond: REQUESTS_PER_SECOND, burst: REQUESTS_AT_ONCE }),
}: StunServerOptions): Promise<StunServer> {
  const counts = { answered: 0, limited: 0, malformed: 0 }
  const stops: (() => Promise<void>)[] = []
  const endpoints: Endpoint[] = []
  const otherEndpoints: Endpoint[] = []

  /** The answer to one message, and whether it goes out of the other port. */
  const answer = (bytes: Uint8Array, from: Endpoint, self: Endpoint, other: Endpoint, canChangePort: boolean) => {
    if (!rateLimit(addressGroup(from.ip))) {
      counts.limited += 1
      return undefined
    }
    const request = decodeBindingRequest(bytes)
    if (request === undefined) {
      counts.malformed += 1
      return undefined
    }
    counts.answered += 1
    // RFC 5780 section 6.1: what cannot be done is refused as an attribute not understood.
    const cannotChange = request.changeIp || (request.changePort && !canChangePort)
    const unknown = cannotChange ? [...request.unknown, CHANGE_REQUEST_ATTRIBUTE] : request.unknown
    if (unknown.length > 0) return { bytes: encodeUnknownAttributes(request, unknown), fromOther: false }
    const response = encodeBindingResponse({
      transaction: request.transaction,
      mapped: from,
      origin: request.changePort ? other : self,
      other,
      hasFingerprint: request.hasFingerprint,
    })
    return { bytes: response, fromOther: request.changePort }
  }

  const serveUdp = (socket: Socket, otherSocket: Socket, self: Endpoint, other: Endpoint) => {
    socket.on('message', (bytes: Buffer, remote: RemoteInfo) => {
      const reply = answer(bytes, { ip: remote.address, port: remote.port }, self, other, true)
      if (reply === undefined) return
      const via = reply.fromOther ? otherSocket : socket
      // A forged sender can have port 0 or an unreachable address: nothing is owed to it.
      if (remote.port > 0) via.send(reply.bytes, remote.port, remote.address, () => undefined)
    })
  }

  const serveTcp = (server: Server, self: Endpoint, other: Endpoint) => {
    server.on('connection', (socket) => {
      serveTcpConnection(socket, (bytes, from) => answer(bytes, from, self, other, false)?.bytes)
    })
  }

  try {
    for (const ip of addresses) {
      // With a system-chosen port TCP takes the number first, and UDP follows: both kinds are asked under one port.
      const first = await bindBoth(ip, port, stops)
      const second = await bindBoth(ip, otherPort, stops)
      const self = { ip, port: first.port }
      const other = { ip, port: second.port }
      serveUdp(first.udp, second.udp, self, other)
      serveUdp(second.udp, first.udp, other, self)
      serveTcp(first.tcp, self, other)
      serveTcp(second.tcp, other, self)
      endpoints.push(self)
      otherEndpoints.push(other)
    }
  } catch (error) {
    await stopAll(stops)
    throw error
  }
  return { endpoints, otherEndpoints, counts: () => ({ ...counts }), stop: () => stopAll(stops) }
}

async function stopAll(stops: (() => Promise<void>)[]): Promise<void> {
  await Promise.all(stops.splice(0).map((stop) => stop()))
}

/** Binds TCP and UDP to the same port number; when the system chooses, up to five numbers are tried. */
async function bindBoth(ip: string, port: number, stops: (() => Promise<void>)[]) {
  for (let attempt = 1; ; attempt += 1) {
    const { server, stop } = await listenTcp(ip, port)
    const address = server.address()
    const bound = address !== null && typeof address === 'object' ? address.port : port
    try {
      const udp = await bindUdp(ip, bound)
      stops.push(stop, async () => {
        udp.close()
        await once(udp, 'close')
      })
      return { tcp: server, udp, port: bound }
    } catch (error) {
      await stop()
      if (port !== 0 || attempt === 5) throw error
    }
  }
}

async function bindUdp(ip: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: isIPv6(ip) ? 'udp6' : 'udp4', ipv6Only: isIPv6(ip) })
  try {
    socket.bind({ address: ip, port, exclusive: true })
    await once(socket, 'listening')
  } catch (error) {
    socket.close()
    throw error
  }
  // ICMP answers to what we sent; the socket stays usable.
  socket.on('error', () => undefined)
  return socket
}

async function listenTcp(ip: string, port: number) {
  const server = createServer()
  server.maxConnections = TCP_MAX_CONNECTIONS
  const sockets = new Set<TcpSocket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen({ host: ip, port, exclusive: true })
  await once(server, 'listening')
  const stop = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { server, stop }
}

function serveTcpConnection(socket: TcpSocket, answer: (bytes: Uint8Array, from: Endpoint) => Uint8Array | undefined) {
  let waiting = new Uint8Array(0)
  socket.setTimeout(TCP_IDLE_MS, () => socket.destroy())
  socket.on('error', () => socket.destroy())
  const { remoteAddress, remotePort } = socket
  if (remoteAddress === undefined || remotePort === undefined) {
    socket.destroy()
    return
  }
  socket.on('data', (chunk: Buffer) => {
    waiting = concat(waiting, chunk)
    for (;;) {
      const length = firstMessageLength(waiting)
      if (length === 'incomplete') break
      const reply =
        length === 'garbage' ? undefined : answer(waiting.subarray(0, length), { ip: remoteAddress, port: remotePort })
      // Silence would leave a TCP client waiting: what cannot be answered ends the connection.
      if (reply === undefined || length === 'garbage') return socket.destroy()
      socket.write(reply)
      waiting = waiting.slice(length)
      // A client that asks and never reads.
      if (socket.writableLength > 16 * STUN_MESSAGE_MAX_BYTES) return socket.destroy()
    }
  })
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.byteLength + second.byteLength)
  both.set(first)
  both.set(second, first.byteLength)
  return both
}
