import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silent } from '../../../electron/app/log.ts'
import { createEnding } from '../../../electron/program/ending.ts'
import { eventually } from '../../support/eventually.ts'

test('what was started last is stopped first, once, and a failure does not keep the rest from stopping', async () => {
  const stopped: string[] = []
  const codes: number[] = []
  const ending = createEnding({ log: silent, withinMs: 60_000, exit: (code) => codes.push(code) })
  ending.later(async () => void stopped.push('first'))
  ending.later(async () => {
    throw new Error('a bug')
  })
  ending.later(async () => void stopped.push('last'))
  assert.equal(ending.isEnding(), false)
  ending.end('quit')
  assert.equal(ending.isEnding(), true)
  ending.end('quit')
  await eventually(() => codes.length > 0)
  assert.deepEqual(stopped, ['last', 'first'])
  assert.deepEqual(codes, [1])
})

test('something that never stops does not keep the program alive', async () => {
  const codes: number[] = []
  const ending = createEnding({ log: silent, withinMs: 30, exit: (code) => codes.push(code) })
  ending.later(() => new Promise(() => undefined))
  ending.end('SIGTERM')
  await eventually(() => codes.length === 1)
  assert.deepEqual(codes, [1])
})
