import type { OwnAddress } from '../../../../shared/domain/nat-report.ts'
import { type Backoff, retryDelayMs } from '../../pace/backoff.ts'
import type { DialAnswer } from './ask-relay.ts'

/** The newest answer of one relay about one address of ours. */
export interface Result {
  readonly verdict: DialAnswer['verdict']
  /** On a clock that never goes back. */
  readonly at: number
  /** The connection it was asked over: a new one may lead through another router. */
  readonly connection: string
  /** Answers in a row that were not `reached`. */
  readonly failures: number
}

// One relay may stand where a filter of its own keeps it from dialling us.
const RELAYS_ENOUGH = 2
const RECHECK_MS = 30 * 60_000
// Also for one that comes and goes all the time.
const PAUSE_MS = 5_000
const RETRY: Backoff = { firstMs: 10_000, factor: 2, mostMs: 10 * 60_000, jitter: 0.3 }

/**
 * What the relays' newest answers say of an address. That one got through is proof. That one did not is its word; it takes two
 * of them, and none that got through.
 */
export function evidenceIn(results: Iterable<Pick<Result, 'verdict'>>): OwnAddress['evidence'] {
  const verdicts = [...results].map(({ verdict }) => verdict)
  if (verdicts.includes('reached')) return 'verified'
  return verdicts.filter((verdict) => verdict === 'not-reached').length >= RELAYS_ENOUGH ? 'failed' : 'unverified'
}

/** When this relay is to be asked about the address again, on the clock of `at`; at once when it never was. */
export function dueAt(result: Result | undefined, connection: string, random?: () => number): number {
  if (result === undefined) return Number.NEGATIVE_INFINITY
  if (result.connection !== connection) return result.at + PAUSE_MS
  return result.at + (result.verdict === 'reached' ? RECHECK_MS : retryDelayMs(RETRY, result.failures, random))
}
