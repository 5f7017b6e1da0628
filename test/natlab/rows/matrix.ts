import { createLimit } from '../../../electron/network/pace/limit.ts'
import type { Weather } from '../options.ts'
import type { Person } from '../stage/person.ts'
import type { LabRelay } from '../stage/relay.ts'
import { createStage, type Stage } from '../stage/stage.ts'
import type { MatrixKind } from './promise.ts'
import { eachPairOnce, everyDirection, type Pairing } from './rounds.ts'
import type { Row } from './row.ts'
import { prepareRow, type RunningRow } from './run-row.ts'

export interface RowsOptions {
  readonly weather: Weather
  readonly say: (line: string) => void
}

// Twenty messages a second each way keep two messengers at a third of a core each: more pairs at once, and heartbeats come
// too late to be believed.
const CLIMBS_AT_ONCE = 4
// Starting is computing: more at once takes no less time, and the first ones run into their limits.
const STARTS_AT_ONCE = 3
const PLACES_BACK_WITHIN_MS = 40_000

/** Runs the whole matrix. Messengers stay up from round to round; each row has its own two, who do not know each other yet. */
export async function runMatrix({
  weather,
  say,
  isEachPairOnce,
  kinds,
}: RowsOptions & { readonly isEachPairOnce: boolean; readonly kinds: readonly MatrixKind[] }): Promise<Row[]> {
  const rounds = isEachPairOnce ? eachPairOnce(kinds) : everyDirection(kinds)
  const stage = await createStage({ weather })
  try {
    say(`two relays are up; ${kinds.length * 2} messengers behind as many routers are started`)
    const seats = kinds.flatMap((kind) => (['a', 'b'] as const).map((side) => ({ kind, side })))
    const people = await seatAll(stage, seats)
    say('everybody holds two places')
    const rows: Row[] = []
    for (const [index, round] of rounds.entries()) {
      const title = `round ${index + 1} of ${rounds.length}`
      rows.push(...(await runRound(round, people, stage, { title, say, index })))
    }
    return rows
  } finally {
    await stage.stop()
  }
}

/** Runs one row with two messengers of its own. */
export async function runOneRow(pairing: Pairing, { weather, say }: RowsOptions): Promise<Row[]> {
  const stage = await createStage({ weather })
  try {
    const people = await seatAll(stage, [
      { kind: pairing.a, side: 'a' },
      { kind: pairing.b, side: 'b' },
    ])
    say('both hold two places')
    return await runRound([pairing], people, stage, { title: 'the row', say, index: 0 })
  } finally {
    await stage.stop()
  }
}

interface Seat {
  readonly kind: MatrixKind
  readonly side: 'a' | 'b'
}
type People = ReadonlyMap<string, Person>
const seatName = ({ kind, side }: Seat): string => `${kind}-${side}`

/** Starts somebody at each place. Resolves when all of them can be reached. */
export async function seatAll(stage: Stage, seats: readonly Seat[]): Promise<People> {
  const limit = createLimit(STARTS_AT_ONCE)
  const places: { readonly name: string; readonly place: Awaited<ReturnType<Stage['lab']['addHost']>> }[] = []
  // Building networks changes what is shared: one after the other.
  for (const seat of seats) places.push({ name: seatName(seat), place: await stage.lab.addHost(seat.kind) })
  const people = await Promise.all(
    places.map(({ name, place }) =>
      limit(async () => {
        const person = await stage.seat(place, { name })
        await person.hasPlaces(2)
        return [name, person] as const
      }),
    ),
  )
  return new Map(people)
}

interface RoundOptions {
  readonly title: string
  readonly index: number
  readonly say: (line: string) => void
}

async function runRound(
  round: readonly Pairing[],
  people: People,
  { relays }: Stage,
  { title, index, say }: RoundOptions,
): Promise<Row[]> {
  const rows = round.map((pairing) => {
    const [a, b] = [people.get(`${pairing.a}-a`), people.get(`${pairing.b}-b`)]
    if (a === undefined || b === undefined) throw new Error(`nobody sits at ${pairing.a}:${pairing.b}`)
    // Eighteen machines that lose their relay in one instant, on one computer: one pair alone has the time it was promised.
    return prepareRow(pairing, a, b, relays, { talksAgainWithinMs: round.length > 1 ? 8_000 : 3_000 })
  })
  const limit = createLimit(CLIMBS_AT_ONCE)
  await Promise.all(
    rows.map(async (row) => {
      await limit(row.climb)
      const { a, b, got, msToDirect, failures } = row.row()
      const time = msToDirect === undefined ? '' : ` after ${msToDirect} ms`
      say(`${title}: ${a}:${b} ${got ?? 'no line'}${time}${failures.map((failure) => `; ${failure}`).join('')}`)
    }),
  )
  for (const relay of relaysToKill(rows, relays, index)) {
    await relay.kill()
    say(`${title}: the relay on ${relay.site.name} was killed`)
    await Promise.all(rows.map((row) => row.talkWithout(relay)))
    await relay.start()
    await waitForPlaces(people, relays.length, rows)
  }
  await Promise.all(rows.map((row) => row.end()))
  return rows.map((row) => row.row())
}

/** The next round needs everybody back; who is not fails the round. */
async function waitForPlaces(people: People, places: number, rows: readonly RunningRow[]): Promise<void> {
  const waited = await Promise.allSettled(
    [...people.values()].map((person) => person.hasPlaces(places, PLACES_BACK_WITHIN_MS)),
  )
  for (const one of waited) if (one.status === 'rejected') for (const row of rows) row.note(String(one.reason))
}

/** Every relay that a line of this round runs over; one in turn when all of them are direct. */
function relaysToKill(rows: readonly RunningRow[], relays: readonly LabRelay[], index: number): readonly LabRelay[] {
  const inUse = new Set(rows.flatMap((row) => row.relaysInUse()))
  const carrying = relays.filter(({ id }) => inUse.has(id))
  return carrying.length > 0 ? carrying : relays.filter((_, place) => place === index % relays.length)
}
