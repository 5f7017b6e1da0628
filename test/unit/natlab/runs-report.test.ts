import assert from 'node:assert/strict'
import { test } from 'node:test'
import { promisedMs, type Run, summarize } from '../../natlab/rows/runs-report.ts'

const run = (ms: number, more: Partial<Run> = {}): Run => ({ isDirect: true, isFirstCycle: true, ms, ...more })
const calm = { delayMs: 10, lossPercent: 0 }

test('the promised time is 1.5 relayed and 5 direct round trips and 200 ms', () => {
  assert.equal(promisedMs(10), 1.5 * 40 + 5 * 20 + 200)
  assert.equal(promisedMs(100), 1.5 * 400 + 5 * 200 + 200)
})

test('runs that are all direct in the first cycle and fast enough keep their promise', () => {
  const summary = summarize([run(300), run(310), run(360)], calm)
  assert.deepEqual(summary, {
    ...{ runs: 3, successes: 3, promisedMs: 360 },
    ...{ medianMs: 310, p95Ms: 360, mostMs: 360, failures: [] },
  })
})

test('one run that stayed relayed, or needed a second cycle, breaks it', () => {
  for (const bad of [run(0, { isDirect: false }), run(300, { isFirstCycle: false })])
    assert.deepEqual(summarize([run(300), bad], calm).failures, ['1 of 2 in the first cycle'])
})

test('a median above the promise breaks it, on a line that loses nothing', () => {
  assert.deepEqual(summarize([run(361), run(400)], calm).failures, ['median 361 ms, promised 360 ms'])
  assert.deepEqual(summarize([run(361), run(400)], { ...calm, lossPercent: 5 }).failures, [])
})

test('runs without a relayed line before them count as successes, and have no time', () => {
  const { ms: _none, ...untimed } = run(0)
  assert.deepEqual(summarize([untimed], calm), { runs: 1, successes: 1, promisedMs: 360, failures: [] })
})
