import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { silent } from '../../../electron/app/log.ts'
import { startPower } from '../../../electron/shell/system/power.ts'
import { ok } from '../../../shared/result.ts'

test('a system that shuts down waits for the program to end, and is not told no', () => {
  const powerMonitor = new EventEmitter()
  let quits = 0
  let prevented = 0
  const stop = startPower({
    bridge: { ask: async () => ok(null) as never },
    powerMonitor,
    quit: () => {
      quits += 1
    },
    log: silent,
  })
  const shutDown = () =>
    powerMonitor.emit('shutdown', {
      preventDefault: () => {
        prevented += 1
      },
    })
  shutDown()
  assert.deepEqual([quits, prevented], [1, 1])
  stop()
  shutDown()
  assert.deepEqual([quits, prevented], [1, 1])
  assert.deepEqual(powerMonitor.eventNames(), [])
})
