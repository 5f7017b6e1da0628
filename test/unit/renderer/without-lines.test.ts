import assert from 'node:assert/strict'
import { it } from 'node:test'
import { withoutLines } from '../../../renderer/without-lines.ts'
import type { Views } from '../../../shared/contract/views.ts'

it('without a messenger no line and no way in is known any more, but who people are stays', () => {
  const bea: Views['people'] = {
    id: 'bea',
    name: 'Bea',
    state: 'mutual',
    isRelayOnly: false,
    isVerified: true,
    since: 0,
    path: { line: { kind: 'direct' }, roundTripMs: 14 },
  }
  assert.deepEqual(withoutLines('people', new Map([['bea', bea]]))?.get('bea'), {
    ...bea,
    path: { line: { kind: 'unknown' } },
  })
  const self: Views['self'] = {
    id: 'me',
    name: 'Noa',
    reach: { line: { kind: 'relayed', relay: 'r' } },
    reachableThrough: [{ relay: 'r' }],
  }
  const unreached = withoutLines('self', new Map([['', self]]))?.get('')
  assert.deepEqual([unreached?.reach, unreached?.reachableThrough], [{ line: { kind: 'unknown' } }, []])
  assert.equal(withoutLines('peers', new Map()), undefined)
  assert.equal(withoutLines('network', new Map()), undefined)
  assert.equal(withoutLines('attempts', new Map()), undefined)
  const settings = new Map<string, Views['settings']>()
  assert.equal(withoutLines('settings', settings), settings)
})
