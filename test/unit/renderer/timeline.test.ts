import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lastArrived, lastMine, merge } from '../../../renderer/chat/timeline.ts'
import { buildMessage } from './build-message.ts'

describe('the timeline', () => {
  it('holds each message once and in order, whatever the order of arrival', () => {
    const [one, two, three] = [buildMessage(1), buildMessage(2), buildMessage(3)]
    assert.deepEqual(merge(merge([three], [one]), [two, one, three]), [one, two, three])
  })

  it('replaces a changed message in its place', () => {
    const changed = buildMessage(1, { body: { kind: 'deleted' } })
    assert.deepEqual(merge([buildMessage(1), buildMessage(2)], [changed]), [changed, buildMessage(2)])
  })

  it('knows the last that arrived by arrival, not by its place', () => {
    // The clock stepped back in between: only the number of the arrival says which was last.
    const late = buildMessage(1, { arrival: 9, arrivedAt: 0 })
    assert.equal(lastArrived([late, buildMessage(5), buildMessage(6, { isMine: true })]), late)
    assert.equal(lastArrived([buildMessage(6, { isMine: true })]), undefined)
  })

  it('finds the newest message of mine', () => {
    const mine = buildMessage(2, { isMine: true })
    assert.equal(lastMine([buildMessage(1, { isMine: true }), mine, buildMessage(3)]), mine)
  })
})
