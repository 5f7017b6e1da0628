import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '../../support/eventually.ts'
import { liveView } from '../../support/live-view.ts'
import { startTraffic } from '../rows/talk.ts'
import type { Person } from '../stage/person.ts'
import { cutOff, waitForLine, withFriends } from './friends.ts'
import type { Figure, Scene } from './scene.ts'

const RELAY_WITHIN_MS = 20_000
const DIRECT_WITHIN_MS = 60_000
// Announced every 30 s.
const SEEN_WITHIN_MS = 75_000
const CYCLE_MS = 30_000
const BESIDE_MS = 180_000
const RESTS_MS = 1_000

const upAndDown = (name: string, times: number, isShort: boolean): Scene => ({
  name,
  promise: `${times} times the direct line dies and comes back under 20 messages a second each way: none lost, twice or out of order`,
  isShort,
  withinMs: BESIDE_MS + times * CYCLE_MS,
  play: (hand) =>
    withFriends(hand, { line: 'direct', settings: { announce: true } }, async ({ stage, pair, a, b, homes }) => {
      const traffic = startTraffic(pair, name)
      const spans = { lost: [] as number[], back: [] as number[] }
      for (let time = 1; time <= times; time++) {
        await pause(RESTS_MS)
        const mend = await cutOff(homes[0], homes[1].outerAddress, 'both')
        spans.lost.push(await waitForLine(pair, 'relayed', RELAY_WITHIN_MS))
        await mend()
        spans.back.push(await waitForLine(pair, 'direct', DIRECT_WITHIN_MS))
        hand.say(`${time} of ${times}: on the relay after ${last(spans.lost)} ms, direct after ${last(spans.back)} ms`)
      }
      await pause(RESTS_MS)
      const { lost, duplicated, reordered, sent } = await traffic.finish()
      const newcomer = await stage.seat(await stage.lab.addHost('restricted'), {
        name: 'newcomer',
        settings: { announce: true },
      })
      const seen = await Promise.all([
        ...[a, b].map((one) => sees(one, newcomer)),
        ...[a, b].map((one) => sees(newcomer, one)),
      ])
      const figures: Figure[] = [
        { name: 'sent', value: sent, unit: 'messages' },
        { name: 'lost', value: lost, unit: 'messages', most: 0 },
        { name: 'twice', value: duplicated, unit: 'messages', most: 0 },
        { name: 'out of order', value: reordered, unit: 'messages', most: 0 },
        { name: 'on the relay, the slowest', value: Math.max(...spans.lost), unit: 'ms', most: 10_000 },
        { name: 'direct again, the slowest', value: Math.max(...spans.back), unit: 'ms' },
        {
          name: 'announcements heard at the end, the slowest',
          value: Math.max(...seen),
          unit: 'ms',
          most: SEEN_WITHIN_MS,
        },
      ]
      return figures
    }),
})

const last = (spans: readonly number[]) => Math.round(spans.at(-1) ?? 0)

/** Waits until the page of one shows the other nearby, seen on a relay: GossipSub brought the announcement. */
async function sees(who: Person, whom: Person): Promise<number> {
  const startedAt = performance.now()
  const nearby = liveView(who.messenger.bridge, 'nearby')
  try {
    await eventually(() => nearby.rows.get(whom.id)?.via === 'relay', {
      withinMs: SEEN_WITHIN_MS,
      what: `${who.name} to see ${whom.name} nearby`,
    })
    return performance.now() - startedAt
  } finally {
    nearby.stop()
  }
}

export const FIFTY_SCENES: readonly Scene[] = [upAndDown('five', 5, true), upAndDown('fifty', 50, false)]
