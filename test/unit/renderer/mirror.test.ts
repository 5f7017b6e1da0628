import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { applyPush, createMirror } from '../../../renderer/mirror.ts'
import type { Bridge } from '../../../shared/contract/bridge.ts'
import type { ViewPush } from '../../../shared/contract/views.ts'

const whole = (revision: number, rows: ViewPush<string>['rows']): ViewPush<string> => ({
  revision,
  isWhole: true,
  rows,
  gone: [],
})

describe('a push of a view', () => {
  it('that is whole forgets what was there', () => {
    const known = applyPush(undefined, whole(1, [['a', 'old']]))
    assert.notEqual(known, 'gap')
    const next = applyPush(known === 'gap' ? undefined : known, whole(7, [['b', 'new']]))
    assert.deepEqual(next, { revision: 7, rows: new Map([['b', 'new']]) })
  })

  it('that is a step changes and removes rows, and leaves the former snapshot as it was', () => {
    const known = {
      revision: 1,
      rows: new Map([
        ['a', 'A'],
        ['b', 'B'],
      ]),
    }
    const next = applyPush(known, { revision: 2, isWhole: false, rows: [['b', 'B2']], gone: ['a'] })
    assert.deepEqual(next, { revision: 2, rows: new Map([['b', 'B2']]) })
    assert.equal(known.rows.get('a'), 'A')
  })

  it('that is a step after a missed one, or after nothing, is a gap', () => {
    const step: ViewPush<string> = { revision: 3, isWhole: false, rows: [], gone: [] }
    assert.equal(applyPush({ revision: 1, rows: new Map() }, step), 'gap')
    assert.equal(applyPush(undefined, step), 'gap')
  })
})

/** A bridge of which only `watch` is used; keeps who watches. */
function watchedBridge() {
  const watches: { name: string; push: (push: ViewPush<never>) => void; isOver: boolean }[] = []
  const unused = () => assert.fail('not used here')
  const bridge: Bridge = {
    ask: unused,
    hear: unused,
    onConnection: unused,
    watch: (name, push) => {
      const watch = { name, push, isOver: false }
      watches.push(watch)
      return () => {
        watch.isOver = true
      }
    },
  }
  return { bridge, watches }
}

describe('the mirror', () => {
  it('watches while somebody looks, once for all who look', () => {
    const { bridge, watches } = watchedBridge()
    const mirror = createMirror(bridge)
    const one = mirror.subscribe('peers', () => {})
    const two = mirror.subscribe('peers', () => {})
    assert.equal(watches.length, 1)
    one()
    assert.equal(watches[0]?.isOver, false)
    two()
    assert.equal(watches[0]?.isOver, true)
  })

  it('watches again after a gap and then is whole', () => {
    const { bridge, watches } = watchedBridge()
    const mirror = createMirror(bridge)
    let told = 0
    mirror.subscribe('peers', () => told++)
    watches[0]?.push({ revision: 1, isWhole: true, rows: [], gone: [] })
    watches[0]?.push({ revision: 3, isWhole: false, rows: [], gone: [] })
    assert.equal(watches[0]?.isOver, true)
    assert.equal(watches.length, 2)
    watches[1]?.push({ revision: 9, isWhole: true, rows: [], gone: [] })
    assert.equal(told, 2)
    assert.equal(mirror.rows('peers')?.size, 0)
  })

  it('forgets what only an open profile may show', () => {
    const { bridge, watches } = watchedBridge()
    const mirror = createMirror(bridge)
    mirror.subscribe('people', () => {})
    mirror.subscribe('session', () => {})
    for (const watch of watches) watch.push({ revision: 1, isWhole: true, rows: [], gone: [] })
    mirror.forgetAllBut(['session'])
    assert.equal(mirror.rows('people'), undefined)
    assert.notEqual(mirror.rows('session'), undefined)
  })
})
