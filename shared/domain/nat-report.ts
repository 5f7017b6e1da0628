/** Three-valued on purpose: unknown is not no. */
export type Reachability = 'public' | 'private' | 'unknown'

/** One of our own addresses with its evidence. */
export interface OwnAddress {
  readonly address: string
  readonly kind: 'lan' | 'public' | 'mapped' | 'observed' | 'relayed'
  /** `verified`: another peer dialled it (AutoNAT v2), or a relay holds a reservation for it. */
  readonly evidence: 'verified' | 'unverified' | 'failed'
}

/** `double-nat`: our router opened a port, and stands behind another router itself. */
export type PortMappingState = 'off' | 'searching' | 'mapped' | 'failed' | 'no-gateway' | 'double-nat' | 'unknown'

/**
 * What the router between us and the internet does with ports (RFC 4787, section 4.1).
 * `endpoint-independent`: one inner port has one outer port whoever is talked to (or there is no NAT at all), so that what
 * one peer saw is worth telling another. `endpoint-dependent`: another one for each destination (a "symmetric" NAT).
 */
export type MappingBehaviour = 'endpoint-independent' | 'endpoint-dependent' | 'unknown'

/** What every mechanism saw, in one immutable value. */
export interface NatReport {
  readonly at: number
  readonly reachability: Reachability
  readonly addresses: readonly OwnAddress[]
  readonly portMapping: PortMappingState
  readonly mapping: MappingBehaviour
  /** Relays that hold a place for us now. */
  readonly reservations: number
  /** Optional parts that this machine cannot load, each with the reason: `{ part: 'quic', why: '…' }`. */
  readonly missing: readonly { readonly part: string; readonly why: string }[]
  /** 99th percentile of the event-loop delay over the last minute, in milliseconds. */
  readonly loopDelayP99Ms?: number
}
