import type { PeerId } from './peer.ts'

/** Where we know a relay from. */
export type RelaySource = 'entered' | 'invite' | 'contact' | 'packaged'

export type RelayState =
  /** holds a place for us: peers can reach us through it */
  | 'reserved'
  /** connecting, or asking for a place */
  | 'connecting'
  /** known, not in use: two others hold places */
  | 'spare'
  /** answered no: full, not a member, … */
  | 'refused'
  /** did not answer; tried again by itself */
  | 'unreachable'

/** One relay we know, with its contract. Times are milliseconds since 1970. */
export interface Relay {
  readonly id: PeerId
  readonly name?: string
  readonly addresses: readonly string[]
  readonly source: RelaySource
  readonly state: RelayState
  /** Why it refused or could not be reached, in the relay's or the network's exact term. */
  readonly reason?: string
  readonly reservedUntil?: number
  /** What one relayed connection may carry; absent = the relay states no limit. */
  readonly limitBytes?: number
  readonly limitSeconds?: number
  readonly roundTripMs?: number
  /** When it will be tried again. */
  readonly retryAt?: number
}
