import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { allowanceOf } from '../../../electron/network/connections/allowance.ts'
import { createAllowanceWatch, type WatchedConnection } from '../../../electron/network/connections/allowance-watch.ts'

const FRIEND = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN'
const RELAY = '12D3KooWJWoaqZhDaoEFshF7Rh1bpY9ohihFhzcW6d69Lr2NASuq'
const JS = 'sightline-relay/0.1.0'
const AT = 1_000_000

const read = (
  limits: { bytes?: bigint; seconds?: number },
  first: number | undefined,
  agent: string | undefined,
  now: number,
) => allowanceOf({ limits, timeline: { open: AT } }, first, agent, now)

const allowances: readonly [what: string, allowance: unknown, expected: object][] = [
  ['no limit', read({}, undefined, JS, AT), { usedShare: 0 }],
  ['bytes half used', read({ bytes: 500n }, 1_000, JS, AT), { bytesLeft: 500, usedShare: 0.5 }],
  [
    'bytes left, and nobody knows of how many',
    read({ bytes: 500n }, undefined, JS, AT),
    { bytesLeft: 500, usedShare: 0 },
  ],
  // libp2p takes 120,000 ms for 120,000 s and counts down by one each second.
  ['a js relay, just opened', read({ seconds: 120_000 }, undefined, JS, AT), { secondsLeft: 120, usedShare: 0 }],
  [
    'a js relay, after 90 s',
    read({ seconds: 119_910 }, undefined, JS, AT + 90_000),
    { secondsLeft: 30, usedShare: 0.75 },
  ],
  [
    'another relay, after 90 s',
    read({ seconds: 30 }, undefined, 'rust-libp2p/0.55', AT + 90_000),
    { secondsLeft: 30, usedShare: 0.75 },
  ],
  [
    'whatever is used more counts',
    read({ bytes: 900n, seconds: 12 }, 1_000, 'go', AT + 108_000),
    { bytesLeft: 900, secondsLeft: 12, usedShare: 0.9 },
  ],
  ['past its end', read({ seconds: -5 }, undefined, 'go', AT + 125_000), { secondsLeft: 0, usedShare: 1 }],
]
for (const [what, allowance, expected] of allowances)
  test(`what is left of a relayed connection: ${what}`, () => {
    assert.deepEqual(allowance, expected)
  })

interface Fake {
  bytes: bigint
  readonly connection: WatchedConnection
}

interface World {
  readonly direction?: WatchedConnection['direction']
  readonly isContact?: boolean
  readonly givesCircuits?: boolean
}

/** A node with connections to one friend, and a redial that opens another one. */
function world(t: TestContext, { direction = 'outbound', isContact = true, givesCircuits = true }: World = {}) {
  t.mock.timers.reset()
  t.mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
  const all: WatchedConnection[] = []
  const seen = { redials: 0, changes: 0 }
  const open = (bytes: bigint): Fake => {
    const fake: Fake = { bytes, connection: { ...plain(direction), limits: limitsOf(() => fake.bytes) } }
    all.push(fake.connection)
    return fake
  }
  const clock = { now: AT }
  const watch = createAllowanceWatch({
    libp2p: { getConnections: () => all, addEventListener: () => {}, removeEventListener: () => {} },
    isContact: () => isContact,
    agentOf: () => JS,
    redial: async () => {
      seen.redials += 1
      if (!givesCircuits) throw new Error('unreachable')
      open(1_000n)
    },
    onChange: () => {
      seen.changes += 1
    },
    log: () => {},
    now: () => clock.now,
  })
  t.after(() => watch.stop())
  /** Time passes, and the watch looks again. */
  const look = async () => {
    t.mock.timers.tick(500)
    await new Promise(setImmediate)
  }
  return { open, openDirect: () => all.push(plain(direction)), watch, seen, clock, look }
}

const plain = (direction: WatchedConnection['direction']): WatchedConnection => ({
  direction,
  status: 'open',
  remotePeer: peerIdFromString(FRIEND),
  remoteAddr: multiaddr(`/ip4/80.1.1.1/tcp/1/p2p/${RELAY}/p2p-circuit/p2p/${FRIEND}`),
  timeline: { open: AT },
})

const limitsOf = (bytes: () => bigint) => ({
  get bytes() {
    return bytes()
  },
})

test('a connection that used three quarters of its bytes is replaced once, before it is cut', async (t) => {
  const { open, watch, seen, look } = world(t)
  const first = open(1_000n)
  await look()
  first.bytes = 260n
  await look()
  assert.equal(watch.isRunningOut(first.connection), false)
  assert.equal(seen.redials, 0)
  first.bytes = 250n
  await look()
  assert.equal(watch.isRunningOut(first.connection), true)
  await look()
  assert.deepEqual(seen, { redials: 1, changes: 1 })
})

test('whoever was called leaves it to the other end, and does it himself when nothing comes', async (t) => {
  const { open, watch, seen, look } = world(t, { direction: 'inbound' })
  const first = open(1_000n)
  await look()
  first.bytes = 200n
  await look()
  assert.equal(watch.isRunningOut(first.connection), true)
  assert.equal(seen.redials, 0)
  first.bytes = 120n
  await look()
  assert.equal(seen.redials, 1)
})

test('nothing is dialled beside a direct connection', async (t) => {
  const { open, openDirect, watch, seen, look } = world(t)
  const first = open(1_000n)
  openDirect()
  await look()
  first.bytes = 10n
  await look()
  assert.equal(watch.isRunningOut(first.connection), true)
  assert.equal(seen.redials, 0)
})

test('nothing is dialled for somebody who is no contact', async (t) => {
  const { open, seen, look } = world(t, { isContact: false })
  const first = open(1_000n)
  await look()
  first.bytes = 0n
  await look()
  assert.equal(seen.redials, 0)
})

test('a relay that gives no circuit is asked again with growing pauses', async (t) => {
  const { open, seen, clock, look } = world(t, { givesCircuits: false })
  const first = open(1_000n)
  await look()
  first.bytes = 100n
  const redialsAfter = async (ms: number) => {
    clock.now += ms
    await look()
    return seen.redials
  }
  assert.equal(await redialsAfter(0), 1)
  assert.equal(await redialsAfter(1_000), 1)
  assert.equal(await redialsAfter(1_001), 2)
  assert.equal(await redialsAfter(2_001), 2)
  assert.equal(await redialsAfter(2_000), 3)
})

test('after stop nothing is looked at', async (t) => {
  const { open, watch, seen, look } = world(t)
  const first = open(1_000n)
  await look()
  watch.stop()
  first.bytes = 0n
  await look()
  assert.deepEqual(seen, { redials: 0, changes: 0 })
})
