import type { Multiaddr } from '@multiformats/multiaddr'
import { ipOf } from '../addresses/multiaddrs.ts'
import { isLoopback, isPrivate, isUnusable } from '../addresses/subnets.ts'

// More than a relay has in earnest; identify and invites stay small.
const ADDRESSES_MAX = 6

/**
 * A relay's addresses that lead others to it: the one we came by first. A relay reached over the internet also lists its
 * loopback and local addresses; those lead nowhere, and one reached over loopback is for this machine only.
 */
export function reachableAddresses(listed: readonly Multiaddr[], connected: Multiaddr): Multiaddr[] {
  const from = scopeOf(connected)
  const useful = listed.filter((address) => !address.equals(connected) && scopeOf(address) >= from)
  return [connected, ...useful].slice(0, ADDRESSES_MAX)
}

// How far an address carries: nowhere, this machine, this network, everywhere.
function scopeOf(address: Multiaddr): number {
  const ip = ipOf(address)
  if (ip === undefined) return 3
  if (isUnusable(ip)) return -1
  return isLoopback(ip) ? 1 : isPrivate(ip) ? 2 : 3
}
