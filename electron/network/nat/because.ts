import type { Attempt } from '../../../shared/domain/attempt.ts'
import type { RelayedReason } from '../../../shared/domain/line.ts'
import type { OwnReport, PeerReport } from './report-exchange.ts'

/** What is known of two people whose line runs over a relay. */
export interface RelayedFacts {
  readonly isContact: boolean
  readonly mayBeDirect: boolean
  readonly isUpgrading: boolean
  readonly ours: OwnReport
  /** What the other side said of itself; absent = nothing yet. */
  readonly theirs: PeerReport | undefined
  /** The newest attempts with this peer that lead past the relay, of any mechanism. */
  readonly tried: readonly Attempt[]
}

/**
 * Is it known that no punch over TCP gets through these two routers? A port learned at the relay must hold for the other side
 * too. `hasIpv6`: we have a global IPv6 address, whose ports no router changes; the other side may have one as well.
 */
export function isPunchHopeless(ours: OwnReport, theirs: PeerReport | undefined, hasIpv6: boolean): boolean {
  if (hasIpv6) return false
  return ours.mapping === 'endpoint-dependent' || theirs?.mapping === 'endpoint-dependent'
}

/** Why a line runs over a relay; `undefined` where nobody asked for a direct one. */
export function relayedBecause(facts: RelayedFacts): RelayedReason | undefined {
  const { isContact, mayBeDirect, isUpgrading, ours, theirs, tried } = facts
  if (!isContact) return undefined
  if (!mayBeDirect) return 'relay-only'
  if (isUpgrading) return 'trying'
  const changing = [ours, theirs].filter((side) => side?.mapping === 'endpoint-dependent').length
  // Somebody who can simply be dialled needs no punch.
  if (changing > 0 && !ours.isReachable && theirs?.isReachable !== true)
    return changing === 2 ? 'both-change-ports' : 'needs-udp-punch'
  const failed = tried.flatMap(({ outcome }) => (outcome.state === 'failed' ? [outcome.reason] : []))
  // Nothing was begun from here. Whoever told a report begins by itself; of other programs that is not known.
  if (failed.length === 0) return theirs === undefined ? undefined : 'trying'
  return failed.every((reason) => reason === 'not-supported') ? 'not-supported' : 'no-way-yet'
}
