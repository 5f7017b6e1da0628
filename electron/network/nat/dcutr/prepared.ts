import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { ipOf, relayOf, transportOf } from '../../addresses/multiaddrs.ts'
import type { Components } from '../../parts/transports.ts'
import { candidates, type Place } from './candidates.ts'
import type { AskOptions, OuterAddress } from './outer-address.ts'
import { type IsPublic, isPublicIp } from './remote-addresses.ts'

/** Everything of our own that one attempt needs: fresh local ports, and what the outside makes of them. */
export interface Prepared {
  readonly localPort: number
  /** Unknown when nobody could be asked. */
  readonly outer?: Place
  /** A global address of this machine and a fresh port. */
  readonly ipv6?: Place
  /** What the other side is told. */
  readonly candidates: readonly Multiaddr[]
  /** To be called right before dialling. */
  freeForDialling(): void
  release(): void
}

/** Asks a node how the outside sees one of our local ports. */
export type Ask = (node: Multiaddr, options: AskOptions) => Promise<OuterAddress>

export interface PrepareOptions {
  readonly components: Pick<Components, 'connectionManager' | 'peerStore' | 'transportManager'>
  readonly verified: () => readonly Multiaddr[]
  readonly ask: Ask
  readonly platform: NodeJS.Platform
  readonly isPublic?: IsPublic
  readonly random?: () => number
}

// Above what servers use, in the range that routers map as it is.
const PORTS = { from: 20_000, count: 40_000 }
const PORTS_TRIED_MAX = 4
// A port may be taken, and on a line that loses packets a relay cuts a handshake that takes too long: another one, while
// somebody still waits for the answer.
const TRY_AGAIN_WITHIN_MS = 3_000
// Any routed address will do: connecting a UDP socket looks up a route and sends nothing.
const SOMEWHERE_ON_IPV6 = '2a00::1'

/** Prepares for one attempt over the relayed connection with this remote address. Never throws; what is not known is left out. */
export async function prepare(relayed: Multiaddr, signal: AbortSignal, options: PrepareOptions): Promise<Prepared> {
  const { components, verified, platform, isPublic = isPublicIp, random = Math.random } = options
  const freshPort = () => PORTS.from + Math.floor(random() * PORTS.count)
  const [learned, ipv6Host] = await Promise.all([learn(relayed, freshPort, signal, options), sourceAddressOnIpv6()])
  const { localPort, seen } = learned
  const outer = seen && { host: seen.host, port: seen.port }
  const ipv6 = ipv6Host !== undefined && isPublic(ipv6Host) ? { host: ipv6Host, port: freshPort() } : undefined
  const places = {
    ...(outer !== undefined && { outer }),
    ...(ipv6 !== undefined && { ipv6 }),
  }
  return {
    ...places,
    localPort,
    candidates: candidates(
      { ...places, verified: verified(), listening: components.transportManager.getAddrs() },
      isPublic,
    ),
    // On Linux two outgoing connections may share a local port: kept open, it spares routers that forget a port as soon
    // as its connection is reset. Elsewhere the second could not be opened.
    freeForDialling: () => {
      if (platform !== 'linux') seen?.release()
    },
    release: () => seen?.release({ isGentle: platform === 'linux' }),
  }
}

async function learn(
  relayed: Multiaddr,
  freshPort: () => number,
  signal: AbortSignal,
  { components, ask, isPublic = isPublicIp }: PrepareOptions,
): Promise<{ readonly localPort: number; readonly seen?: OuterAddress }> {
  const startedAt = performance.now()
  let localPort = freshPort()
  const node = await askable(relayed, components, isPublic)
  for (let tries = 1; node !== undefined; tries++) {
    try {
      return { localPort, seen: await ask(node, { localPort, signal }) }
    } catch {
      const isLate = performance.now() - startedAt > TRY_AGAIN_WITHIN_MS
      if (isLate || tries === PORTS_TRIED_MAX || signal.aborted) break
      localPort = freshPort()
    }
  }
  return { localPort }
}

/**
 * An address under which the relay can be asked how it sees us: plain TCP over IPv4, `/p2p/<relay>` at its end. Not the one in
 * the relayed address: the other side wrote it, and could send us anywhere. And a public one only, because a relay on our
 * side of the router sees nothing of what it does.
 */
async function askable(
  relayed: Multiaddr,
  { connectionManager, peerStore }: PrepareOptions['components'],
  isPublic: IsPublic,
): Promise<Multiaddr | undefined> {
  const relay = relayOf(relayed)
  if (relay === undefined) return undefined
  const canBeAsked = (address: Multiaddr) => isPlainTcp4(address) && isPublic(ipOf(address) ?? '')
  const open = connectionManager.getConnections().filter(({ remotePeer }) => remotePeer.toString() === relay)
  const near = open.map((connection) => connection.remoteAddr).find(canBeAsked)
  if (near !== undefined) return leadingTo(near, relay)
  // We came to it over WebSocket, say. The store is read only then.
  const id = open[0]?.remotePeer
  const stored = id && (await peerStore.get(id).catch(() => undefined))
  const found = stored?.addresses.map((address) => address.multiaddr).find(canBeAsked)
  return found && leadingTo(found, relay)
}

function isPlainTcp4(address: Multiaddr): boolean {
  const isIpv4 = address.getComponents()[0]?.name === 'ip4'
  return isIpv4 && transportOf(address) === 'tcp' && relayOf(address) === undefined && ipOf(address) !== undefined
}

function leadingTo(address: Multiaddr, peer: PeerId): Multiaddr {
  const [host, tcp] = address.getComponents()
  return multiaddr(`/ip4/${host?.value}/tcp/${tcp?.value}/p2p/${peer}`)
}

/** The address the system would use towards the internet: a temporary one, where there are several. */
async function sourceAddressOnIpv6(): Promise<string | undefined> {
  const socket = createSocket('udp6')
  try {
    socket.connect(9, SOMEWHERE_ON_IPV6)
    await once(socket, 'connect')
    return socket.address().address
  } catch {
    return undefined
  } finally {
    socket.close()
  }
}
