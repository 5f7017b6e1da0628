import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import {
  Circuit,
  QUIC_V1,
  TCP,
  WebRTC,
  WebSockets,
  WebSocketsSecure,
  WebTransport,
} from '@multiformats/multiaddr-matcher'
import type { Transport } from '../../../shared/domain/line.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'

/** Reads an address; `undefined` when it is not a multiaddr. */
export function parseAddress(text: string): Multiaddr | undefined {
  try {
    const address = multiaddr(text)
    return address.getComponents().length > 0 ? address : undefined
  } catch {
    return undefined
  }
}

/** Does a relay carry every byte to this address? A WebRTC address names a relay too, but only for the introduction. */
export function isRelayedAddress(address: Multiaddr): boolean {
  return Circuit.exactMatch(address)
}

/** The relay in an address like `/…/p2p/<relay>/p2p-circuit/p2p/<peer>`. */
export function relayOf(address: Multiaddr): PeerId | undefined {
  const parts = address.getComponents()
  const circuit = parts.findIndex(({ name }) => name === 'p2p-circuit')
  return circuit < 0 ? undefined : parts.slice(0, circuit).findLast(({ name }) => name === 'p2p')?.value
}

/** The peer an address leads to: its last `/p2p/…`, unless that is the relay's. */
export function peerOf(address: Multiaddr): PeerId | undefined {
  const parts = address.getComponents()
  const last = parts.at(-1)
  return last?.name === 'p2p' ? last.value : undefined
}

/** The address with `/p2p/<peer>` at its end; `undefined` when it leads to someone else. */
export function addressOf(peer: PeerId, text: string): Multiaddr | undefined {
  const address = parseAddress(text)
  if (address === undefined) return undefined
  const named = peerOf(address)
  if (named === undefined) return address.encapsulate(`/p2p/${peer}`)
  return named === peer ? address : undefined
}

/** The address without the `/p2p/<peer>` at its end. */
export function withoutPeer(address: Multiaddr, peer: PeerId): string {
  return peerOf(address) === peer ? multiaddr(address.getComponents().slice(0, -1)).toString() : address.toString()
}

/** The IP address at the start of a multiaddr; `undefined` for names and for addresses without a host. */
export function ipOf(address: Multiaddr): string | undefined {
  const host = address.getComponents().find(({ name }) => name !== 'ip6zone')
  return host?.name === 'ip4' || host?.name === 'ip6' ? host.value : undefined
}

/** A name in an address that has to be looked up before it is known where the address leads. */
export interface NameInAddress {
  readonly name: string
  readonly family: 0 | 4 | 6
  /** The transport needs the name itself. */
  readonly isNeeded: boolean
}

// What a host name consists of; anything else could be read differently by a resolver and by whoever builds a URL of it.
const NAME = /^[a-z0-9._-]{1,253}$/i
const FAMILIES = new Map<string, 0 | 4 | 6>([
  ['dns', 0],
  ['dns4', 4],
  ['dns6', 6],
])

/** The name the first hop of this address leads to. With `/tls/sni/<name>/ws` that is the SNI, whatever the host is. */
export function nameIn(address: Multiaddr): NameInAddress | undefined {
  const hop = firstHop(address)
  const sni = hop.find(({ name }) => name === 'sni')?.value
  if (sni !== undefined) return { name: sni, family: 0, isNeeded: true }
  const [host] = hop
  const family = FAMILIES.get(host?.name ?? '')
  if (family === undefined) return undefined
  return { name: host?.value ?? '', family, isNeeded: hop.some(({ name }) => name === 'tls' || name === 'wss') }
}

/** Is its host something we know how to judge: an IP address, a name, or only the id of a relay we may know already? */
export function hasKnownHost(address: Multiaddr): boolean {
  const host = address.getComponents().find(({ name }) => name !== 'ip6zone')?.name ?? ''
  if (!['ip4', 'ip6', 'p2p', 'p2p-circuit', ...FAMILIES.keys()].includes(host)) return false
  const named = nameIn(address)
  return named === undefined || NAME.test(named.name)
}

/** The address with this IP address as its host; `undefined` when it is none. */
export function withIp(address: Multiaddr, ip: string): Multiaddr | undefined {
  const [, ...rest] = address.getComponents()
  try {
    return multiaddr(`/ip${ip.includes(':') ? 6 : 4}/${ip}`).encapsulate(multiaddr(rest))
  } catch {
    // A zone at its end, say.
    return undefined
  }
}

/** Host and port of the first hop, for counting. */
export function placeOf(address: Multiaddr): string {
  return firstHop(address)
    .slice(0, 2)
    .map(({ name, value }) => `${name}/${value}`)
    .join('/')
}

function firstHop(address: Multiaddr) {
  const parts = address.getComponents()
  const end = parts.findIndex(({ name }) => name === 'p2p' || name === 'p2p-circuit')
  return end < 0 ? parts : parts.slice(0, end)
}

/** What carries the bytes on the first hop of this address. */
export function transportOf(address: Multiaddr): Transport {
  if (WebRTC.matches(address)) return 'webrtc'
  const text = address.toString().split('/p2p-circuit')[0] ?? ''
  const hop = parseAddress(text.replace(/\/p2p\/[^/]+$/, ''))
  if (hop === undefined) return 'other'
  if (WebTransport.matches(hop)) return 'webtransport'
  if (QUIC_V1.matches(hop)) return 'quic'
  if (WebSockets.matches(hop) || WebSocketsSecure.matches(hop)) return 'websocket'
  return TCP.matches(hop) ? 'tcp' : 'other'
}
