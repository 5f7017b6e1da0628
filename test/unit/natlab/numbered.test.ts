import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countNumbered, numberedText, numberIn, together } from '../../natlab/rows/numbered.ts'

const CASES: readonly [what: string, sent: number, arrived: readonly number[], counts: readonly number[]][] = [
  ['everything in its order', 4, [0, 1, 2, 3], [0, 0, 0]],
  ['nothing sent', 0, [], [0, 0, 0]],
  ['nothing arrived', 3, [], [3, 0, 0]],
  ['one lost in the middle', 4, [0, 1, 3], [1, 0, 0]],
  ['the last one lost', 4, [0, 1, 2], [1, 0, 0]],
  ['one twice', 3, [0, 1, 1, 2], [0, 1, 0]],
  ['one again, much later', 3, [0, 1, 2, 0], [0, 1, 0]],
  ['two changed places', 4, [0, 2, 1, 3], [0, 0, 1]],
  ['one overtaken by two', 4, [1, 2, 0, 3], [0, 0, 1]],
  ['one that nobody sent', 2, [0, 1, 2], [0, 1, 0]],
]
for (const [what, sent, arrived, [lost, duplicated, reordered]] of CASES)
  test(`${what} is counted as such`, () => {
    assert.deepEqual(countNumbered(sent, arrived), { lost, duplicated, reordered })
  })

test('both directions are counted together', () => {
  const counts = [countNumbered(2, [0]), countNumbered(2, [1, 0, 0])]
  assert.deepEqual(together(counts), { lost: 1, duplicated: 1, reordered: 1 })
})

test('a number is read from texts of its own series only', () => {
  assert.equal(numberIn('a:b>', numberedText('a:b>', 17)), 17)
  for (const other of ['', 'a:b>', 'a:b> #', 'a:b> #x', 'a:b> #-1', 'a:b> #1.5', numberedText('a:b<', 1)])
    assert.equal(numberIn('a:b>', other), undefined)
})
