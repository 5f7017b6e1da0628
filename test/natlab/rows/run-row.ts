import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '../../support/eventually.ts'
import type { Person } from '../stage/person.ts'
import type { LabRelay } from '../stage/relay.ts'
import { type Ends, endsOf, readJournals, waitForPromise, watchRoundTrips } from './climb.ts'
import { lookAtBadge } from './look.ts'
import { type Meeting, meet, part } from './meet.ts'
import { brokenPromise, type PathPromise, promiseOf } from './promise.ts'
import { directionOf, type Pairing } from './rounds.ts'
import type { Row } from './row.ts'
import { exchange, startTraffic } from './talk.ts'

/** A row whose steps are taken by whoever also kills the relays, which the rows of a round share. */
export interface RunningRow {
  readonly pairing: Pairing
  /** From the link to the badge. Never fails: what went wrong stands in the row. */
  climb(): Promise<void>
  /** Relays that either end sees in its line now. */
  relaysInUse(): readonly string[]
  /** After a relay was killed: talks, and sees whether the line is still the promised one. Never fails. */
  talkWithout(relay: LabRelay): Promise<void>
  /** Notes what went wrong around this row. */
  note(failure: string): void
  /** Ends the acquaintance. Never fails. */
  end(): Promise<void>
  row(): Row
}

const PATH_WITHIN_MS = 30_000
// The relayed connection stays a moment after the upgrade, and what hangs on it moves meanwhile.
const TRAFFIC_GOES_ON_MS = 2_000
// Waited longer than promised, so that the figure is told.
const TALKS_AGAIN_PATIENCE_MS = 15_000
// Nothing is lost then, but a line that carries nothing for so long while both ends call it good is broken.
const STALLED_MS = 10_000
const ROUND_TRIP_WITHIN_MS = 3_000

/** Prepares the row of two people; nothing happens yet. */
export function prepareRow(
  pairing: Pairing,
  a: Person,
  b: Person,
  relays: readonly LabRelay[],
  { talksAgainWithinMs = 3_000 }: { readonly talksAgainWithinMs?: number } = {},
): RunningRow {
  const promise = promiseOf(pairing.a, pairing.b)
  const name = `${pairing.a}:${pairing.b}`
  const failures: string[] = []
  let measured: Partial<Row> = {}
  let meeting: Meeting | undefined

  /** A step that went wrong ends only itself. */
  async function step<Value>(run: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await run()
    } catch (error) {
      failures.push(sentence(error))
      return undefined
    }
  }

  async function climb(): Promise<void> {
    meeting = await meet(a, b, name)
    const { pair, msToRelayed, acceptedAt } = meeting
    measured = { msToRelayed }
    const trips = watchRoundTrips(pair)
    try {
      const traffic = startTraffic(pair, name)
      const ends = await waitForPromise(pair, promise, PATH_WITHIN_MS)
      measured = { ...measured, ...outcome(ends, promise, acceptedAt) }
      await pause(TRAFFIC_GOES_ON_MS)
      // The attempt that led there ends with an answered ping, a little after the line is there.
      measured = { ...measured, ...journals(acceptedAt) }
      const counted = await step(() => traffic.finish())
      if (counted !== undefined) {
        const { lost, duplicated, reordered, sent, lateMs } = counted
        measured = { ...measured, lost, duplicated, reordered }
        if (lost + duplicated + reordered > 0)
          failures.push(`${lost} lost, ${duplicated} twice, ${reordered} out of order, of ${sent}`)
        else if (lateMs > STALLED_MS) failures.push(`the last message took ${Math.round(lateMs)} ms`)
      }
      await step(async () => {
        const lie = await lookAtBadge(pair, relays, name)
        measured = { ...measured, badgeTruthful: lie === undefined }
        if (lie !== undefined) failures.push(lie)
      })
      if (ends.path === 'direct') await waitForRoundTrip(() => trips.newest('direct'))
      measured = { ...measured, ...roundTrips(trips) }
    } finally {
      trips.stop()
    }
  }

  function outcome(ends: Ends, promised: PathPromise, acceptedAt: number): Partial<Row> {
    const broken = brokenPromise(promised, ends)
    if (broken !== undefined) failures.push(broken)
    const because = ends.because.find((one) => one !== undefined)
    return {
      ...(ends.path !== undefined && { got: ends.path }),
      ...(ends.path === 'direct' && { msToDirect: Date.now() - acceptedAt }),
      ...(ends.path === 'relayed' && because !== undefined && { reason: because }),
    }
  }

  function journals(since: number): Partial<Row> {
    const { mechanism, attempts, msPunch } = readJournals(a.attempts(b.id), b.attempts(a.id), since)
    return { attempts, ...(mechanism !== undefined && { mechanism }), ...(msPunch !== undefined && { msPunch }) }
  }

  return {
    pairing,
    climb: async () => {
      await step(climb)
    },
    relaysInUse: () => (meeting === undefined ? [] : endsOf(meeting.pair).relays),
    async talkWithout({ site }) {
      const { pair } = meeting ?? {}
      if (pair === undefined) return
      await step(async () => {
        const ms = await exchange(pair, `${name} without ${site.name}`, TALKS_AGAIN_PATIENCE_MS)
        measured = { ...measured, msWithoutRelay: Math.max(ms, measured.msWithoutRelay ?? 0) }
        if (ms > talksAgainWithinMs) failures.push(`talked again ${Math.round(ms)} ms after a relay had died`)
        const { path } = endsOf(pair)
        if (measured.got === 'direct' && path !== 'direct')
          failures.push(`the direct line was ${path ?? 'gone'} after a relay had died`)
      })
    },
    note: (failure) => failures.push(failure),
    async end() {
      const { pair } = meeting ?? {}
      if (pair !== undefined) await step(() => part(pair))
    },
    row: () => ({
      ...pairing,
      direction: directionOf(pairing),
      promised: promise.path,
      attempts: 0,
      ...measured,
      runs: 1,
      successes: failures.length === 0 ? 1 : 0,
      failures,
    }),
  }
}

function roundTrips(trips: ReturnType<typeof watchRoundTrips>): Partial<Row> {
  const [relayed, direct] = [trips.newest('relayed'), trips.newest('direct')]
  return {
    ...(relayed !== undefined && { rttRelayedMs: relayed }),
    ...(direct !== undefined && { rttDirectMs: direct }),
  }
}

/** It is measured every few seconds; a row does not fail for it. */
async function waitForRoundTrip(newest: () => number | undefined): Promise<void> {
  await eventually(newest, { withinMs: ROUND_TRIP_WITHIN_MS }).catch(() => undefined)
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
