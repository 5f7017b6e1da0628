import type { RelayLimits } from '../network/relay-server/node.ts'

const MIB = 1024 * 1024
const MINUTE_MS = 60_000

/** What the operator may choose; everything else follows from it. */
export interface ChosenLimits {
  readonly maxReservations: number
  readonly maxPerAddress: number
  readonly circuitMib: number
  readonly circuitMinutes: number
}

/**
 * Made for messages and photographs between people who cannot reach each other directly: a day and 256 MiB on one
 * circuit, and a fresh allowance with the next. The library's own 128 KiB and two minutes are a demonstration.
 */
export const DEFAULT_LIMITS: ChosenLimits = {
  maxReservations: 256,
  // One office, or everyone behind one carrier NAT.
  maxPerAddress: 200,
  circuitMib: 256,
  circuitMinutes: 24 * 60,
}

/** A timer of the platform holds at most 2^31 - 1 ms, a little under 25 days; a longer one fires at once. */
export const CIRCUIT_MINUTES_MAX = 24 * 24 * 60

/** All limits of a relay, from the few an operator chooses. */
export function relayLimits(chosen: ChosenLimits): RelayLimits {
  return {
    reservations: chosen.maxReservations,
    reservationsPerAddress: chosen.maxPerAddress,
    // The library's two hours; clients ask again five minutes before the end, and a place ends with its connection anyway.
    reservationTtlMs: 120 * MINUTE_MS,
    // Beside those who hold a place: people who come to reach one of them, and the short connections of a hole punch.
    connections: 2 * chosen.maxReservations + 128,
    connectionsPerAddress: 2 * chosen.maxPerAddress,
    connectionsPerPeer: 16,
    circuitsPerPeer: 256,
    circuitBytes: chosen.circuitMib * MIB,
    circuitMs: chosen.circuitMinutes * MINUTE_MS,
  }
}

/** The limits in the words shown to whoever starts the relay, one line each. */
export function contract(limits: RelayLimits): readonly string[] {
  return [
    `${limits.reservations} people can be reachable at a time, ${limits.reservationsPerAddress} of them from one address`,
    `a place is held for ${minutes(limits.reservationTtlMs)} and renewed as long as its owner stays connected`,
    `one circuit carries ${limits.circuitBytes / MIB} MiB, both directions together, and lasts ${minutes(limits.circuitMs)}; then a new one may be opened`,
    `${limits.circuitsPerPeer} circuits and ${limits.connectionsPerPeer} connections for each peer, ${limits.connections} connections in all`,
  ]
}

function minutes(ms: number): string {
  const count = Math.round(ms / MINUTE_MS)
  return count % 60 === 0 && count > 60 ? `${count / 60} hours` : `${count} minutes`
}
