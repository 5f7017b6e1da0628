import type { Multiaddr } from '@multiformats/multiaddr'
import type { OwnAddress } from '../../../shared/domain/nat-report.ts'
import { ipOf, isRelayedAddress, transportOf, withoutPeer } from './multiaddrs.ts'
import { isLoopback, isPrivate, isUnusable } from './subnets.ts'

/** One address as libp2p's address manager lists it. */
export interface ListedAddress {
  readonly multiaddr: Multiaddr
  /** libp2p's word: transport, observed, ip-mapping, dns-mapping, announce. */
  readonly type: string
}

/** What speaks for an address of ours (without `/p2p/…`). */
export type EvidenceOf = (address: string) => OwnAddress['evidence']

/**
 * Our own addresses without a relay, each with what speaks for it; best first. Those that lead nowhere are left out.
 * libp2p's own `verified` is not asked: it holds for each private address, and for every port of an IP address as soon as
 * a server says that it reached one.
 */
export function ownDirectAddresses(
  listed: readonly ListedAddress[],
  self: string,
  evidenceOf: EvidenceOf,
): OwnAddress[] {
  const usable = listed.filter(({ multiaddr: address }) => {
    const ip = ipOf(address)
    if (isRelayedAddress(address) || transportOf(address) === 'webrtc') return false
    return ip === undefined || !(isUnusable(ip) || ip.startsWith('fe80:'))
  })
  // Loopback leads to this machine only; it counts where there is nothing else, as in a test or without a network.
  const beyond = usable.filter(({ multiaddr: address }) => !isLoopback(ipOf(address) ?? ''))
  const byText = new Map<string, OwnAddress>()
  for (const one of beyond.length > 0 ? beyond : usable) {
    const own = judge(one, self, evidenceOf)
    const before = byText.get(own.address)
    if (before === undefined || rank(own) < rank(before)) byText.set(own.address, own)
  }
  return [...byText.values()].sort((a, b) => rank(a) - rank(b))
}

function judge({ multiaddr: address, type }: ListedAddress, self: string, evidenceOf: EvidenceOf): OwnAddress {
  const ip = ipOf(address)
  const text = withoutPeer(address, self)
  const isLocal = ip !== undefined && isPrivate(ip)
  const kind = isLocal ? 'lan' : type === 'observed' ? 'observed' : type.endsWith('-mapping') ? 'mapped' : 'public'
  return { address: text, kind, evidence: isLocal ? 'unverified' : evidenceOf(text) }
}

const KINDS: readonly OwnAddress['kind'][] = ['public', 'mapped', 'lan', 'observed', 'relayed']

const EVIDENCE: readonly OwnAddress['evidence'][] = ['verified', 'unverified', 'failed']

function rank({ kind, evidence }: OwnAddress): number {
  return EVIDENCE.indexOf(evidence) * KINDS.length + KINDS.indexOf(kind)
}

/**
 * Which of them to give to people who may connect to us directly: what somebody saw from outside is only a guess. One that
 * the relays could not dial is told all the same: whoever stands inside the same firewall can.
 */
export function worthDialling(addresses: readonly OwnAddress[]): string[] {
  return addresses
    .filter(({ kind, evidence }) => kind !== 'observed' || evidence === 'verified')
    .map(({ address }) => address)
}
