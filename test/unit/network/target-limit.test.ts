import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTargetLimit } from '../../../electron/network/pace/target-limit.ts'

test('so many different targets in any minute, each as often as wanted, and each key for itself', () => {
  let at = 0
  const may = createTargetLimit({ max: 2, perMs: 60_000, now: () => at })
  assert.deepEqual([may('a', '1'), may('a', '2'), may('a', '3'), may('b', '3')], [true, true, false, true])
  at = 30_000
  assert.deepEqual([may('a', '1'), may('a', '3')], [true, false])
  // 2 is forgotten now; 1 was tried half a minute ago.
  at = 60_000
  assert.deepEqual([may('a', '3'), may('a', '4')], [true, false])
})
