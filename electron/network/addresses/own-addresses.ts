import type { Multiaddr } from '@multiformats/multiaddr'
import type { OwnAddress } from '../../../shared/domain/nat-report.ts'
import { ipOf, isRelayedAddress, transportOf, withoutPeer } from './multiaddrs.ts'
import { isLoopback, isPrivate, isUnusable } from './subnets.ts'

/** One address as libp2p's address manager lists it. */
export interface ListedAddress {
  readonly multiaddr: Multiaddr
  readonly verified: boolean
  /** libp2p's word: transport, observed, ip-mapping, dns-mapping, announce. */
  readonly type: string
}

/** Our own addresses without a relay, each with what speaks for it; best first. Those that lead nowhere are left out. */
export function ownDirectAddresses(listed: readonly ListedAddress[], self: string): OwnAddress[] {
  const usable = listed.filter(({ multiaddr: address }) => {
    const ip = ipOf(address)
    if (isRelayedAddress(address) || transportOf(address) === 'webrtc') return false
    return ip === undefined || !(isUnusable(ip) || ip.startsWith('fe80:'))
  })
  // Loopback leads to this machine only; it counts where there is nothing else, as in a test or without a network.
  const beyond = usable.filter(({ multiaddr: address }) => !isLoopback(ipOf(address) ?? ''))
  const byText = new Map<string, OwnAddress>()
  for (const one of beyond.length > 0 ? beyond : usable) {
    const own = judge(one, self)
    const before = byText.get(own.address)
    if (before === undefined || rank(own) < rank(before)) byText.set(own.address, own)
  }
  return [...byText.values()].sort((a, b) => rank(a) - rank(b))
}

function judge({ multiaddr: address, verified, type }: ListedAddress, self: string): OwnAddress {
  const ip = ipOf(address)
  const isLocal = ip !== undefined && isPrivate(ip)
  const kind = isLocal ? 'lan' : type === 'observed' ? 'observed' : type.endsWith('-mapping') ? 'mapped' : 'public'
  return {
    address: withoutPeer(address, self),
    kind,
    // libp2p counts every private address as verified; nobody dialled it.
    evidence: verified && !isLocal ? 'verified' : 'unverified',
  }
}

const KINDS: readonly OwnAddress['kind'][] = ['public', 'mapped', 'lan', 'observed', 'relayed']

function rank({ kind, evidence }: OwnAddress): number {
  return (evidence === 'verified' ? 0 : 10) + KINDS.indexOf(kind)
}

/** Which of them to give to people who may connect to us directly: what somebody saw from outside is only a guess. */
export function worthDialling(addresses: readonly OwnAddress[]): string[] {
  return addresses
    .filter(({ kind, evidence }) => kind !== 'observed' || evidence === 'verified')
    .map(({ address }) => address)
}
