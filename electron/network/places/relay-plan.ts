import type { PeerId } from '../../../shared/domain/peer.ts'

/** One relay as the plan sees it. */
export interface Candidate {
  readonly id: PeerId
  /** The machine it runs on: two places on one machine are lost together. */
  readonly host: string | undefined
  readonly hasPlace: boolean
  readonly isNeeded: boolean
  /** Attempts that failed since it last held a place for us. */
  readonly failures: number
}

/**
 * Which relays to hold a place on, or to ask for one: every needed one, those that already hold one, and as many others
 * as are missing, the least troubled first and different machines before the same.
 */
export function relaysToPursue(candidates: readonly Candidate[], places: number): Set<PeerId> {
  const held = candidates.filter(({ hasPlace }) => hasPlace)
  const keep = [
    ...held.filter(({ isNeeded }) => isNeeded),
    ...held.filter(({ isNeeded }) => !isNeeded).slice(0, places),
  ]
  const pursued = new Set(keep.map(({ id }) => id))
  for (const { id, isNeeded } of candidates) if (isNeeded) pursued.add(id)

  const missing = places - keep.length
  const hosts = new Set(keep.map(({ host }) => host))
  const others = candidates
    .filter(({ id, hasPlace }) => !hasPlace && !pursued.has(id))
    .sort((a, b) => a.failures - b.failures || Number(hosts.has(a.host)) - Number(hosts.has(b.host)))
  const pending = candidates.filter(({ id, hasPlace }) => !hasPlace && pursued.has(id)).length
  for (const { id } of others.slice(0, Math.max(0, missing - pending))) pursued.add(id)
  return pursued
}
