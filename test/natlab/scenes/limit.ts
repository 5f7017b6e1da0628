import { setTimeout as pause } from 'node:timers/promises'
import { lookAtBadge } from '../rows/look.ts'
import { startTraffic } from '../rows/talk.ts'
import { withFriends } from './friends.ts'
import type { Scene } from './scene.ts'

// One relayed connection carries 1 MiB; the conversation below is more than two of them.
const SMALL = ['--circuit-mib', '1']

export const LIMIT_SCENES: readonly Scene[] = [
  {
    name: 'relay-limit',
    promise: 'a relay ends each relayed connection after 1 MiB; 2 MB of conversation go on as if nothing were',
    isShort: true,
    withinMs: 120_000,
    play: (hand) =>
      withFriends(hand, { settings: { relayOnly: true }, line: 'relayed', relays: [SMALL, SMALL] }, async (friends) => {
        const { stage, pair } = friends
        const circuits = async () => {
          const counts = await Promise.all(stage.relays.map((relay) => relay.status()))
          return counts.reduce((sum, { circuitsTotal }) => sum + circuitsTotal, 0)
        }
        const before = await circuits()
        const traffic = startTraffic(pair, 'limit')
        const lie = await lookAtBadge(pair, stage.relays, 'limit')
        await pause(1_000)
        const { lost, duplicated, reordered } = await traffic.finish()
        if (lie !== undefined) throw new Error(lie)
        return [
          { name: 'lost', value: lost, unit: 'messages', most: 0 },
          { name: 'twice', value: duplicated, unit: 'messages', most: 0 },
          { name: 'out of order', value: reordered, unit: 'messages', most: 0 },
          { name: 'relayed connections opened meanwhile', value: (await circuits()) - before, unit: 'times', least: 1 },
        ]
      }),
  },
]
