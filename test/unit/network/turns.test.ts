import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTurns } from '../../../electron/network/pace/turns.ts'

const never = new AbortController().signal
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('the next begins when the one before it has failed, and not sooner', async () => {
  const inTurn = createTurns(60_000)
  const begun: string[] = []
  const first = Promise.withResolvers<string>()
  const one = inTurn(() => {
    begun.push('one')
    return first.promise
  }, never)
  const two = inTurn(async () => {
    begun.push('two')
    return 'second'
  }, never)
  await settled()
  assert.deepEqual(begun, ['one'])
  first.reject(new Error('refused'))
  await assert.rejects(one, /refused/)
  assert.equal(await two, 'second')
})

test('one that keeps the others waiting is waited for no longer than said', async () => {
  const inTurn = createTurns(5)
  const slow = inTurn(() => new Promise<string>(() => {}), never)
  assert.equal(await inTurn(async () => 'quick', never), 'quick')
  void slow
})

test('whoever waits ends with the race, and never begins', async () => {
  const inTurn = createTurns(60_000)
  const over = new AbortController()
  let hasBegun = false
  assert.equal(await inTurn(async () => 'won', never), 'won')
  const late = inTurn(async () => {
    hasBegun = true
  }, over.signal)
  over.abort(new Error('over'))
  await assert.rejects(late, /over/)
  assert.equal(hasBegun, false)
})
