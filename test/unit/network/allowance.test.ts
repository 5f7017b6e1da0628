import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Connection, Libp2p } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { allowanceOf } from '../../../electron/network/connections/allowance.ts'
import { createAllowanceWatch } from '../../../electron/network/connections/allowance-watch.ts'
import { eventually } from '../../support/eventually.ts'

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
  readonly connection: Connection
}

/** A node with relayed connections to one friend, and a redial that opens another one. */
function world(
  t: TestContext,
  { direction = 'outbound' as Connection['direction'], isContact = true, redials = true } = {},
) {
  const all: Fake[] = []
  const seen = { redials: 0, changes: 0 }
  const open = (bytes: bigint, limited = true, way = direction): Fake => {
    const fake: Fake = {
      bytes,
      // Only these members are looked at.
      connection: {
        id: String(all.length),
        direct: !limited,
        direction: way,
        status: 'open',
        remotePeer: peerIdFromString(FRIEND),
        remoteAddr: multiaddr(`/ip4/80.1.1.1/tcp/1/p2p/${RELAY}/p2p-circuit/p2p/${FRIEND}`),
        timeline: { open: AT },
        limits: limited
          ? {
              get bytes() {
                return fake.bytes
              },
            }
          : undefined,
      } as Connection,
    }
    all.push(fake)
    return fake
  }
  const libp2p: Pick<Libp2p, 'getConnections' | 'addEventListener' | 'removeEventListener'> = {
    getConnections: () => all.map(({ connection }) => connection),
    addEventListener: () => {},
    removeEventListener: () => {},
  }
  const clock = { now: AT }
  const watch = createAllowanceWatch({
    libp2p,
    isContact: () => isContact,
    agentOf: () => JS,
    redial: async () => {
      seen.redials += 1
      if (!redials) throw new Error('unreachable')
      open(1_000n)
    },
    onChange: () => {
      seen.changes += 1
    },
    log: () => {},
    now: () => clock.now,
    checkEveryMs: 1,
  })
  t.after(() => watch.stop())
  return { open, watch, seen, clock }
}

/** The watch has looked once more since. */
const looked = () => new Promise((resolve) => setTimeout(resolve, 10))

test('a connection that used three quarters of its bytes is replaced once, before it is cut', async (t) => {
  const { open, watch, seen } = world(t)
  const first = open(1_000n)
  await looked()
  first.bytes = 260n
  await looked()
  assert.equal(watch.isRunningOut(first.connection), false)
  assert.equal(seen.redials, 0)
  first.bytes = 250n
  await eventually(() => seen.redials === 1)
  assert.equal(watch.isRunningOut(first.connection), true)
  await looked()
  assert.deepEqual(seen, { redials: 1, changes: 1 })
})

test('whoever was called leaves it to the other end, and does it himself when nothing comes', async (t) => {
  const { open, watch, seen } = world(t, { direction: 'inbound' })
  const first = open(1_000n)
  await looked()
  first.bytes = 200n
  await eventually(() => watch.isRunningOut(first.connection))
  await looked()
  assert.equal(seen.redials, 0)
  first.bytes = 120n
  await eventually(() => seen.redials === 1)
})

test('nothing is dialled beside a direct connection, and nothing for strangers', async (t) => {
  const friend = world(t)
  const first = friend.open(1_000n)
  friend.open(0n, false)
  await looked()
  first.bytes = 10n
  await eventually(() => friend.watch.isRunningOut(first.connection))
  await looked()
  assert.equal(friend.seen.redials, 0)

  const stranger = world(t, { isContact: false })
  const theirs = stranger.open(1_000n)
  await looked()
  theirs.bytes = 0n
  await looked()
  assert.equal(stranger.seen.redials, 0)
})

test('a relay that gives no circuit is asked again with growing pauses', async (t) => {
  const { open, seen, clock } = world(t, { redials: false })
  const first = open(1_000n)
  await looked()
  first.bytes = 100n
  await eventually(() => seen.redials === 1)
  clock.now += 1_000
  await looked()
  assert.equal(seen.redials, 1)
  clock.now += 1_001
  await eventually(() => seen.redials === 2)
  clock.now += 2_001
  await looked()
  assert.equal(seen.redials, 2)
  clock.now += 2_000
  await eventually(() => seen.redials === 3)
})
