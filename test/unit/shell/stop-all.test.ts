import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stopAll } from '../../../electron/shell/stop-all.ts'

test('what was started last stops first, and a part that cannot stop is logged and keeps no other from it', () => {
  const done: string[] = []
  const stops = [
    () => void done.push('first'),
    () => {
      throw new Error('a bug')
    },
    () => void done.push('last'),
  ]
  stopAll(stops, (event, details) => {
    assert.match(String(details?.['error']), /a bug/)
    done.push(event)
  })
  assert.deepEqual(done, ['last', 'stopping a part of the shell failed by a bug', 'first'])
  assert.equal(stops.length, 3)
})
