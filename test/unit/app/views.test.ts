import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { silent } from '../../../electron/app/log.ts'
import { createViews, single } from '../../../electron/app/views.ts'
import type { MessagesChanged } from '../../../shared/contract/events.ts'
import type { ViewPush, Views } from '../../../shared/contract/views.ts'
import type { Listing } from '../../../shared/domain/listing.ts'

type Relay = Views['relays']

/** A live table that counts who listens and how often it was read. */
function createTable() {
  const rows = new Map<string, Relay>()
  const listeners = new Set<() => void>()
  let reads = 0
  const listing: Listing<Relay> = {
    rows() {
      reads += 1
      return rows
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    listing,
    set(id: string, row: Relay) {
      rows.set(id, row)
      for (const listener of [...listeners]) listener()
    },
    remove(id: string) {
      rows.delete(id)
      for (const listener of [...listeners]) listener()
    },
    rows,
    listening: () => listeners.size,
    reads: () => reads,
  }
}

const relay = (id: string, state: Relay['state'] = 'spare'): Relay => ({ id, state, addresses: [], source: 'entered' })

function setUp(t: { after(fn: () => void): void }) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const views = createViews({ log: silent, nowMs: () => Date.now() })
  const table = createTable()
  views.setSources({ relays: table.listing })
  t.after(() => {
    views.stop()
    mock.timers.reset()
  })
  const pushes: ViewPush[] = []
  return { views, table, pushes, watch: () => views.watch('relays', (push) => pushes.push(push)) }
}

test('the first push is whole, later ones carry only what changed and what went', (t) => {
  const { table, pushes, watch } = setUp(t)
  table.set('a', relay('a'))
  table.set('b', relay('b'))
  watch()
  assert.deepEqual(pushes[0]?.isWhole, true)
  assert.deepEqual(
    pushes[0]?.rows.map(([key]) => key),
    ['a', 'b'],
  )
  table.set('a', relay('a', 'reserved'))
  table.remove('b')
  mock.timers.tick(50)
  assert.equal(pushes.length, 2)
  assert.deepEqual(pushes[1], {
    revision: (pushes[0]?.revision ?? 0) + 1,
    isWhole: false,
    rows: [['a', relay('a', 'reserved')]],
    gone: ['b'],
  })
})

test('however often a table changes, a view is pushed at most every 50 ms, and ends up right', (t) => {
  const { table, pushes, watch } = setUp(t)
  watch()
  for (let step = 0; step < 1000; step += 1) {
    table.set('a', { ...relay('a'), roundTripMs: step })
    mock.timers.tick(1)
  }
  mock.timers.tick(50)
  assert.ok(pushes.length <= 1000 / 50 + 2, `${pushes.length} pushes`)
  assert.ok(pushes.length >= 1000 / 50 - 1, `${pushes.length} pushes`)
  const last = pushes.at(-1)?.rows[0]?.[1] as Relay
  assert.equal(last.roundTripMs, 999)
  assert.deepEqual(
    pushes.map(({ revision }) => revision),
    pushes.map((_, index) => (pushes[0]?.revision ?? 0) + index),
  )
})

test('a change after a quiet time is pushed without waiting', (t) => {
  const { table, pushes, watch } = setUp(t)
  watch()
  mock.timers.tick(1000)
  table.set('a', relay('a'))
  mock.timers.tick(1)
  assert.equal(pushes.length, 2)
})

test('a row that only claims to have changed is not pushed, and one changed in place is', (t) => {
  const { table, pushes, watch } = setUp(t)
  const row = { ...relay('a') } as { -readonly [Key in keyof Relay]: Relay[Key] }
  table.set('a', row)
  watch()
  table.set('a', { ...relay('a') })
  mock.timers.tick(100)
  assert.equal(pushes.length, 1)
  table.set('a', row)
  mock.timers.tick(100)
  row.state = 'refused'
  table.set('a', row)
  mock.timers.tick(100)
  assert.equal(pushes.length, 2)
})

test('nothing is built and nobody listens while nobody watches', (t) => {
  const { table, watch } = setUp(t)
  table.set('a', relay('a'))
  mock.timers.tick(100)
  assert.equal(table.reads(), 0)
  assert.equal(table.listening(), 0)
  const stop = watch()
  assert.equal(table.listening(), 1)
  stop()
  const reads = table.reads()
  table.set('b', relay('b'))
  mock.timers.tick(100)
  assert.equal(table.reads(), reads)
  assert.equal(table.listening(), 0)
})

test('a second watcher gets the whole view and both go on from the same revision', (t) => {
  const { views, table, pushes, watch } = setUp(t)
  watch()
  table.set('a', relay('a'))
  const second: ViewPush[] = []
  views.watch('relays', (push) => second.push(push))
  // The change that was still to be pushed reaches the first before the second starts.
  assert.deepEqual(
    pushes.at(-1)?.rows.map(([key]) => key),
    ['a'],
  )
  assert.equal(second[0]?.revision, pushes.at(-1)?.revision)
  table.set('b', relay('b'))
  mock.timers.tick(50)
  assert.deepEqual(second.at(-1), pushes.at(-1))
})

test('a view without a source is pushed whole when the profile opens, and empty when it locks', (t) => {
  const { views, table, pushes, watch } = setUp(t)
  views.setSources({ relays: undefined })
  watch()
  assert.equal(pushes.length, 0)
  table.set('a', relay('a'))
  views.setSources({ relays: table.listing })
  assert.equal(pushes.at(-1)?.isWhole, true)
  assert.deepEqual(
    pushes.at(-1)?.rows.map(([key]) => key),
    ['a'],
  )
  views.setSources({ relays: undefined })
  assert.deepEqual([pushes.at(-1)?.isWhole, pushes.at(-1)?.rows], [true, []])
  assert.equal(table.listening(), 0)
})

test('a view that cannot be built is logged and takes nothing down', (t) => {
  const logged: string[] = []
  const views = createViews({ log: (event) => logged.push(event) })
  t.after(() => views.stop())
  views.setSources({
    self: single(
      () => {
        throw new Error('a bug')
      },
      () => () => undefined,
    ),
  })
  views.watch('self', () => assert.fail('nothing to push'))
  assert.deepEqual(logged, ['view failed by a bug'])
})

test('whoever hears a conversation goes on hearing it after the profile was locked and opened again', () => {
  const views = createViews({ log: silent })
  const listening = new Set<(change: MessagesChanged) => void>()
  const source = (_conversation: string, onChange: (change: MessagesChanged) => void) => {
    listening.add(onChange)
    return () => listening.delete(onChange)
  }
  const heard: MessagesChanged[] = []
  const stop = views.hear('c', (change) => heard.push(change))
  views.setHear(source)
  for (const tell of listening) tell({ conversation: 'c', messages: [] })
  views.setHear(undefined)
  assert.equal(listening.size, 0)
  views.setHear(source)
  for (const tell of listening) tell({ conversation: 'c', messages: [] })
  assert.equal(heard.length, 2)
  stop()
  assert.equal(listening.size, 0)
})
