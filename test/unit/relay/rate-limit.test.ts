import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { addressGroup, createRateLimit } from '../../../electron/network/pace/rate-limit.ts'

describe('a rate limit', () => {
  test('lets a burst through, then its rate, and forgets after a pause', () => {
    let nowMs = 0
    const allows = createRateLimit({ perSecond: 10, burst: 3, now: () => nowMs })
    assert.deepEqual(
      [1, 2, 3, 4].map(() => allows('a')),
      [true, true, true, false],
    )
    assert.equal(allows('b'), true)
    nowMs = 100
    assert.deepEqual([allows('a'), allows('a')], [true, false])
    nowMs = 10_000
    assert.deepEqual(
      [1, 2, 3, 4].map(() => allows('a')),
      [true, true, true, false],
    )
  })

  test('never lets more through than burst plus rate, whatever comes when', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2_000), { maxLength: 200 }), (gapsMs) => {
        let nowMs = 0
        const allows = createRateLimit({ perSecond: 2, burst: 5, now: () => nowMs })
        let passed = 0
        for (const gapMs of gapsMs) {
          nowMs += gapMs
          if (allows('key')) passed += 1
        }
        assert.ok(passed <= 5 + (nowMs / 1000) * 2)
      }),
    )
  })

  test('keeps a bounded number of keys: beyond it strangers share one bucket, and those known before keep theirs', () => {
    const allows = createRateLimit({ perSecond: 1, burst: 2, maxKeys: 2, now: () => 0 })
    assert.deepEqual([allows('a'), allows('b')], [true, true])
    assert.deepEqual([allows('c'), allows('d'), allows('e')], [true, true, false])
    assert.equal(allows('a'), true)
  })
})

describe('an address group', () => {
  const cases: readonly [ip: string, group: string][] = [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ]
  for (const [ip, group] of cases) test(`of ${ip} is ${group}`, () => assert.equal(addressGroup(ip), group))
})
