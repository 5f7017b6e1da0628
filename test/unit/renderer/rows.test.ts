import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Row, rowIndexOf, rowsOf } from '../../../renderer/chat/rows.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { buildMessage, came, went } from './build-message.ts'

const lay = (messages: readonly Message[], firstUnread?: string): readonly Row[] =>
  rowsOf(messages, { hasBeginning: false, firstUnread })
const shape = (rows: readonly Row[]): string =>
  rows.map((row) => (row.kind === 'turn' ? `${row.author}×${row.messages.length}` : row.kind)).join(' ')

describe('the rows of a conversation', () => {
  it('group one author’s messages within a quarter hour', () => {
    const rows = lay([
      buildMessage(0),
      buildMessage(14),
      buildMessage(15),
      buildMessage(16, { isMine: true }),
      buildMessage(17),
    ])
    assert.equal(shape(rows), 'day bea×2 bea×1 me×1 bea×1')
  })

  it('open a new day once, even when a clock goes back', () => {
    const day = 24 * 60
    const rows = lay([
      buildMessage(0),
      buildMessage(1, { writtenAt: buildMessage(day).writtenAt }),
      buildMessage(2, { isMine: true }),
      buildMessage(3, { writtenAt: buildMessage(day + 1).writtenAt }),
    ])
    assert.equal(shape(rows), 'day bea×1 day bea×1 me×1 bea×1')
  })

  it('put the mark of unread before the first unread message, inside a group too', () => {
    assert.equal(shape(lay([buildMessage(0), buildMessage(1), buildMessage(2)], 'id-1')), 'day bea×1 unread bea×2')
  })

  it('mark a change of way where it happened, and only there', () => {
    const rows = lay([
      buildMessage(0, came('relayed')),
      buildMessage(1),
      buildMessage(2, went('relayed')),
      buildMessage(3, went('direct')),
      buildMessage(4, came('lan')),
    ])
    assert.equal(shape(rows), 'day bea×2 me×1 mark me×1 mark bea×1')
    const marks = rows.flatMap((row) => (row.kind === 'mark' ? [row] : []))
    assert.deepEqual(
      marks.map(({ way, transport, tripMs }) => [way, transport, tripMs]),
      [
        ['direct', 'tcp', 14],
        ['lan', 'tcp', undefined],
      ],
    )
    assert.equal(marks[1]?.at, buildMessage(4).arrivedAt, 'of what came, only when it did is known')
  })

  it('draw what waits as waiting, and what nobody noted as unknown', () => {
    const ways = lay([
      buildMessage(0),
      buildMessage(1, { isMine: true, delivery: 'written' }),
      buildMessage(2, came('relayed')),
      buildMessage(3, went('lan')),
    ]).flatMap((row) => (row.kind === 'turn' ? [row.way] : []))
    assert.deepEqual(ways, ['unknown', 'waiting', 'relayed', 'direct'])
  })

  it('cut a long run into rows, of which the first alone says who and when', () => {
    const run = Array.from({ length: 45 }, (_, index) =>
      buildMessage(0, { id: `id-${index}`, order: { ...buildMessage(0).order, lamport: index } }),
    )
    const rows = lay(run)
    assert.equal(shape(rows), 'day bea×20 bea×20 bea×5')
    assert.deepEqual(
      rows.flatMap((row) => (row.kind === 'turn' ? [row.isOpening] : [])),
      [true, false, false],
    )
    assert.equal(rowIndexOf(rows, 'id-44'), 3)
    assert.equal(rowIndexOf(rows, 'elsewhere'), -1)
  })
})
