import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KINDS } from '../../natlab/rows/promise.ts'
import { directionOf, eachPairOnce, everyDirection, type Pairing } from '../../natlab/rows/rounds.ts'

const text = ({ a, b }: Pairing) => `${a}:${b}`
const unordered = ({ a, b }: Pairing) => [a, b].sort().join(':')

for (const [name, rounds] of [
  ['every direction', everyDirection()],
  ['each pair once', eachPairOnce()],
] as const)
  test(`${name}: in a round every host takes part exactly once on each side`, () => {
    for (const round of rounds) {
      assert.deepEqual(round.map(({ a }) => a).sort(), [...KINDS].sort())
      assert.deepEqual(round.map(({ b }) => b).sort(), [...KINDS].sort())
    }
  })

test('the matrix has all 81 ordered pairs', () => {
  const rows = everyDirection().flat()
  assert.equal(rows.length, 81)
  assert.equal(new Set(rows.map(text)).size, 81)
})

test('the short matrix has each of the 45 unordered pairs once, in both directions alike', () => {
  const rows = eachPairOnce().flat()
  assert.equal(rows.length, 45)
  assert.equal(new Set(rows.map(unordered)).size, 45)
  const different = rows.filter(({ a, b }) => a !== b)
  const forward = different.filter((row) => directionOf(row) === 'forward').length
  assert.ok(Math.abs(2 * forward - different.length) <= 4, `${forward} of ${different.length} forward`)
})

test('no host meets the same one twice, so every row makes a fresh acquaintance', () => {
  for (const rounds of [everyDirection(), eachPairOnce()]) {
    const rows = rounds.flat().map(text)
    assert.equal(new Set(rows).size, rows.length)
  }
})

test('an even number of kinds has no such short matrix', () => {
  assert.throws(() => eachPairOnce(['public', 'cone']), RangeError)
})
