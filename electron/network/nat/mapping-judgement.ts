import type { MappingBehaviour } from '../../../shared/domain/nat-report.ts'
import { isPrivate, isUnusable } from '../addresses/subnets.ts'

/** How one relay saw a connection of ours that came from `localPort`. */
export interface Sighting {
  readonly host: string
  readonly port: number
  readonly localPort: number
}

/** What is known of the router, and the IPv4 address under which the internet sees us. */
export interface MappingKnown {
  readonly behaviour: MappingBehaviour
  readonly outerHost?: string
}

/**
 * What follows from the sightings of one local port (RFC 4787, section 4.1): the same place seen from two relays, or our own
 * address seen by one. `before` is what was known of the same network: one relay alone does not disprove it.
 */
export function judgeMapping(
  sightings: readonly Sighting[],
  own: readonly string[],
  before: MappingKnown = { behaviour: 'unknown' },
): MappingKnown {
  const [first, second] = sightings.filter(({ host }) => !isPrivate(host) && !isUnusable(host))
  if (first === undefined) return { behaviour: 'unknown' }
  const outerHost = first.host
  const hasNoNat = own.includes(outerHost) && first.port === first.localPort
  if (hasNoNat) return { behaviour: 'endpoint-independent', outerHost }
  if (second === undefined)
    return { behaviour: before.outerHost === outerHost ? before.behaviour : 'unknown', outerHost }
  const isSame = first.host === second.host && first.port === second.port
  return { behaviour: isSame ? 'endpoint-independent' : 'endpoint-dependent', outerHost }
}
