import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestPath, isSamePath, type Link, lineOf, ranked } from '../../../electron/network/lines/line.ts'

const link = (values: Partial<Link> = {}): Link => ({
  id: 'c1',
  isDirect: true,
  transport: 'tcp',
  openedAt: 1_000,
  ...values,
})
const relayed = (values: Partial<Link> = {}) => link({ isDirect: false, relay: 'R', ...values })
const home = ['192.168.1.7/24', 'fd00:1::7/64', '127.0.0.1/8']
const quiet = { subnets: home, isUpgrading: false, isFirstAttempt: false }

const table: readonly [what: string, links: readonly Link[], circumstances: object, line: object][] = [
  ['no connection is none', [], {}, { kind: 'none' }],
  ['no connection before the first attempt ended is unknown', [], { isFirstAttempt: true }, { kind: 'unknown' }],
  ['a circuit is relayed, by its relay', [relayed()], {}, { kind: 'relayed', relay: 'R' }],
  [
    'a circuit while a direct one is tried is upgrading',
    [relayed()],
    { isUpgrading: true },
    { kind: 'upgrading', relay: 'R' },
  ],
  ['our own subnet is the local network', [link({ remoteIp: '192.168.1.20' })], {}, { kind: 'lan' }],
  ['our own IPv6 subnet is the local network', [link({ remoteIp: 'fd00:1::20' })], {}, { kind: 'lan' }],
  ['loopback is the local network', [link({ remoteIp: '127.0.0.1' })], { subnets: [] }, { kind: 'lan' }],
  ['IPv6 loopback is the local network', [link({ remoteIp: '::1' })], { subnets: [] }, { kind: 'lan' }],
  ['a private address elsewhere is direct', [link({ remoteIp: '10.1.2.3' })], {}, { kind: 'direct' }],
  ['a neighbouring subnet is direct', [link({ remoteIp: '192.168.2.20' })], {}, { kind: 'direct' }],
  ['a public address is direct', [link({ remoteIp: '80.1.2.3' })], {}, { kind: 'direct' }],
  ['a direct connection without an address is direct', [link({ transport: 'webrtc' })], {}, { kind: 'direct' }],
  ['direct wins over relayed', [relayed({ openedAt: 1 }), link({ remoteIp: '80.1.2.3' })], {}, { kind: 'direct' }],
  [
    'an upgrade being tried does not change a line that is direct',
    [link({ remoteIp: '80.1.2.3' })],
    { isUpgrading: true },
    { kind: 'direct' },
  ],
]

for (const [what, links, circumstances, line] of table)
  test(`line: ${what}`, () => {
    assert.deepEqual(bestPath(links, { ...quiet, ...circumstances }).line, line)
  })

test('a circuit that its relay will cut soon comes after a younger one, and says so', () => {
  const old = relayed({ id: 'old', openedAt: 1, isRunningOut: true })
  const fresh = relayed({ id: 'fresh', openedAt: 2 })
  assert.deepEqual(
    ranked([old, fresh]).map(({ id }) => id),
    ['fresh', 'old'],
  )
  assert.equal(bestPath([old, fresh], quiet).isRunningOut, undefined)
  assert.equal(bestPath([old], quiet).isRunningOut, true)
  assert.equal(ranked([old, link({ id: 'direct', openedAt: 3 })])[0]?.id, 'direct')
})

test('the best connection is direct, then the fastest transport, then the oldest', () => {
  const links = [
    relayed({ id: 'circuit', openedAt: 1 }),
    link({ id: 'quic', transport: 'quic', openedAt: 2 }),
    link({ id: 'young', openedAt: 9 }),
    link({ id: 'old', openedAt: 3 }),
    link({ id: 'websocket', transport: 'websocket', openedAt: 1 }),
  ]
  assert.deepEqual(
    ranked(links).map(({ id }) => id),
    ['old', 'young', 'websocket', 'quic', 'circuit'],
  )
})

test('a path says what carries it, and nothing that is not known', () => {
  assert.deepEqual(bestPath([link({ encryption: 'tls', roundTripMs: 3 })], quiet), {
    line: { kind: 'direct' },
    transport: 'tcp',
    encryption: 'tls',
    roundTripMs: 3,
    since: 1_000,
  })
  assert.deepEqual(Object.keys(bestPath([link()], quiet)), ['line', 'transport', 'since'])
})

test('two paths are the same when only the round trip differs', () => {
  const path = bestPath([link()], quiet)
  assert.ok(isSamePath(path, { ...path, roundTripMs: 7 }))
  assert.ok(!isSamePath(path, { ...path, since: 2 }))
  assert.ok(!isSamePath({ line: { kind: 'relayed', relay: 'A' } }, { line: { kind: 'relayed', relay: 'B' } }))
})

test('a direct connection is not called local without our own subnets', () => {
  assert.deepEqual(lineOf(link({ remoteIp: '192.168.1.20' }), { subnets: [], isUpgrading: false }), { kind: 'direct' })
})
