import { eventually } from '../../support/eventually.ts'
import { openProfile } from '../../support/messenger-process.ts'
import { PASSPHRASE, type Person } from '../stage/person.ts'
import { createStage } from '../stage/stage.ts'
import { endsOf, readJournals } from './climb.ts'
import { type RowsOptions, seatAll } from './matrix.ts'
import { meet } from './meet.ts'
import { pathName, promiseOf } from './promise.ts'
import { directionOf, type Pairing } from './rounds.ts'
import type { Row } from './row.ts'
import { type Run, summarize } from './runs-report.ts'
import type { Pair } from './talk.ts'

// Where packets are lost, a goodbye is as well, and then silence has to be noticed.
const GONE_WITHIN_MS = 25_000
const FIRST_WITHIN_MS = 45_000
// A cycle is three punches of at most eight seconds each; what takes longer is not the first one.
const DIRECT_WITHIN_MS = 45_000

/**
 * Upgrades of a pair whose two messengers stay up. For each, one of them (in turn) goes offline and comes back: a fresh
 * relayed connection opens, and a direct one has to follow within the first cycle of attempts.
 */
export async function runRuns(
  pairing: Pairing,
  runs: number,
  { weather, say }: RowsOptions,
): Promise<{ readonly row: Row; readonly runs: readonly Run[]; readonly promisedMs: number }> {
  const name = `${pairing.a}:${pairing.b}`
  const promise = promiseOf(pairing.a, pairing.b)
  const stage = await createStage({ weather })
  try {
    const people = await seatAll(stage, [
      { kind: pairing.a, side: 'a' },
      { kind: pairing.b, side: 'b' },
    ])
    const [a, b] = [people.get(`${pairing.a}-a`), people.get(`${pairing.b}-b`)]
    if (a === undefined || b === undefined) throw new Error('nobody there')
    const { pair } = await meet(a, b, name)
    await eventually(() => endsOf(pair).path === 'direct', { withinMs: FIRST_WITHIN_MS }).catch(() => undefined)
    say(`they are contacts, and their line is ${endsOf(pair).path ?? 'unsettled'}`)
    const done: Run[] = []
    for (let number = 1; number <= runs; number++) {
      const run = await upgradeOnce(pair, number % 2 === 1 ? a : b)
      done.push(run)
      const time =
        run.ms === undefined
          ? ''
          : ` ${Math.round(run.ms)} ms, ${Math.round(run.msBefore ?? 0)} of them before it began`
      const what = run.isDirect ? `direct by ${run.mechanism ?? 'a way nobody noted'}` : 'not direct'
      const late = run.isFirstCycle ? '' : `, not in the first cycle: ${run.failedPunches?.join('; ')}`
      say(`run ${number} of ${runs}: ${what}${time}${late}${run.why === undefined ? '' : ` (${run.why})`}`)
    }
    const summary = summarize(done, weather)
    const mechanism = done.find(({ mechanism: by }) => by !== undefined)?.mechanism
    return {
      runs: done,
      promisedMs: summary.promisedMs,
      row: {
        ...pairing,
        direction: directionOf(pairing),
        promised: promise.path,
        got: summary.successes > 0 ? 'direct' : 'relayed',
        ...(mechanism !== undefined && { mechanism }),
        attempts: 1,
        ...(summary.medianMs !== undefined && { msToDirect: summary.medianMs }),
        runs: summary.runs,
        successes: summary.successes,
        failures: summary.failures,
      },
    }
  } finally {
    await stage.stop()
  }
}

async function upgradeOnce(pair: Pair, leaver: Person): Promise<Run> {
  const stayer = leaver === pair.a ? pair.b : pair.a
  await leaver.do('profile.lock', {})
  await eventually(() => pathName(stayer.path(leaver.id).line.kind) === undefined, {
    withinMs: GONE_WITHIN_MS,
    what: 'the goodbye at the other end',
  })
  const startedAt = Date.now()
  const opened = [watchOpening(leaver, stayer, startedAt), watchOpening(stayer, leaver, startedAt)]
  try {
    await openProfile(leaver.messenger, { passphrase: PASSPHRASE })
    let why: string | undefined
    await eventually(() => endsOf(pair).path === 'direct', { withinMs: DIRECT_WITHIN_MS }).catch(() => {
      const { path, because } = endsOf(pair)
      why = `${path ?? 'no common line'}: ${because.map((one) => one ?? 'no reason').join(', ')}`
    })
    const read = () => readJournals(leaver.attempts(stayer.id), stayer.attempts(leaver.id), startedAt)
    // The journal of the other end is told a little later than the line.
    await eventually(() => read().answeredAt, { withinMs: 2_000 }).catch(() => undefined)
    const tried = read()
    const relayedAt = Math.min(...opened.map(({ relayedAt: at }) => at()))
    const directAt = tried.answeredAt ?? Date.now()
    return {
      isDirect: why === undefined,
      isFirstCycle: tried.failedPunches.length === 0,
      ...(tried.failedPunches.length > 0 && { failedPunches: tried.failedPunches }),
      ...(Number.isFinite(relayedAt) && why === undefined && { ms: Math.max(0, directAt - relayedAt) }),
      ...(tried.mechanism !== undefined && { mechanism: tried.mechanism }),
      ...(tried.stages && { stages: tried.stages }),
      ...(Number.isFinite(relayedAt) &&
        tried.msPunch !== undefined && { msBefore: directAt - tried.msPunch - relayedAt }),
      ...(why !== undefined && { why }),
    }
  } finally {
    for (const { stop } of opened) stop()
  }
}

/** When the relayed connection opened, as one end tells it; a view may skip it, the other end's rarely does too. */
function watchOpening(at: Person, other: Person, startedAt: number) {
  let relayedAt = Number.POSITIVE_INFINITY
  const stop = at.onPath(other.id, ({ line, since }) => {
    if (pathName(line.kind) === 'relayed' && since !== undefined && since >= startedAt)
      relayedAt = Math.min(relayedAt, since)
  })
  return { relayedAt: () => relayedAt, stop }
}
