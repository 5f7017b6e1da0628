import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Row } from './rows/row.ts'
import { needs, runLab } from './run-lab.ts'

const ROWS = 45

test('each pair of networks gets the line it was promised', { skip: needs(['mapped', 'random']) }, async (t) => {
  const { rows = [] } = await runLab<{ readonly rows?: readonly Row[] }>(['--once'], t.signal)
  assert.equal(rows.length, ROWS, 'rows of the matrix')
  for (const row of rows)
    await t.test(`${row.a} calls ${row.b}: ${row.promised}`, () => {
      assert.deepEqual(row.failures, [])
      assert.equal(row.badgeTruthful, true)
      assert.deepEqual([row.lost, row.duplicated, row.reordered], [0, 0, 0])
    })
})
