import type { Multiaddr } from '@multiformats/multiaddr'
import type { OwnAddress } from '../../../shared/domain/nat-report.ts'
import { ipOf, parseAddress, peerOf, transportOf, withoutPeer } from './multiaddrs.ts'
import { isLoopback, isPrivate } from './subnets.ts'

/** Our own TCP addresses that somebody outside has dialled, without `/p2p/…`. */
export function verifiedTcp(own: readonly OwnAddress[]): Multiaddr[] {
  return own
    .filter(({ kind, evidence }) => kind !== 'lan' && evidence === 'verified')
    .flatMap(({ address }) => parseAddress(address) ?? [])
    .filter((address) => transportOf(address) === 'tcp')
}

/** Those of a peer's addresses that mean something on its local network only: plain TCP, without `/p2p/…`. */
export function localTcp(addresses: readonly string[]): Multiaddr[] {
  return addresses.flatMap((text) => {
    const address = parseAddress(text)
    const ip = address && ipOf(address)
    if (address === undefined || ip === undefined || !isPrivate(ip) || isLoopback(ip)) return []
    if (transportOf(address) !== 'tcp') return []
    return parseAddress(withoutPeer(address, peerOf(address) ?? '')) ?? []
  })
}
