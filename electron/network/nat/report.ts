import type { NatReport, OwnAddress, PortMappingState, Reachability } from '../../../shared/domain/nat-report.ts'

/** What each mechanism saw. */
export interface Observations {
  readonly at: number
  /** Our own addresses without a relay. */
  readonly direct: readonly OwnAddress[]
  /** Our places on relays, as addresses. */
  readonly relayed: readonly string[]
  readonly reservations: number
  readonly portMapping: PortMappingState
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
    reservations: seen.reservations,
    missing: seen.missing,
    ...(seen.loopDelayP99Ms !== undefined && { loopDelayP99Ms: seen.loopDelayP99Ms }),
  }
}

/**
 * Can strangers on the internet dial us? AutoNAT v2 only ever says yes. No is what remains when we stand on the network
 * (a relay holds a place for us), have no address of our own out there, and the router opened no port.
 */
export function reachabilityOf(seen: Pick<Observations, 'direct' | 'reservations' | 'portMapping'>): Reachability {
  const outside = seen.direct.filter(({ kind }) => kind !== 'lan')
  if (outside.some(({ evidence }) => evidence === 'verified')) return 'public'
  const isSettled = seen.portMapping !== 'searching' && seen.portMapping !== 'unknown'
  return outside.length === 0 && seen.reservations > 0 && isSettled ? 'private' : 'unknown'
}
