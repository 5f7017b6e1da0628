import type { Backoff } from '../../pace/backoff.ts'

/** How long and how often; tests take other figures. All in milliseconds but the lease. */
export interface Timing {
  /** For how long one search listens. */
  readonly searchMs: number
  /** One request to a router, connection and body together. */
  readonly requestMs: number
  /** Between two looks at a router that is well. */
  readonly checkEveryMs: number
  /** The next look at a router that did not answer. */
  readonly missedCheckMs: number
  /** With nothing new for so long, what was tried counts as settled. */
  readonly settleMs: number
  /** A router that nobody asked to map anything: nothing here listens. */
  readonly nothingToMapMs: number
  readonly interfacesEveryMs: number
  /** For all mappings together, when we leave. */
  readonly unmapMs: number
  readonly leaseSeconds: number
  /** Between searches while nobody answered yet. */
  readonly searchPauses: Backoff
  /** Between searches for a router that was here on these networks. */
  readonly lostPauses: Backoff
  /** Between asking a router that refused. */
  readonly refusedPauses: Backoff
}

/**
 * A router that restarts forgets every mapping. It is asked every 15 s, so that this is noticed within a minute however
 * long the restart takes; two silent checks in a row (15 + 3 + 5 + 3 s at most) mean that it is gone.
 */
export const TIMING: Timing = {
  searchMs: 2_500,
  requestMs: 3_000,
  checkEveryMs: 15_000,
  missedCheckMs: 5_000,
  settleMs: 1_000,
  nothingToMapMs: 20_000,
  interfacesEveryMs: 3_000,
  unmapMs: 2_000,
  // After a crash of ours the router forgets by itself; renewed at half of it.
  leaseSeconds: 1_200,
  searchPauses: { firstMs: 4_000, factor: 1.8, mostMs: 120_000, jitter: 0.3 },
  lostPauses: { firstMs: 2_000, factor: 1.6, mostMs: 20_000, jitter: 0.3 },
  refusedPauses: { firstMs: 15_000, factor: 2, mostMs: 600_000, jitter: 0.3 },
}
