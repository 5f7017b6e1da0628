import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { shownUpTo } from '../../../renderer/chat/reading.ts'
import type { Conversation, Message } from '../../../shared/domain/message.ts'
import { buildMessage } from './build-message.ts'

const upTo = (messages: readonly Message[], hidden: readonly Message[] = [], row: Partial<Conversation> = {}) =>
  shownUpTo(messages, { readUpTo: 0, ...row }, (message) => !hidden.includes(message))

const late = buildMessage(1, { arrival: 9, arrivedAt: 0, isLate: true })
const [two, three] = [buildMessage(2, { arrival: 5 }), buildMessage(3, { arrival: 6 })]

describe('what the page calls read', () => {
  it('ends with the message that arrived last, wherever it stands and whatever the clock said', () => {
    assert.equal(upTo([late, two, three]), late.id)
  })

  it('leaves out a late message that nobody has seen, and keeps the rest', () => {
    assert.equal(upTo([late, two, three], [late]), three.id)
  })

  it('stops before a late message that nobody has seen, although what arrived after it was', () => {
    const newest = buildMessage(4, { arrival: 12 })
    assert.equal(upTo([late, two, three, newest], [late]), three.id)
    assert.equal(upTo([late, two, three, newest]), newest.id)
  })

  it('stops before a late message that was not even fetched', () => {
    const row = { readUpTo: 5, late: { count: 1, first: 'further up', arrival: 6 } }
    assert.equal(upTo([buildMessage(8, { arrival: 7 })], [], row), undefined)
    assert.equal(upTo([two, buildMessage(8, { arrival: 7 })], [], { ...row, readUpTo: 0 }), two.id)
  })

  it('does not stop before a late message that was seen and is held no more', () => {
    const row = { readUpTo: 5, late: { count: 1, first: 'further up', arrival: 6 } }
    const newest = buildMessage(8, { arrival: 7 })
    const seen = { shownLate: new Map([['further up', 6]]) }
    assert.equal(
      shownUpTo([newest], row, () => true, seen),
      newest.id,
    )
  })

  it('goes no further than the first late message while others are not held', () => {
    const row = { readUpTo: 5, late: { count: 2, first: late.id, arrival: 9 } }
    const newest = buildMessage(8, { arrival: 12 })
    assert.equal(upTo([late, newest], [], row), late.id)
  })

  it('leaves what stands below and is not held, unless it was shown before', () => {
    const row = { readUpTo: 5, unread: 3, late: { count: 1, first: late.id, arrival: 9 } }
    const away = (shownTo: number) => shownUpTo([late], row, () => true, { shownLate: new Map(), shownTo })
    assert.equal(away(5), undefined)
    assert.equal(away(11), late.id)
    assert.equal(
      shownUpTo([late], { ...row, unread: 1 }, () => true, { shownLate: new Map(), shownTo: 5 }),
      late.id,
    )
  })

  it('is nothing when all of it is read already, or mine', () => {
    assert.equal(upTo([two, three], [], { readUpTo: 6 }), undefined)
    assert.equal(upTo([buildMessage(4, { isMine: true, arrival: 7 })]), undefined)
    assert.equal(upTo([]), undefined)
  })

  it('does not wait for a message that was taken back', () => {
    const gone: Message = { ...late, body: { kind: 'deleted' } }
    assert.equal(upTo([gone, two], [gone]), gone.id)
  })
})
