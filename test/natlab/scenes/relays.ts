import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '../../support/eventually.ts'
import { endsOf } from '../rows/climb.ts'
import { exchange } from '../rows/talk.ts'
import { withFriends } from './friends.ts'
import type { Scene } from './scene.ts'

// Everybody here stays on the relay, so that nothing else can carry what is measured.
const RELAYED = { settings: { relayOnly: true }, line: 'relayed' } as const
const BACK_WITHIN_MS = 5_000
const NEXT_WITHIN_MS = 3_000
// Seen to its end even when it is too late, so that the figure is told.
const PATIENCE_MS = 30_000

const restart = (afterMs: number, isShort: boolean): Scene => ({
  name: `relay-restart-${afterMs / 1000}`,
  promise: `the only relay is gone for ${afterMs / 1000} s; both can be reached again 5 s after it is back`,
  isShort,
  withinMs: 90_000 + afterMs,
  play: (hand) =>
    withFriends(hand, { ...RELAYED, relays: [[]] }, async ({ stage, pair, a, b }) => {
      const [relay] = stage.relays
      await relay?.kill()
      await pause(afterMs)
      await relay?.start()
      const startedAt = performance.now()
      const placesBack = Promise.all([a, b].map((one) => one.hasPlaces(1, PATIENCE_MS))).then(
        () => performance.now() - startedAt,
      )
      const [placesMs, messageMs] = await Promise.all([placesBack, exchange(pair, 'it is back', PATIENCE_MS)])
      return [
        { name: 'places on the relay', value: placesMs, unit: 'ms', most: BACK_WITHIN_MS },
        { name: 'first message each way', value: messageMs, unit: 'ms', most: BACK_WITHIN_MS },
      ]
    }),
})

const killed: Scene = {
  name: 'relay-killed',
  promise: 'of two relays the one in use is killed; the next message takes at most 3 s',
  isShort: true,
  withinMs: 90_000,
  play: (hand) =>
    withFriends(hand, RELAYED, async ({ stage, pair }) => {
      const inUse = endsOf(pair).relays
      const relay = stage.relays.find(({ id }) => inUse.includes(id))
      if (relay === undefined) throw new Error('no relay is in use')
      await relay.kill()
      const ms = await exchange(pair, 'over the other one', PATIENCE_MS)
      return [{ name: 'next message each way', value: ms, unit: 'ms', most: NEXT_WITHIN_MS }]
    }),
}

const bothGone: Scene = {
  name: 'both-relays-gone',
  promise: 'both relays are gone for 5 s; messages written meanwhile arrive 5 s after the first one is back',
  isShort: true,
  withinMs: 90_000,
  play: (hand) =>
    withFriends(hand, RELAYED, async ({ stage, pair }) => {
      await Promise.all(stage.relays.map((relay) => relay.kill()))
      const waiting = exchange(pair, 'written into the dark', PATIENCE_MS).then(() => performance.now())
      const goneAndBack = async () => {
        await pause(5_000)
        await stage.relays[0]?.start()
        const startedAt = performance.now()
        await stage.relays[1]?.start()
        return startedAt
      }
      const [arrivedAt, startedAt] = await Promise.all([waiting, goneAndBack()])
      return [{ name: 'what was waiting, each way', value: arrivedAt - startedAt, unit: 'ms', most: BACK_WITHIN_MS }]
    }),
}

const full: Scene = {
  name: 'relay-full',
  promise: 'a relay without room says so; the other one serves, and the full one is not asked in a tight loop',
  isShort: true,
  withinMs: 90_000,
  play: (hand) =>
    withFriends(hand, RELAYED, async ({ stage, pair }) => {
      const full = await stage.addRelay(['--max-reservations', '1'])
      const place = await stage.lab.addHost('restricted')
      const first = await stage.seat(place, { name: 'first', relays: [full] })
      await first.hasPlaces(1)
      const second = await stage.seat(await stage.lab.addHost('restricted'), {
        name: 'second',
        relays: [full, ...stage.relays.slice(0, 1)],
      })
      await second.hasPlaces(1)
      await eventually(() => second.relays.rows.get(full.id)?.state === 'refused', {
        what: 'the page to say that the relay refused',
      })
      const reason = second.relays.rows.get(full.id)?.reason ?? ''
      if (reason === '') throw new Error('the page gives no reason')
      await pause(5_000)
      const refusals = Object.values((await full.status()).refused).reduce((sum, count) => sum + count, 0)
      const ms = await exchange(pair, 'others go on', PATIENCE_MS)
      return [
        { name: 'refusals in 5 s', value: refusals, unit: 'times', least: 1, most: 3 },
        { name: 'a message each way meanwhile', value: ms, unit: 'ms', most: NEXT_WITHIN_MS },
      ]
    }),
}

export const RELAY_SCENES: readonly Scene[] = [restart(5_000, true), restart(90_000, false), killed, bothGone, full]
