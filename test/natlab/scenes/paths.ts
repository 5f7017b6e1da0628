import { setTimeout as pause } from 'node:timers/promises'
import { exchange } from '../rows/talk.ts'
import { cutOff, waitForLine, withFriends } from './friends.ts'
import type { Scene } from './scene.ts'

const PATIENCE_MS = 30_000
const FIRST_WITHIN_MS = 3_000
const RELAY_WITHIN_MS = 10_000
const DIRECT_WITHIN_MS = 60_000
const IDLE_MS = 3_000

const move: Scene = {
  name: 'move',
  promise:
    'a host is carried to another network; the first message takes at most 3 s from the moment the new one is there',
  isShort: true,
  withinMs: 150_000,
  play: (hand) =>
    withFriends(hand, { line: 'direct' }, async ({ stage, pair, homes }) => {
      await stage.lab.move(homes[0], 'shifted')
      const ms = await exchange(pair, 'from elsewhere', PATIENCE_MS)
      const directMs = await waitForLine(pair, 'direct', DIRECT_WITHIN_MS)
      return [
        { name: 'first message each way', value: ms, unit: 'ms', most: FIRST_WITHIN_MS },
        { name: 'direct again, after that', value: directMs, unit: 'ms', most: DIRECT_WITHIN_MS },
      ]
    }),
}

const sleep = (forMs: number, isShort: boolean): Scene => ({
  name: `sleep-${forMs / 1000}`,
  promise: `a messenger stands still for ${forMs / 1000} s; the first message after that takes at most 3 s`,
  isShort,
  withinMs: 120_000 + forMs,
  play: (hand) =>
    withFriends(hand, { line: 'direct' }, async ({ pair, a }) => {
      process.kill(a.messenger.pid, 'SIGSTOP')
      try {
        await pause(forMs)
      } finally {
        process.kill(a.messenger.pid, 'SIGCONT')
      }
      const ms = await exchange(pair, 'awake again', PATIENCE_MS)
      return [{ name: 'first message each way', value: ms, unit: 'ms', most: FIRST_WITHIN_MS }]
    }),
})

/** The router loses its memory; only the kind that then chooses other ports shows it. */
const forgetful = (name: string, promise: string, what: 'rebootRouter' | 'flushMappings'): Scene => ({
  name,
  promise,
  isShort: true,
  withinMs: 180_000,
  play: (hand) =>
    withFriends(hand, { kinds: ['random', 'restricted'], line: 'direct' }, async ({ stage, pair, homes }) => {
      await pause(IDLE_MS)
      await stage.lab[what](homes[0])
      const ms = await exchange(pair, 'after that', PATIENCE_MS)
      const directMs = await waitForLine(pair, 'direct', DIRECT_WITHIN_MS)
      return [
        { name: 'first message each way', value: ms, unit: 'ms', most: RELAY_WITHIN_MS },
        { name: 'direct again, after that', value: directMs, unit: 'ms', most: DIRECT_WITHIN_MS },
      ]
    }),
})

const oneWay: Scene = {
  name: 'one-way',
  promise:
    'the direct line carries nothing in one direction, without a sign; 10 s later at most, messages take the relay',
  isShort: true,
  withinMs: 180_000,
  play: (hand) =>
    withFriends(hand, { line: 'direct' }, async ({ pair, homes }) => {
      const mend = await cutOff(homes[0], homes[1].outerAddress, 'out')
      const ms = await exchange(pair, 'one way only', PATIENCE_MS)
      const relayedMs = await waitForLine(pair, 'relayed', PATIENCE_MS)
      await mend()
      const directMs = await waitForLine(pair, 'direct', DIRECT_WITHIN_MS)
      return [
        { name: 'next message each way', value: ms, unit: 'ms', most: RELAY_WITHIN_MS },
        { name: 'relayed at both ends, after that', value: relayedMs, unit: 'ms', most: RELAY_WITHIN_MS },
        { name: 'direct again, once mended', value: directMs, unit: 'ms', most: DIRECT_WITHIN_MS },
      ]
    }),
}

const deaf: Scene = {
  name: 'deaf',
  promise: 'nothing reaches a host for 12 s, relays included; then a message takes at most 5 s',
  isShort: false,
  withinMs: 150_000,
  play: (hand) =>
    withFriends(hand, { line: 'direct' }, async ({ stage, pair, homes }) => {
      await stage.lab.dropOneWay(homes[0], 'in')
      await pause(12_000)
      await stage.lab.dropOneWay(homes[0], 'none')
      const ms = await exchange(pair, 'can you hear me', PATIENCE_MS)
      return [{ name: 'first message each way', value: ms, unit: 'ms', most: 5_000 }]
    }),
}

const oneHome: Scene = {
  name: 'one-router',
  promise: 'two hosts behind one router find the line of their own network',
  isShort: true,
  withinMs: 120_000,
  play: (hand) =>
    withFriends(hand, { isOneHome: true, line: 'lan' }, async ({ pair }) => {
      const ms = await exchange(pair, 'in the next room', PATIENCE_MS)
      return [{ name: 'a message each way', value: ms, unit: 'ms', most: FIRST_WITHIN_MS }]
    }),
}

const relayOnly: Scene = {
  name: 'relay-only',
  promise: 'with somebody who wants the relay only, not one packet goes from address to address',
  isShort: true,
  withinMs: 120_000,
  play: (hand) =>
    withFriends(
      hand,
      { kinds: ['public', 'public'], settings: { relayOnly: true }, line: 'relayed' },
      async ({ stage, pair, a, b, homes }) => {
        await b.do('settings.change', { relayOnly: false })
        await b.do('network.retry', {})
        await exchange(pair, 'over the relay', PATIENCE_MS)
        await pause(IDLE_MS)
        const { because } = a.path(b.id)
        if (because !== 'relay-only') throw new Error(`the page gives the reason ${because ?? 'none'}`)
        const [out, back] = await Promise.all([
          stage.lab.trafficBetween(homes[0].outerAddress, homes[1].outerAddress),
          stage.lab.trafficBetween(homes[1].outerAddress, homes[0].outerAddress),
        ])
        return [{ name: 'between the two addresses', value: out.packets + back.packets, unit: 'packets', most: 0 }]
      },
    ),
}

export const PATH_SCENES: readonly Scene[] = [
  move,
  sleep(8_000, true),
  sleep(60_000, false),
  forgetful(
    'router-reboot',
    'a router starts again and has forgotten everything; 10 s later at most, messages arrive',
    'rebootRouter',
  ),
  forgetful(
    'mapping-expiry',
    'a router forgets mappings while nobody talks; 10 s later at most, messages arrive',
    'flushMappings',
  ),
  oneWay,
  deaf,
  oneHome,
  relayOnly,
]
