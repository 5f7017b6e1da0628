import { isIP } from 'node:net'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { ipOf } from '../../addresses/multiaddrs.ts'
import type { Role } from './dial-from.ts'
import type { Prepared } from './prepared.ts'
import { DIALLED_MAX, type IsPublic, isSameNat, localAddresses, remoteAddresses } from './remote-addresses.ts'
import type { Target } from './simultaneous-open.ts'

export interface Situation {
  readonly peer: PeerId
  /** Ours in the simultaneous open. */
  readonly role: Role
  /** Are we the side that dialled over the relay (A of the specification)? */
  readonly isDialler: boolean
  readonly own: Pick<Prepared, 'localPort' | 'outer' | 'ipv6'>
  /** What the other side told in its CONNECT. */
  readonly told: readonly Multiaddr[]
  /** Addresses on a local network, from its address record. */
  readonly recorded: readonly Multiaddr[]
  readonly isPublic?: IsPublic
}

// Behind one NAT both dial the other's listener; the second only if the first does not get there.
const SECOND_ON_LAN_MS = 250

/** What is dialled in one attempt, from where and in which role. At most eight addresses. */
export function targetsOf(situation: Situation): readonly Target[] {
  const { peer, role, isDialler, own, told, recorded, isPublic } = situation
  const { localPort, outer, ipv6 } = own
  const outside = remoteAddresses(told, peer, isPublic).flatMap((address): Target[] => {
    if (isIP(ipOf(address) ?? '') === 4) return [{ address, role, localPort }]
    return ipv6 === undefined ? [] : [{ address, role, localPort: ipv6.port, localAddress: ipv6.host }]
  })
  if (!isSameNat(outer?.host, told)) return outside
  // A simultaneous open fails within a local network (refused in less than a millisecond): an ordinary dial does it.
  const waitMs = isDialler ? 0 : SECOND_ON_LAN_MS
  const local = localAddresses(recorded, peer).map((address): Target => ({ address, role: 'client', waitMs }))
  return [...local, ...outside].slice(0, DIALLED_MAX)
}
