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
