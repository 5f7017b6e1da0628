import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isSameRow, type Row, rowIndexOf, rowsOf } from '../../../renderer/chat/rows.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { buildMessage, came, went } from './build-message.ts'

const lay = (messages: readonly Message[], firstUnread?: string): readonly Row[] =>
  rowsOf(messages, { hasBeginning: false, firstUnread })
/** Runs of one author as one word, everything else by its kind. */
function shape(rows: readonly Row[]): string {
  const words: { author: string; count: number }[] = []
  for (const row of rows) {
    if (row.kind !== 'turn') words.push({ author: row.kind, count: 0 })
    else if (row.isOpening) words.push({ author: row.message.author, count: 1 })
    else words[words.length - 1] = { author: row.message.author, count: (words.at(-1)?.count ?? 0) + 1 }
  }
  return words.map(({ author, count }) => (count === 0 ? author : `${author}×${count}`)).join(' ')
}

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

  it('are one for each message, so that a page above moves nothing below', () => {
    const known = [buildMessage(30), buildMessage(31), buildMessage(32)]
    const keys = (rows: readonly Row[]) => rows.flatMap((row) => (row.kind === 'turn' ? [row.key] : []))
    assert.deepEqual(keys(lay([buildMessage(28), buildMessage(29), ...known])).slice(2), keys(lay(known)))
    assert.equal(rowIndexOf(lay(known), 'id-32'), 3)
    assert.equal(rowIndexOf(lay(known), 'elsewhere'), -1)
  })

  it('look the same until something of them changes', () => {
    const [one, again] = [lay([buildMessage(1)]), lay([buildMessage(0), buildMessage(1)])]
    const [first, second] = [one[1], again[2]]
    const message = first?.kind === 'turn' ? first.message : buildMessage(1)
    assert.ok(first && second && isSameRow(first, { kind: 'turn', key: 'x', way: 'unknown', isOpening: true, message }))
    assert.equal(isSameRow(first, second), false, 'the second no longer opens its run')
  })
})
