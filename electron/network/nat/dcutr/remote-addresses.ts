import { isIP } from 'node:net'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { ipOf } from '../../addresses/multiaddrs.ts'
import { isLoopback, isPrivate, isUnusable, isWithin } from '../../addresses/subnets.ts'

/** Is this IP address one that somebody on the internet can have? Another one in tests, which have loopback only. */
export type IsPublic = (ip: string) => boolean

// Addresses of the other side dialled at once.
export const DIALLED_MAX = 8

// What IANA set aside beyond what subnets.ts knows: protocol assignments, 6to4 relays.
const SET_ASIDE_4 = ['192.0.0.0/24', '192.88.99.0/24']
// IPv6 that is routed at all, without tunnels that carry an IPv4 address of anybody's choice (6to4, Teredo) and documentation.
const ROUTED_6 = ['2000::/3']
const SET_ASIDE_6 = ['2001::/32', '2001:db8::/32', '2002::/16', '3fff::/20']

/** Public in the sense of being routed on the internet: the only addresses a peer may make us dial. */
export const isPublicIp: IsPublic = (ip) => {
  if (isUnusable(ip) || isPrivate(ip)) return false
  if (isIP(ip) === 6) return isWithin(ip, ROUTED_6) && !isWithin(ip, SET_ASIDE_6)
  return !isWithin(ip, SET_ASIDE_4)
}

/**
 * Which of the addresses the other side told may be dialled, `/p2p/<peer>` at the end of each: plain TCP to a public
 * address. Private ones are useless elsewhere, and would let a peer scan our local network.
 */
export function remoteAddresses(
  told: readonly Multiaddr[],
  peer: PeerId,
  isPublic: IsPublic = isPublicIp,
): readonly Multiaddr[] {
  return usable(told, peer, isPublic)
}

/** Addresses on our own local network, from the other side's address record. Only behind the same NAT. */
export function localAddresses(recorded: readonly Multiaddr[], peer: PeerId): readonly Multiaddr[] {
  return usable(recorded, peer, (ip) => isPrivate(ip) && !isLoopback(ip) && !isLinkLocal(ip))
}

/** Do both sides stand behind one NAT? It has one IPv4 address outside. */
export function isSameNat(ownHost: string | undefined, told: readonly Multiaddr[]): boolean {
  return ownHost !== undefined && isIP(ownHost) === 4 && told.some((address) => ipOf(address) === ownHost)
}

function usable(addresses: readonly Multiaddr[], peer: PeerId, isWanted: (ip: string) => boolean): Multiaddr[] {
  const found = new Map<string, Multiaddr>()
  for (const address of addresses) {
    const place = placeAt(address, peer)
    if (place === undefined || !isWanted(place.ip) || found.size === DIALLED_MAX) continue
    const { ip, port } = place
    found.set(`${ip} ${port}`, multiaddr(`/ip${isIP(ip)}/${ip}/tcp/${port}/p2p/${peer}`))
  }
  return [...found.values()]
}

/** Exactly `/ip…/tcp/…`, with the peer's own id behind it or none (rust-libp2p adds one to every address). */
function placeAt(address: Multiaddr, peer: PeerId): { ip: string; port: number } | undefined {
  const [host, tcp, id, ...more] = address.getComponents()
  if ((host?.name !== 'ip4' && host?.name !== 'ip6') || tcp?.name !== 'tcp' || more.length > 0) return undefined
  if (id !== undefined && (id.name !== 'p2p' || id.value !== peer)) return undefined
  const port = Number(tcp.value)
  return host.value === undefined || isIP(host.value) === 0 || !(port > 0) ? undefined : { ip: host.value, port }
}

function isLinkLocal(ip: string): boolean {
  return isWithin(ip, ['169.254.0.0/16', 'fe80::/10'])
}
