import { randomBytes } from 'node:crypto'
import { eventually } from '../../support/eventually.ts'
import type { LabRelay } from '../stage/relay.ts'
import { BADGE_BYTES, badgeLie } from './badge.ts'
import { pathName } from './promise.ts'
import { listen, type Pair } from './talk.ts'

// A message holds 16 KiB; base64 of this many random bytes stays below, with its number.
const RANDOM_BYTES = 12_000
const TEXT_BYTES = (RANDOM_BYTES / 3) * 4
const ARRIVES_WITHIN_MS = 40_000
// A line that changes while it is looked at proves nothing either way.
const LOOKS_MAX = 3

/** Sends 2 MB through the chat, half each way, and holds both pages against the relays' counters. Gives the lie, if there is one. */
export async function lookAtBadge(pair: Pair, relays: readonly LabRelay[], name: string): Promise<string | undefined> {
  for (let look = 1; look <= LOOKS_MAX; look++) {
    const before = await measure(pair, relays)
    await pour(pair, `badge ${name} ${look}`)
    const after = await measure(pair, relays)
    const views = before.map(({ who, says, bytes }, end) => ({
      ...{ who, says },
      isSame: after[end]?.says === says,
      relayedBytes: (after[end]?.bytes ?? 0) - bytes,
    }))
    if (views.every(({ isSame }) => isSame)) return badgeLie(views)
  }
  return `badge: the line changed during each of ${LOOKS_MAX} looks`
}

function measure({ a, b }: Pair, relays: readonly LabRelay[]) {
  return Promise.all(
    [
      { who: 'a', self: a, other: b },
      { who: 'b', self: b, other: a },
    ].map(async ({ who, self, other }) => {
      const counts = await Promise.all(relays.map((relay) => relay.bytesOf(self.id)))
      return { who, says: pathName(self.path(other.id).line.kind), bytes: counts.reduce((sum, one) => sum + one, 0) }
    }),
  )
}

/** Random text, so that nothing on the way can make it shorter. */
async function pour({ a, b, conversation }: Pair, series: string): Promise<void> {
  const count = Math.ceil(BADGE_BYTES / TEXT_BYTES)
  const texts = Array.from(
    { length: count },
    (_, n) => `${series} #${n} ${randomBytes(RANDOM_BYTES).toString('base64')}`,
  )
  const ways = [
    { from: a, ear: listen(b, conversation), texts: texts.filter((_, n) => n % 2 === 0) },
    { from: b, ear: listen(a, conversation), texts: texts.filter((_, n) => n % 2 === 1) },
  ]
  try {
    await Promise.all(
      ways.flatMap(({ from, texts: own }) => own.map((text) => from.do('message.send', { conversation, text }))),
    )
    await eventually(() => ways.every(({ ear, texts: own }) => own.every((text) => ear.when(text) !== undefined)), {
      withinMs: ARRIVES_WITHIN_MS,
      everyMs: 50,
      what: `${series}: 2 MB through the chat`,
    })
  } finally {
    for (const { ear } of ways) ear.stop()
  }
}
