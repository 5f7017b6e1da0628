import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createArrivals } from '../../../electron/app/arrivals.ts'
import { judgeCarried, judgePasted } from '../../../renderer/drops.ts'
import { parseRoute } from '../../../renderer/route.ts'

it('of two windows that take an arrival, only the first shows it', () => {
  const arrivals = createArrivals()
  arrivals.add({ kind: 'page', page: 'people' })
  const [[id] = ['']] = [...arrivals.listing.rows()]
  assert.deepEqual([arrivals.taken(id), arrivals.taken(id)], [true, false])
})

it('a link survives its way through the address of the window', () => {
  const link = 'sightline://add/CAES_-%2F?x=1#/people/../y z'
  assert.deepEqual(parseRoute(`#/people/add/${encodeURIComponent(link)}`), { page: 'people', id: 'add', detail: link })
})

describe('what is dropped or pasted', () => {
  const nothing = { hasFiles: false, hasText: false, isOverField: false, isOverConversation: false }
  const drops = [
    ['text on a field is the field’s', { hasText: true, isOverField: true, isOverConversation: true }, 'ignore'],
    ['text beside a field goes nowhere', { hasText: true }, 'refuse'],
    ['a file goes nowhere', { hasFiles: true }, 'refuse'],
    ['a file on a field goes nowhere', { hasFiles: true, isOverField: true }, 'refuse'],
    ['a file on a conversation is spoken of', { hasFiles: true, isOverConversation: true, isOverField: true }, 'say'],
  ] as const
  for (const [said, carried, judged] of drops)
    it(said, () => assert.equal(judgeCarried({ ...nothing, ...carried }), judged))
  const pastes = [
    ['a pasted file is spoken of in a conversation', { hasFiles: true, isOverConversation: true }, 'say'],
    ['text that brings its picture is text', { hasFiles: true, hasText: true, isOverConversation: true }, 'ignore'],
    ['elsewhere a pasted file is nothing', { hasFiles: true }, 'ignore'],
    ['pasted text is text', { hasText: true, isOverConversation: true }, 'ignore'],
  ] as const
  for (const [said, carried, judged] of pastes)
    it(said, () => assert.equal(judgePasted({ ...nothing, ...carried }), judged))
})
