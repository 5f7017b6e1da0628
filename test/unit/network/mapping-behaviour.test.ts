import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { identityFromSeed } from '../../../electron/network/identity.ts'
import type { OuterAddress } from '../../../electron/network/nat/dcutr/outer-address.ts'
import {
  type AskableRelay,
  askableRelays,
  createMappingWatch,
  type MappingParts,
} from '../../../electron/network/nat/mapping-behaviour.ts'
import { judgeMapping, type MappingKnown, type Sighting } from '../../../electron/network/nat/mapping-judgement.ts'
import { eventually } from '../../support/eventually.ts'

const seen = (host: string, port: number): Sighting => ({ host, port, localPort: 5_000 })
const judged: readonly [what: string, sightings: readonly Sighting[], own: readonly string[], result: MappingKnown][] =
  [
    ['nobody told', [], [], { behaviour: 'unknown' }],
    [
      'the same place twice keeps its ports',
      [seen('80.0.0.1', 7_000), seen('80.0.0.1', 7_000)],
      [],
      { behaviour: 'endpoint-independent', outerHost: '80.0.0.1' },
    ],
    [
      'another port for the second relay',
      [seen('80.0.0.1', 7_000), seen('80.0.0.1', 7_001)],
      [],
      { behaviour: 'endpoint-dependent', outerHost: '80.0.0.1' },
    ],
    [
      'another address for the second relay',
      [seen('80.0.0.1', 7_000), seen('80.0.0.2', 7_000)],
      [],
      { behaviour: 'endpoint-dependent', outerHost: '80.0.0.1' },
    ],
    ['one relay alone proves nothing', [seen('80.0.0.1', 7_000)], [], { behaviour: 'unknown', outerHost: '80.0.0.1' }],
    [
      'our own address and port: there is no NAT, and one relay is enough',
      [seen('80.0.0.1', 5_000)],
      ['10.0.0.2', '80.0.0.1'],
      { behaviour: 'endpoint-independent', outerHost: '80.0.0.1' },
    ],
    [
      'our own address with another port is no proof',
      [seen('80.0.0.1', 5_001)],
      ['80.0.0.1'],
      { behaviour: 'unknown', outerHost: '80.0.0.1' },
    ],
    [
      'a relay on our side of the router says nothing',
      [seen('192.168.1.7', 5_000), seen('192.168.1.7', 5_000)],
      [],
      { behaviour: 'unknown' },
    ],
  ]
for (const [what, sightings, own, result] of judged)
  test(`mapping: ${what}`, () => {
    assert.deepEqual(judgeMapping(sightings, own), result)
  })

test('mapping: one relay of two gone does not undo what both showed, unless the outer address changed', () => {
  const before: MappingKnown = { behaviour: 'endpoint-dependent', outerHost: '80.0.0.1' }
  assert.equal(judgeMapping([seen('80.0.0.1', 1)], [], before).behaviour, 'endpoint-dependent')
  assert.equal(judgeMapping([seen('80.0.0.9', 1)], [], before).behaviour, 'unknown')
})

const id = () => identityFromSeed(randomBytes(32)).id
const relayAt = (ip: string): AskableRelay => {
  const relay = id()
  return { id: relay, address: multiaddr(`/ip4/${ip}/tcp/4001/p2p/${relay}`) }
}

test('relays are asked over plain TCP on IPv4, each machine once, and never those on our side of the router', () => {
  const [a, b] = [id(), id()]
  const places = [
    `/ip4/45.33.0.1/tcp/4001/p2p/${a}/p2p-circuit`,
    `/ip4/45.33.0.9/tcp/4001/p2p/${a}/p2p-circuit`,
    `/ip4/45.33.0.1/tcp/4009/p2p/${b}/p2p-circuit`,
    `/ip4/45.33.0.2/tcp/4001/ws/p2p/${b}/p2p-circuit`,
    `/ip4/192.168.1.2/tcp/4001/p2p/${b}/p2p-circuit`,
    `/ip4/127.0.0.1/tcp/4001/p2p/${b}/p2p-circuit`,
    `/ip6/2a00::1/tcp/4001/p2p/${b}/p2p-circuit`,
    `/dns4/relay.example/tcp/4001/p2p/${b}/p2p-circuit`,
    `/ip4/45.33.0.3/tcp/4001/p2p/${b}/p2p-circuit`,
  ].map((text) => multiaddr(text))
  assert.deepEqual(
    askableRelays(places).map(({ address }) => address.toString()),
    [`/ip4/45.33.0.1/tcp/4001/p2p/${a}`, `/ip4/45.33.0.3/tcp/4001/p2p/${b}`],
  )
})

/** A router that keeps ports or moves them for each relay, and a log of what happened in which order. */
function world(
  t: TestContext,
  values: Partial<MappingParts> & { outer?: (relay: string, port: number) => number } = {},
) {
  const { outer = (_relay, port) => port, ...options } = values
  const relays = [relayAt('45.33.0.1'), relayAt('45.33.0.2')]
  const events: string[] = []
  const ports = new Set<number>()
  const state = { looks: 0, changes: 0, isBroken: false, link: 'first', interfaces: ['10.0.0.2'] }
  const watch = createMappingWatch({
    linkOf: () => state.link,
    relays: () => {
      state.looks += 1
      return relays
    },
    onChange: () => {
      state.changes += 1
    },
    platform: 'linux',
    interfaces: () => state.interfaces,
    pace: { settleMs: 1, pauseMs: 10 },
    askRelay: async (relay, { localPort }): Promise<OuterAddress> => {
      const ip = relay.getComponents()[0]?.value ?? ''
      ports.add(localPort)
      events.push(`ask ${ip}`)
      if (state.isBroken) throw new Error('no answer')
      return { host: '80.0.0.1', port: outer(ip, localPort), release: () => events.push(`release ${ip}`) }
    },
    ...options,
  })
  t.after(() => watch.stop())
  return { watch, relays, events, ports, state }
}

test('a router that keeps ports is told from one that moves them, from one local port', async (t) => {
  const keeping = world(t)
  keeping.watch.ask()
  await eventually(() => keeping.watch.behaviour() === 'endpoint-independent')
  assert.equal(keeping.watch.outerHost(), '80.0.0.1')
  assert.equal(keeping.ports.size, 1)
  assert.equal(keeping.state.changes, 1)

  const moving = world(t, { outer: (relay, port) => port + Number(relay.at(-1)) })
  moving.watch.ask()
  await eventually(() => moving.watch.behaviour() === 'endpoint-dependent')
})

test('the first connection stays open while the second is asked where ports may be shared, and is gone where not', async (t) => {
  const order = async (platform: NodeJS.Platform) => {
    const { watch, events } = world(t, { platform })
    watch.ask()
    await eventually(() => events.length === 4)
    return events
  }
  assert.deepEqual(await order('linux'), ['ask 45.33.0.1', 'ask 45.33.0.2', 'release 45.33.0.1', 'release 45.33.0.2'])
  for (const platform of ['darwin', 'win32'] as const)
    assert.deepEqual(await order(platform), [
      'ask 45.33.0.1',
      'release 45.33.0.1',
      'ask 45.33.0.2',
      'release 45.33.0.2',
    ])
})

test('asking again costs nothing while nothing changed, and a new interface or connection is asked about', async (t) => {
  const { watch, events, state } = world(t)
  watch.ask()
  await eventually(() => events.length === 4)
  for (let times = 0; times < 20; times++) watch.ask()
  state.interfaces = ['10.7.0.2']
  watch.ask()
  await eventually(() => events.length >= 8)
  state.link = 'second'
  watch.ask()
  await eventually(() => events.length > 8 && events.at(-1) === 'release 45.33.0.2')
  assert.equal(events.length, 12)
})

test('a failure is unknown, keeps the outer address, closes what it opened, and is not repeated at once', async (t) => {
  const { watch, events, state } = world(t)
  watch.ask()
  await eventually(() => watch.behaviour() === 'endpoint-independent')
  state.isBroken = true
  state.link = 'second'
  watch.ask()
  await eventually(() => watch.behaviour() === 'unknown')
  assert.equal(watch.outerHost(), '80.0.0.1')
  for (let times = 0; times < 20; times++) watch.ask()
  // Something else changed, and only then it is asked again.
  state.isBroken = false
  state.interfaces = ['10.7.0.2']
  watch.ask()
  await eventually(() => watch.behaviour() === 'endpoint-independent')
  assert.equal(events.filter((event) => event === 'ask 45.33.0.1').length, 3)
})

test('a relay that never answers is given up on stop, and then nobody is asked', async (t) => {
  const asked: AbortSignal[] = []
  const { watch, state } = world(t, {
    askRelay: (_relay, { signal }) =>
      new Promise((_, reject) => {
        asked.push(signal)
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
  })
  watch.ask()
  await eventually(() => asked.length === 1)
  watch.stop()
  assert.equal(asked[0]?.aborted, true)
  const { looks } = state
  watch.ask()
  assert.equal(state.looks, looks)
  assert.equal(watch.behaviour(), 'unknown')
})
