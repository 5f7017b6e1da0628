import type { Connection } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { ipOf, parseAddress, peerOf } from '../addresses/multiaddrs.ts'
import { isLoopback, isPrivate } from '../addresses/subnets.ts'
import { addressGroup } from '../pace/rate-limit.ts'
import { RelayStartError } from './start-error.ts'

/** The multiaddrs a relay listens on: TCP, WebSocket and QUIC for each host. */
export function listenAddresses(place: {
  readonly hosts: readonly string[]
  readonly port: number
  readonly wsPort: number
  readonly isSecure: boolean
  readonly hasQuic: boolean
}): string[] {
  return place.hosts.flatMap((host) => {
    const ip = `/${host.includes(':') ? 'ip6' : 'ip4'}/${host}`
    return [
      `${ip}/tcp/${place.port}`,
      `${ip}/tcp/${place.wsPort}${place.isSecure ? '/tls' : ''}/ws`,
      ...(place.hasQuic ? [`${ip}/udp/${place.port}/quic-v1`] : []),
    ]
  })
}

/** Checks an address the operator wants told to others. Throws `RelayStartError`. */
export function announcedAddress(text: string, self: PeerId): string {
  const address = parseAddress(text)
  if (address === undefined || address.getComponents().some(({ name }) => name === 'p2p-circuit'))
    throw new RelayStartError('announce-invalid', text)
  const leadsTo = peerOf(address)
  if (leadsTo !== undefined && leadsTo !== self) throw new RelayStartError('announce-foreign', text)
  return address.toString()
}

/** Of our addresses, those that reach furthest: public ones and names; without any the private ones; else loopback, for tests. */
export function mostPublic(addresses: Multiaddr[]): Multiaddr[] {
  const outward = addresses.filter((address) => !hasPrivateHost(address))
  if (outward.length > 0) return outward
  const beyondThisMachine = addresses.filter((address) => !isLoopback(ipOf(address) ?? ''))
  return beyondThisMachine.length > 0 ? beyondThisMachine : addresses
}

/** Does the address name a host that means something only on a local network? Names count as public. */
export function hasPrivateHost(address: Multiaddr): boolean {
  const ip = ipOf(address)
  return ip !== undefined && isPrivate(ip)
}

/** Under which customer's address a connection comes in; caps and rate limits count by it. */
export function groupOf(connection: Pick<Connection, 'remoteAddr'> | undefined): string {
  return addressGroup((connection && ipOf(connection.remoteAddr)) ?? 'unknown')
}
