import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { App } from 'electron'
import { collectOtherStarts } from '../../../electron/shell/system/other-starts.ts'

const start = (app: EventEmitter, links: unknown) => app.emit('second-instance', {}, [], '/', { links })

test('a start that comes before anybody listens is heard, once and in its order', () => {
  const app = new EventEmitter()
  // Only `on` is used, and an EventEmitter has it.
  const starts = collectOtherStarts(app as unknown as App)
  start(app, ['sightline://add/one'])
  start(app, 'junk')
  const heard: (readonly string[])[] = []
  starts.listen((links) => heard.push(links))
  start(app, ['sightline://add/two'])
  assert.deepEqual(heard, [['sightline://add/one'], [], ['sightline://add/two']])
})
