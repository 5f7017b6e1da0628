import { percentile } from '../../bench/stats.ts'

/** One upgrade of a pair that stays together. Times in milliseconds. */
export interface Run {
  readonly isDirect: boolean
  /** No punch failed before. */
  readonly isFirstCycle: boolean
  /** From the relayed connection open to the first ping answered on the direct one; absent where there was no relayed one. */
  readonly ms?: number
  readonly mechanism?: string
  /** From the relayed connection open until the attempt that led there began. */
  readonly msBefore?: number
  /** Its stages, with milliseconds since it began. */
  readonly stages?: readonly string[]
  /** Punches that failed before, each with its stages. */
  readonly failedPunches?: readonly string[]
  readonly why?: string
}

/** N of them against what was promised. */
export interface RunsSummary {
  readonly runs: number
  readonly successes: number
  readonly medianMs?: number
  readonly p95Ms?: number
  readonly mostMs?: number
  readonly promisedMs: number
  readonly failures: readonly string[]
}

// 1.5 relayed round trips, 5 direct ones and 200 ms (network.md, "The claim we make true").
const RELAYED_TRIPS = 1.5
const DIRECT_TRIPS = 5
const BESIDE_MS = 200

/** Two hosts are one crossing of the internet apart, a relay between them makes it two. */
export function promisedMs(delayMs: number): number {
  const directTripMs = 2 * delayMs
  const relayedTripMs = 4 * delayMs
  return RELAYED_TRIPS * relayedTripMs + DIRECT_TRIPS * directTripMs + BESIDE_MS
}

/** Sums up. The time is promised for lines that lose nothing; the success for all. */
export function summarize(
  runs: readonly Run[],
  weather: { readonly delayMs: number; readonly lossPercent: number },
): RunsSummary {
  const times = runs.flatMap(({ isDirect, ms }) => (isDirect && ms !== undefined ? [ms] : []))
  const successes = runs.filter(({ isDirect, isFirstCycle }) => isDirect && isFirstCycle).length
  const promised = promisedMs(weather.delayMs)
  const median = percentile(times, 0.5)
  const isSlow = weather.lossPercent === 0 && median > promised
  return {
    ...{ runs: runs.length, successes, promisedMs: promised },
    ...(times.length > 0 && { medianMs: median, p95Ms: percentile(times, 0.95), mostMs: percentile(times, 1) }),
    failures: [
      ...(successes < runs.length ? [`${successes} of ${runs.length} in the first cycle`] : []),
      ...(isSlow ? [`median ${median} ms, promised ${promised} ms`] : []),
    ],
  }
}
