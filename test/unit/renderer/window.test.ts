import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  HELD_MOST,
  heard,
  type MessageWindow,
  rejoined,
  replaced,
  trimmed,
  withNewer,
  withOlder,
} from '../../../renderer/chat/window.ts'
import type { HistoryPage } from '../../../shared/contract/commands.ts'
import { compareOrder, type Message } from '../../../shared/domain/message.ts'
import { buildMessage } from './build-message.ts'

const run = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, at) => buildMessage(from + at))
const page = (from: number, to: number, ends: { older?: boolean; newer?: boolean } = {}): HistoryPage => {
  const messages = run(from, to)
  const [first, last] = [messages[0], messages.at(-1)]
  return {
    messages,
    ...(ends.older && first ? { before: first.order } : {}),
    ...(ends.newer && last ? { after: last.order } : {}),
  }
}
const change = (messages: readonly Message[], gone: readonly string[] = []) => ({
  conversation: 'c'.repeat(64),
  messages,
  gone,
})
const ids = ({ messages }: MessageWindow): readonly string[] => messages.map(({ id }) => id)
const atEnd = replaced(undefined, page(50, 60, { older: true }), { at: 'newest' })
const away = replaced(atEnd, page(10, 20, { older: true, newer: true }), { at: 'message', id: 'id-15' })

describe('the window of messages', () => {
  it('goes on in both directions without a gap', () => {
    const up = withOlder(away, page(1, 9))
    assert.deepEqual(
      ids(up),
      run(1, 20).map(({ id }) => id),
    )
    assert.deepEqual([up.before, up.changedAt, up.after], [undefined, 'start', away.after])
    const down = withNewer(up, page(21, 60))
    assert.deepEqual([down.messages.length, down.after, down.changedAt], [60, undefined, 'end'])
  })

  it('only counts what arrives below while it ends above the present', () => {
    const next = heard(away, change([buildMessage(61), buildMessage(62), buildMessage(63, { isMine: true })]))
    assert.deepEqual(ids(next), ids(away))
    assert.equal(next.below.size, 2)
    assert.equal(heard(next, change([buildMessage(61)])).below.size, 2, 'a change of one is no other')
    assert.equal(heard(next, change([], ['id-61'])).below.size, 1)
    assert.equal(heard(away, change([buildMessage(55)])).below.size, 0, 'what only changed is not new')
    assert.equal(withNewer(next, page(21, 63)).below.size, 0)
  })

  it('takes what is new at its end, what changed in its place, and leaves what is further up', () => {
    const changed = buildMessage(55, { body: { kind: 'deleted' } })
    const next = heard(atEnd, change([changed, buildMessage(61), buildMessage(3)]))
    assert.deepEqual(
      ids(next),
      run(50, 61).map(({ id }) => id),
    )
    assert.equal(next.messages[5], changed)
    assert.ok(heard(away, change([buildMessage(15.5)])).messages.some(({ id }) => id === 'id-15.5'))
  })

  it('loses what was taken off this screen, and its words in the answers to it', () => {
    const answer = buildMessage(61, { inReplyTo: { id: 'id-55', author: 'bea', text: 'the words' } })
    const next = heard(heard(atEnd, change([answer])), change([], ['id-55']))
    assert.equal(ids(next).includes('id-55'), false)
    assert.deepEqual(next.messages.at(-1)?.inReplyTo, { id: 'id-55', author: 'bea', isHidden: true })
  })

  it('never holds more than its bound, and knows where to go on', () => {
    const many = withOlder(atEnd, page(-HELD_MOST, 49, { older: true }))
    assert.equal(trimmed(atEnd, 'start'), atEnd)
    const below = trimmed(many, 'end')
    assert.ok(below.messages.length < HELD_MOST)
    assert.deepEqual(below.after, below.messages.at(-1)?.order)
    assert.equal(below.changedAt, 'end')
    const above = trimmed(many, 'start')
    assert.equal(above.messages.at(-1)?.id, 'id-60')
    assert.deepEqual([above.before, above.changedAt], [above.messages[0]?.order, 'start'])
  })

  it('keeps the two sides of a fork together when it lets go', () => {
    const many = withOlder(atEnd, page(-HELD_MOST, 49))
    const forked = (at: number): MessageWindow => {
      const messages = many.messages.flatMap((message, index) =>
        index === at ? [message, { ...message, id: `${message.id} twin` }] : [message],
      )
      return { ...many, messages }
    }
    for (let at = 100; at < many.messages.length - 100; at++) {
      for (const end of ['start', 'end'] as const) {
        const kept = trimmed(forked(at), end).messages
        const keptIds = new Set(kept.map(({ id }) => id))
        const lost = forked(at).messages.filter(({ id }) => !keptIds.has(id))
        assert.ok(!kept.some((one) => lost.some((other) => compareOrder(one.order, other.order) === 0)))
      }
    }
  })

  it('starts anew after a lost connection when there may be a gap, and joins when there is none', () => {
    assert.deepEqual(
      ids(rejoined(atEnd, page(58, 66, { older: true }))),
      run(50, 66).map(({ id }) => id),
    )
    const gap = rejoined(atEnd, page(70, 80, { older: true }))
    assert.deepEqual([gap.messages[0]?.id, gap.generation], ['id-70', atEnd.generation + 1])
    const missed = rejoined(away, page(58, 66, { older: true }))
    assert.deepEqual([ids(missed), missed.below.size], [ids(away), 6])
  })
})
