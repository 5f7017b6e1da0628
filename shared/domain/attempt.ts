import type { PeerId } from './peer-id.ts'

/**
 * The ways we try to be reached, or to reach someone, without a relay in between.
 * - `dial`: the addresses the other one told us; `reversal`: the same, by the one who was called over the relay
 * - `tcp-punch`: both dial at the same moment from ports they learned the outside of (DCUtR)
 * - `port-mapping`: our router opens a port (UPnP); `reachability`: a relay dials us to see (AutoNAT v2)
 * - `relay-place`: a place on a relay
 */
export type Mechanism = 'dial' | 'reversal' | 'tcp-punch' | 'port-mapping' | 'reachability' | 'relay-place'

/** Why an attempt failed; the exact term of whoever said so stands beside it as `detail`. */
export type AttemptReason =
  /** nobody told an address that could be tried */
  | 'no-address'
  /** what was sent got no answer in time */
  | 'no-answer'
  /** the other side answered no */
  | 'refused'
  /** the other side does not speak this */
  | 'not-supported'
  /** the other side said something that makes no sense */
  | 'bad-answer'
  /** the relayed connection ended meanwhile, or we were going offline */
  | 'cut-off'
  /** what both routers do with ports became known meanwhile, and this cannot get through them */
  | 'cannot-work'
  /** no router that opens ports answered */
  | 'no-gateway'
  /** the router stands behind another one: what it opened cannot be reached from outside */
  | 'double-nat'

export type AttemptOutcome =
  | { readonly state: 'running' }
  | { readonly state: 'succeeded'; readonly address?: string }
  | { readonly state: 'failed'; readonly reason: AttemptReason; readonly detail?: string }
  /** another way was faster */
  | { readonly state: 'overtaken' }

/** Something that happened on the way, so many milliseconds after the start. */
export interface AttemptStage {
  readonly atMs: number
  /** Past tense, from a fixed list of each mechanism: `prepared`, `connect-sent`, `tcp-opened`, … */
  readonly what: string
  readonly detail?: string
}

/** One thing that was tried, as the inspector draws it. Times are milliseconds since 1970. */
export interface Attempt {
  readonly id: string
  readonly mechanism: Mechanism
  /** The contact or the relay it was about. */
  readonly peer?: PeerId
  readonly startedAt: number
  readonly endedAt?: number
  readonly outcome: AttemptOutcome
  readonly stages: readonly AttemptStage[]
}
