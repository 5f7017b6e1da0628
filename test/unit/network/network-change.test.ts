import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAnotherPlace, type NetworkChange, watchNetwork } from '../../../electron/network/nat/network-change.ts'

const LOOPBACK = '127.0.0.1/8'
const HOME = '192.168.1.7/24'
const HOME6 = '2a02:1:2:3::7/64'
const CAFE = '10.0.0.9/24'
const LINK_LOCAL = 'fe80::a:b:c:d/64'

const places: readonly [what: string, before: readonly string[], now: readonly string[], expected: boolean][] = [
  ['nothing', [LOOPBACK, HOME], [LOOPBACK, HOME], false],
  ['another network', [LOOPBACK, HOME], [LOOPBACK, CAFE], true],
  ['no network any more', [LOOPBACK, HOME], [LOOPBACK], true],
  ['a network where there was none', [LOOPBACK], [LOOPBACK, HOME], false],
  ['a second network', [LOOPBACK, HOME], [LOOPBACK, HOME, CAFE], false],
  ['another network on the same interface', [LOOPBACK, HOME, LINK_LOCAL], [LOOPBACK, CAFE, LINK_LOCAL], true],
  ['one family less', [LOOPBACK, HOME, HOME6], [LOOPBACK, HOME], false],
]
for (const [what, before, now, expected] of places)
  test(`${what}: ${expected ? 'every connection is dead' : 'connections may live'}`, () => {
    assert.equal(isAnotherPlace(before, now), expected)
  })

test('a change of interfaces is told once, and so is a sleep', (test) => {
  test.mock.timers.enable({ apis: ['setInterval'] })
  let subnets = [LOOPBACK, HOME]
  let now = 0
  const changes: NetworkChange[] = []
  const stop = watchNetwork({ onChange: (change) => changes.push(change), read: () => subnets, now: () => now })
  const pass = (ms: number) => {
    now += ms
    test.mock.timers.tick(500)
  }
  pass(500)
  pass(1_400)
  assert.deepEqual(changes, [])
  subnets = [LOOPBACK, CAFE]
  pass(500)
  pass(500)
  assert.deepEqual(changes.splice(0), [{ kind: 'interfaces', subnets, isElsewhere: true }])
  pass(60_500)
  pass(500)
  assert.deepEqual(changes.splice(0), [{ kind: 'wake', sleptMs: 60_000 }])
  stop()
  pass(60_500)
  assert.deepEqual(changes, [])
})
