import { setTimeout as pause } from 'node:timers/promises'
import type { Attempt, AttemptStage } from '../../../shared/domain/attempt.ts'
import type { LineKind, RelayedReason } from '../../../shared/domain/line.ts'
import { type PathName, type PathPromise, pathName } from './promise.ts'
import type { Pair } from './talk.ts'

/** What both ends of a pair say of their line. */
export interface Ends {
  /** Absent while there is no line, or the two ends see different ones. */
  readonly path: PathName | undefined
  readonly because: readonly (RelayedReason | undefined)[]
  /** The word of each end. */
  readonly kinds: readonly LineKind[]
  /** Relays that either end sees in the line. */
  readonly relays: readonly string[]
}

/** Asks both ends' pages. */
export function endsOf({ a, b }: Pick<Pair, 'a' | 'b'>): Ends {
  const paths = [a.path(b.id), b.path(a.id)]
  const names = new Set(paths.map(({ line }) => pathName(line.kind)))
  return {
    path: names.size === 1 ? [...names][0] : undefined,
    because: paths.map(({ because }) => because),
    kinds: paths.map(({ line }) => line.kind),
    relays: [...new Set(paths.flatMap(({ line }) => ('relay' in line ? [line.relay] : [])))],
  }
}

/** Waits until both ends have come as far as was promised, or further; gives what they say when the time is up. */
export async function waitForPromise(
  pair: Pick<Pair, 'a' | 'b'>,
  promise: PathPromise,
  withinMs: number,
): Promise<Ends> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const ends = endsOf(pair)
    const isThere =
      ends.path === 'direct' ||
      (promise.path === 'relayed' && ends.path === 'relayed' && ends.because.every((one) => one === promise.because))
    if (isThere || performance.now() > deadline) return ends
    await pause(10)
  }
}

/** What the journals of both ends tell of the way to a direct line. */
export interface Tried {
  readonly mechanism?: string
  readonly attempts: number
  readonly msPunch?: number
  /** When the first ping on the direct line was answered. Milliseconds since 1970. */
  readonly answeredAt?: number
  /** What happened on the way that led there: `what` and its milliseconds since the attempt began. */
  readonly stages?: readonly string[]
  /** Punches that failed, at both ends: why, and their stages. */
  readonly failedPunches: readonly string[]
}

const LEADS_PAST_RELAY: ReadonlySet<string> = new Set(['dial', 'reversal', 'tcp-punch'])

/** Whoever began notes a whole cycle; whoever was asked notes each of the up to three attempts in it. */
const isCycle = ({ stages }: Attempt): boolean => stages[0]?.what !== 'connect-received'

/** Reads the journals: `atA` and `atB` hold what each end tried with the other. Pure. */
export function readJournals(atA: readonly Attempt[], atB: readonly Attempt[], since: number): Tried {
  const ends = [atA, atB].map((attempts) =>
    attempts.filter(({ mechanism, startedAt }) => LEADS_PAST_RELAY.has(mechanism) && startedAt >= since),
  )
  const all = ends.flat()
  const [first] = all
    .flatMap(({ mechanism, startedAt, endedAt, outcome, stages }) =>
      // Both ends ask; the answer that came first counts.
      outcome.state === 'succeeded' && endedAt !== undefined && stages.some(({ what }) => what === 'answered')
        ? [{ mechanism, startedAt, endedAt, stages }]
        : [],
    )
    .sort((x, y) => x.endedAt - y.endedAt)
  return {
    attempts: Math.max(...ends.map(({ length }) => length)),
    failedPunches: all.filter(isCycle).flatMap(failedPunch),
    ...(first !== undefined && {
      mechanism: first.mechanism,
      msPunch: first.endedAt - first.startedAt,
      answeredAt: first.endedAt,
      stages: first.stages.map(stageText),
    }),
  }
}

const stageText = ({ what, atMs }: AttemptStage): string => `${what} ${atMs}`

function failedPunch({ mechanism, outcome, stages }: Attempt): string[] {
  if (mechanism !== 'tcp-punch' || outcome.state !== 'failed') return []
  const { reason, detail } = outcome
  return [`${reason}${detail === undefined ? '' : `, ${detail}`} (${stages.map(stageText).join(', ')})`]
}

/** The newest round trip that each kind of line between two people showed. */
export function watchRoundTrips({ a, b }: Pick<Pair, 'a' | 'b'>) {
  const newest = new Map<PathName, number>()
  const stop = a.onPath(b.id, ({ line, roundTripMs }) => {
    const name = pathName(line.kind)
    if (name !== undefined && roundTripMs !== undefined) newest.set(name, roundTripMs)
  })
  return { newest: (name: PathName) => newest.get(name), stop }
}
