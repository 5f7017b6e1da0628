import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRecordBudget, RECORD_MAX_BYTES } from '../../../electron/network/relay-server/store.ts'

test('strangers’ records are kept up to a number and a size; what is there can be replaced, and what goes makes room', () => {
  const budget = createRecordBudget(2)
  assert.equal(budget.admit('a', 10), undefined)
  assert.equal(budget.admit('b', RECORD_MAX_BYTES), undefined)
  assert.equal(budget.admit('c', 10), 'no-room')
  assert.equal(budget.admit('a', 20), undefined)
  assert.equal(budget.admit('a', RECORD_MAX_BYTES + 1), 'too-large')
  budget.forget('a')
  assert.equal(budget.admit('c', 10), undefined)
  assert.equal(budget.admit('a', 10), 'no-room')
})
