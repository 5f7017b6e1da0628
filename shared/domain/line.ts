import type { PeerId } from './peer-id.ts'

/**
 * The line between self and one peer, as observed on the wire.
 * - `none`: nobody there, no connection
 * - `unknown`: not known yet (just started, just woke up)
 * - `relayed`: through a relay; `upgrading`: relayed, and a direct one is being tried right now
 * - `lan`: direct, and the other end lies in the subnet of one of our own interfaces
 * - `direct`: any other connection without a relay in it
 */
export type Line =
  | { readonly kind: 'none' | 'unknown' | 'direct' | 'lan' }
  | { readonly kind: 'relayed' | 'upgrading'; readonly relay: PeerId }

export type LineKind = Line['kind']

/** What carries the bytes of a connection. */
export type Transport = 'tcp' | 'websocket' | 'quic' | 'webrtc' | 'webtransport' | 'other'

/**
 * Why a line still runs over a relay.
 * - `trying`: a direct one is being tried, or will be in a moment
 * - `relay-only`: I want it so
 * - `no-way-yet`: what was tried so far got no answer; it is tried again
 * - `needs-udp-punch`: one of the two routers uses another port for each destination, so TCP cannot get through; UDP could
 * - `both-change-ports`: both routers do, and nothing gets through
 * - `not-supported`: the other side's program does not speak what it takes
 */
export type RelayedReason =
  | 'trying'
  | 'relay-only'
  | 'no-way-yet'
  | 'needs-udp-punch'
  | 'both-change-ports'
  | 'not-supported'

/** A line with what is known about it. Times are milliseconds since 1970; absent means not known. */
export interface Path {
  readonly line: Line
  readonly transport?: Transport
  readonly encryption?: string
  /** Newest measured round trip in milliseconds. */
  readonly roundTripMs?: number
  /** When the connection that carries it was opened. */
  readonly since?: number
  /** Why there is no direct one; only on lines with a relay in them. */
  readonly because?: RelayedReason
  /** The relay's limit will cut it before long. */
  readonly isRunningOut?: true
}

export const NO_PATH: Path = { line: { kind: 'none' } }
export const UNKNOWN_PATH: Path = { line: { kind: 'unknown' } }

/** Does a relay stand in this line? */
export function isRelayed(line: Line): line is Extract<Line, { relay: PeerId }> {
  return line.kind === 'relayed' || line.kind === 'upgrading'
}

/** Can bytes flow over this line now? */
export function isConnected(line: Line): boolean {
  return line.kind !== 'none' && line.kind !== 'unknown'
}
