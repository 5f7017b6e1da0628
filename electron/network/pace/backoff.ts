/** How the pauses between attempts grow. */
export interface Backoff {
  readonly firstMs: number
  readonly factor: number
  readonly mostMs: number
  /** Share of the pause that is random, so that a thousand clients of one relay do not return in one instant. */
  readonly jitter: number
}

/** Relays we want a place on: a relay that comes back has us within 5 s however long it was away. */
export const RELAY_BACKOFF: Backoff = { firstMs: 300, factor: 1.7, mostMs: 3_500, jitter: 0.3 }

/** A relay that answered no. Asking again soon only costs it. */
export const REFUSED_BACKOFF: Backoff = { firstMs: 15_000, factor: 2, mostMs: 300_000, jitter: 0.3 }

/** Contacts: most of the time they are simply offline; whoever comes back dials, and our own relay coming back retries. */
export const CONTACT_BACKOFF: Backoff = { firstMs: 1_000, factor: 1.8, mostMs: 60_000, jitter: 0.3 }

/** Direct connections to someone we already reach over a relay. */
export const UPGRADE_BACKOFF: Backoff = { firstMs: 2_000, factor: 2, mostMs: 600_000, jitter: 0.3 }

/** Pause after the given number of failures in a row (1 = the first), in milliseconds. */
export function retryDelayMs(backoff: Backoff, failures: number, random: () => number = Math.random): number {
  const full = Math.min(backoff.mostMs, backoff.firstMs * backoff.factor ** Math.max(0, failures - 1))
  return Math.round(full * (1 - backoff.jitter * random()))
}
