import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Attempt } from '../../../shared/domain/attempt.ts'
import { readJournals } from '../../natlab/rows/climb.ts'

const attempt = (more: Partial<Attempt>): Attempt => ({
  ...{ id: '1', mechanism: 'tcp-punch', startedAt: 1_000, outcome: { state: 'running' }, stages: [] },
  ...more,
})

test('the attempt that succeeded first names the way, whichever end noted it', () => {
  const atA = [attempt({ startedAt: 1_050, endedAt: 1_400, outcome: { state: 'succeeded' } })]
  const atB = [
    attempt({
      ...{ mechanism: 'reversal', startedAt: 1_100, endedAt: 1_300, outcome: { state: 'succeeded' } },
      stages: [{ atMs: 150, what: 'answered' }],
    }),
    attempt({ outcome: { state: 'overtaken' } }),
  ]
  assert.deepEqual(readJournals(atA, atB, 1_000), {
    ...{ attempts: 2, failedPunches: [], mechanism: 'reversal', msPunch: 200, answeredAt: 1_300 },
    stages: ['answered 150'],
  })
})

test('attempts from before, and those that are not about a way past the relay, do not count', () => {
  const old = attempt({ startedAt: 999, endedAt: 1_001, outcome: { state: 'succeeded' } })
  const place = attempt({ mechanism: 'relay-place', endedAt: 1_001, outcome: { state: 'succeeded' } })
  assert.deepEqual(readJournals([old, place], [], 1_000), { attempts: 0, failedPunches: [] })
})

test('punches that failed are told of both ends, with how far they came', () => {
  const failed = attempt({
    ...{ endedAt: 2_000, outcome: { state: 'failed', reason: 'no-answer' } },
    stages: [{ atMs: 80, what: 'dialling' }],
  })
  const dial = attempt({ mechanism: 'dial', endedAt: 2_000, outcome: { state: 'failed', reason: 'no-answer' } })
  const { failedPunches } = readJournals([failed, dial], [failed], 1_000)
  assert.deepEqual(failedPunches, ['no-answer (dialling 80)', 'no-answer (dialling 80)'])
})
