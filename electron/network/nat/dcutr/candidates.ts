import { isIP } from 'node:net'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { ipOf, isRelayedAddress, transportOf } from '../../addresses/multiaddrs.ts'
import { isLoopback, isPrivate } from '../../addresses/subnets.ts'
import { type IsPublic, isPublicIp } from './remote-addresses.ts'

/** An IP address and a TCP port. */
export interface Place {
  readonly host: string
  readonly port: number
}

/** What our own side could be dialled at. */
export interface OwnPlaces {
  /** What the router made of our local port. */
  readonly outer?: Place
  /** A global address of this machine; nothing changes it on the way. */
  readonly ipv6?: Place
  /** Addresses somebody outside has dialled. */
  readonly verified: readonly Multiaddr[]
  /** Everything we listen on. */
  readonly listening: readonly Multiaddr[]
}

// go-libp2p dials eight at a time, and spends up to ten seconds on each that does not answer.
const OFFERED_MAX = 8
// Of our own listening ones on the local network: of use to other programs behind the same NAT.
const LOCAL_MAX = 2

/** What we tell the other side to dial, best first: no relays, no `/p2p/…`, at most eight. */
export function candidates(
  { outer, ipv6, verified, listening }: OwnPlaces,
  isPublic: IsPublic = isPublicIp,
): readonly Multiaddr[] {
  const learned = [outer, ipv6].filter((place) => place !== undefined).map(addressOfPlace)
  const outside = [...learned, ...verified.filter(isPlainTcp)].filter((address) => isPublic(ipOf(address) ?? ''))
  const local = listening.filter(isPlainTcp).filter(isLocal).slice(0, LOCAL_MAX)
  return [...new Map([...outside, ...local].map((address) => [address.toString(), address])).values()].slice(
    0,
    OFFERED_MAX,
  )
}

function addressOfPlace({ host, port }: Place): Multiaddr {
  return multiaddr(`/ip${isIP(host)}/${host}/tcp/${port}`)
}

function isPlainTcp(address: Multiaddr): boolean {
  return !isRelayedAddress(address) && transportOf(address) === 'tcp' && address.getComponents().length === 2
}

function isLocal(address: Multiaddr): boolean {
  const ip = ipOf(address) ?? ''
  return isIP(ip) === 4 && isPrivate(ip) && !isLoopback(ip) && !ip.startsWith('169.254.')
}
