import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remember } from '../../../electron/network/pace/remembered.ts'

test('a value is worked out once, again when it is old, and at once when it was forgotten', () => {
  let [now, count] = [0, 0]
  const value = remember(
    () => ++count,
    1_000,
    () => now,
  )
  assert.deepEqual([value.read(), value.read()], [1, 1])
  now = 999
  assert.equal(value.read(), 1)
  now = 1_000
  assert.equal(value.read(), 2)
  value.forget()
  assert.equal(value.read(), 3)
})
