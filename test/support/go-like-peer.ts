import net, { type NetConnectOpts, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { noise } from '@chainsafe/libp2p-noise'
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify } from '@libp2p/identify'
import { type Connection, FaultTolerance, type Libp2p, type Stream } from '@libp2p/interface'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { ipOf, transportOf } from '../../electron/network/addresses/multiaddrs.ts'
import { isPrivate } from '../../electron/network/addresses/subnets.ts'
import { openChannel } from '../../electron/network/nat/dcutr/channel.ts'
import { dialFrom, type Role } from '../../electron/network/nat/dcutr/dial-from.ts'
import { muxer } from '../../electron/network/parts/muxer.ts'
import type { Components } from '../../electron/network/parts/transports.ts'
import { LIBP2P_PROTOCOLS } from '../../electron/network/protocols.ts'

/**
 * What we know of go-libp2p and rust-libp2p as the other side of a punch (Linux only): one port for listening and for
 * every dial, each address dialled once and never again, the addresses it was observed at, fixed timeouts.
 */
export interface LookAlikeOptions {
  /** rust adds `/p2p/<id>` to each address; its initiator never changes roles. */
  readonly kind: 'go' | 'rust'
  readonly port: number
  readonly relay: string
}

export interface LookAlike {
  readonly libp2p: Libp2p
  /** What it did, a line each. */
  readonly told: readonly string[]
  stop(): Promise<void>
}

const GO_DIAL_MS = 5_000
const RUST_DIAL_MS = 10_000
const STREAM_MS = 10_000
const ATTEMPTS = 3

/** Starts it with a place on the relay. One in a process: it changes how Node dials. */
export async function startLookAlike({ kind, port, relay }: LookAlikeOptions): Promise<LookAlike> {
  shareOnePort(port)
  const libp2p = await createLibp2p({
    addresses: { listen: [`/ip4/0.0.0.0/tcp/${port}`, `${relay}/p2p-circuit`] },
    transports: [tcp(), circuitRelayTransport()],
    connectionEncrypters: [noise()],
    streamMuxers: [muxer()],
    connectionGater: { denyDialMultiaddr: () => false },
    connectionMonitor: { enabled: false },
    transportManager: { faultTolerance: FaultTolerance.NO_FATAL },
    start: false,
    services: { identify: identify(), ping: ping(), inside: (components: Components) => ({ components }) },
  })
  const told: string[] = []
  const say = (line: string) => told.push(line)
  const { components } = libp2p.services.inside
  const observed = new Map<string, Multiaddr>()
  libp2p.addEventListener('peer:identify', ({ detail: { connection, observedAddr } }) => {
    if (observedAddr === undefined || !connection.direct || connection.direction !== 'outbound') return
    const ip = ipOf(observedAddr)
    if (ip === undefined || isPrivate(ip) || transportOf(observedAddr) !== 'tcp') return
    const [host, tcpPort] = observedAddr.getComponents()
    const address = multiaddr(`/${host?.name}/${host?.value}/tcp/${tcpPort?.value}`)
    if (observed.size < 3) observed.set(address.toString(), address)
  })
  const own = () =>
    [...observed.values()].map((address) => (kind === 'rust' ? address.encapsulate(`/p2p/${libp2p.peerId}`) : address))
  const hasDirect = ({ remotePeer }: Connection) =>
    libp2p.getConnections(remotePeer).some(({ direct, status }) => direct && status === 'open')

  /** All addresses at once. go tries each once more from a port of the system's choice. */
  async function dial(relayed: Connection, addresses: readonly Multiaddr[], role: Role): Promise<void> {
    const peer = relayed.remotePeer
    const places = addresses.map((address) => multiaddr(address.toString().split('/p2p/')[0])).slice(0, 8)
    const dialOne = async (place: Multiaddr): Promise<Connection> => {
      const address = place.encapsulate(`/p2p/${peer}`)
      const once = async (localPort: number | undefined) => {
        const late = new AbortController()
        const timer = setTimeout(() => late.abort(new Error('late')), kind === 'go' ? GO_DIAL_MS : RUST_DIAL_MS)
        try {
          return await dialFrom(components, address, {
            signal: late.signal,
            role,
            ...(localPort !== undefined && { localPort }),
          })
        } finally {
          clearTimeout(timer)
        }
      }
      try {
        return await once(undefined)
      } catch (error) {
        say(`${role} ${place}: ${error instanceof Error ? error.message : error}`)
        if (kind === 'rust') throw error
        return once(FREE_PORT)
      }
    }
    await Promise.any(places.map(dialOne))
  }

  async function receive(stream: Stream, relayed: Connection): Promise<void> {
    if (relayed.direct || relayed.direction !== 'outbound' || own().length === 0) {
      stream.abort(new Error('no'))
      return
    }
    const channel = openChannel(stream, relayed)
    const signal = AbortSignal.timeout(STREAM_MS)
    const { addresses } = await channel.next('connect', signal)
    channel.send({ type: 'connect', addresses: own() })
    await channel.next('sync', signal)
    channel.close()
    await dial(relayed, addresses, 'client')
    say('received')
  }

  async function initiate(relayed: Connection): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS && !hasDirect(relayed); attempt++) {
      const role = kind === 'go' && attempt === ATTEMPTS ? 'client' : 'server'
      const stream = await relayed.newStream(LIBP2P_PROTOCOLS.dcutr, { runOnLimitedConnection: true })
      const channel = openChannel(stream, relayed)
      const startedAt = performance.now()
      channel.send({ type: 'connect', addresses: own() })
      const { addresses } = await channel.next('connect', AbortSignal.timeout(STREAM_MS))
      const roundTripMs = performance.now() - startedAt
      channel.send({ type: 'sync' })
      channel.close()
      await pause(roundTripMs / 2)
      await dial(relayed, addresses, role).then(
        () => say(`initiated, attempt ${attempt}`),
        () => say(`attempt ${attempt} failed`),
      )
    }
  }

  await libp2p.handle(
    LIBP2P_PROTOCOLS.dcutr,
    (stream, relayed) => void receive(stream, relayed).catch((error: unknown) => say(`receiver: ${error}`)),
    { runOnLimitedConnection: true },
  )
  await libp2p.register(LIBP2P_PROTOCOLS.dcutr, {
    notifyOnLimitedConnection: true,
    onConnect: (_peer, connection) => {
      if (!connection.direct && connection.direction === 'inbound')
        void initiate(connection).catch((error: unknown) => say(`initiator: ${error}`))
    },
  })
  await libp2p.start()
  return { libp2p, told, stop: async () => libp2p.stop() }
}

// A dial that asks for this port gets one of the system's choice.
const FREE_PORT = 1

interface Handle {
  bind(host: string, port: number, flags: number): number
}

/**
 * SO_REUSEPORT for dials, which Node offers for listeners only: the handle is bound by hand. There is no public way, and
 * nothing outside of tests needs one.
 */
function shareOnePort(port: number): void {
  // biome-ignore lint/suspicious/noExplicitAny: an inner module of Node without types
  const binding: any = (process as any).binding('tcp_wrap')
  const UV_TCP_REUSEPORT = 2
  const connect = net.connect
  const listen = net.Server.prototype.listen
  // biome-ignore lint/suspicious/noExplicitAny: every overload passes through
  net.Server.prototype.listen = function (this: net.Server, options: any, ...more: any[]) {
    const isOurs = typeof options === 'object' && options !== null && options.port === port
    return listen.call(this, isOurs ? { ...options, reusePort: true } : options, ...more)
  }
  const dial = (options: NetConnectOpts & { host?: string; localPort?: number; signal?: AbortSignal }): Socket => {
    const { localPort, ...rest } = options
    if (options.host === undefined || net.isIP(options.host) !== 4 || localPort === FREE_PORT) return connect(rest)
    const handle: Handle = new binding.TCP(0)
    if (handle.bind('0.0.0.0', port, UV_TCP_REUSEPORT) !== 0) return connect(rest)
    const { signal } = options
    const given = { handle, manualStart: true, ...(signal !== undefined && { signal }) }
    const socket: Socket = Reflect.construct(net.Socket, [given])
    socket.setNoDelay(true)
    return socket.connect({ ...rest, family: 4, autoSelectFamily: false } as net.TcpNetConnectOpts)
  }
  // biome-ignore lint/suspicious/noExplicitAny: every overload passes through
  net.connect = ((options: any, ...more: any[]) =>
    typeof options === 'object' && more.length === 0 ? dial(options) : connect(options, ...more)) as typeof net.connect
}
