import type {
  MappingBehaviour,
  NatReport,
  OwnAddress,
  PortMappingState,
  Reachability,
} from '../../../shared/domain/nat-report.ts'
import { isPrivate, isUnusable } from '../addresses/subnets.ts'

/** What each mechanism saw. */
export interface Observations {
  readonly at: number
  /** Our own addresses without a relay. */
  readonly direct: readonly OwnAddress[]
  /** Our places on relays, as addresses. */
  readonly relayed: readonly string[]
  readonly reservations: number
  readonly portMapping: PortMappingState
  readonly mapping: MappingBehaviour
  readonly missing: NatReport['missing']
  readonly loopDelayP99Ms?: number
}

/** Puts together what the mechanisms saw. Pure: the same observations give the same report. */
export function natReport(seen: Observations): NatReport {
  return {
    at: seen.at,
    reachability: reachabilityOf(seen),
    addresses: [
      ...seen.direct,
      ...seen.relayed.map((address): OwnAddress => ({ address, kind: 'relayed', evidence: 'verified' })),
    ],
    portMapping: seen.portMapping,
    mapping: seen.mapping,
    reservations: seen.reservations,
    missing: seen.missing,
    ...(seen.loopDelayP99Ms !== undefined && { loopDelayP99Ms: seen.loopDelayP99Ms }),
  }
}

/**
 * Can strangers on the internet dial us? Yes when a relay did. No when relays could dial none of our outside addresses, or when we
 * reach a relay out there although we have nothing but private addresses, so a NAT stands between, and it opened no port.
 * Everything else is not known. What a relay merely saw from outside is the port of one connection to it (QUIC dials from a
 * socket of its own): nothing listens there, and it makes no difference.
 */
export function reachabilityOf(seen: Pick<Observations, 'direct' | 'relayed' | 'portMapping'>): Reachability {
  const outside = seen.direct.filter(({ kind }) => kind !== 'lan' && kind !== 'observed')
  if (outside.some(({ evidence }) => evidence === 'verified')) return 'public'
  if (seen.portMapping === 'searching') return 'unknown'
  if (outside.length > 0) return outside.every(({ evidence }) => evidence === 'failed') ? 'private' : 'unknown'
  return seen.portMapping !== 'unknown' && seen.relayed.some(isOutThere) ? 'private' : 'unknown'
}

/** Does the relay of this address stand on the internet? A name may stand for anything. */
function isOutThere(address: string): boolean {
  const ip = /^\/ip[46]\/([^/]+)\//.exec(address)?.[1]
  return ip !== undefined && !isPrivate(ip) && !isUnusable(ip)
}
