import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Body } from '../../../../electron/messaging/conversations/log/body.ts'
import { type Foldable, fold } from '../../../../electron/messaging/conversations/view/fold.ts'

const MESSAGE = 'f'.repeat(64)
const entry = (
  body: Body,
  { author = 'ann', lamport = 1, id }: { author?: string; lamport?: number; id?: string } = {},
): Foldable => ({
  id: id ?? `${author} ${lamport} ${body.kind}`,
  order: { lamport, author, instance: '00', seq: lamport },
  writtenAt: lamport * 1000,
  body,
})
const message = entry({ kind: 'text', text: 'first' }, { id: MESSAGE })
const edit = (text: string, lamport: number, author = 'ann') =>
  entry({ kind: 'edit', target: MESSAGE, text }, { author, lamport })
const remove = (lamport: number, author = 'ann') => entry({ kind: 'delete', target: MESSAGE }, { author, lamport })
const react = (emoji: string, isOn: boolean, lamport: number, author = 'bea') =>
  entry({ kind: 'reaction', target: MESSAGE, emoji, isOn }, { author, lamport })

describe('folding', () => {
  it('shows the last edit of the author', () => {
    const folded = fold(message, [edit('third', 9), edit('second', 5)])
    assert.deepEqual(folded.body, { kind: 'text', text: 'third' })
    assert.equal(folded.editedAt, 9000)
  })

  it('does not count edits and deletions by anybody else', () => {
    const folded = fold(message, [edit('forged', 5, 'bea'), remove(6, 'bea')])
    assert.deepEqual(folded.body, { kind: 'text', text: 'first' })
    assert.equal(folded.editedAt, undefined)
  })

  it('takes a deletion as final, with everything that hung on it', () => {
    const folded = fold(message, [remove(3), edit('too late', 5), react('👍', true, 6)])
    assert.deepEqual(folded, { body: { kind: 'deleted' }, textFrom: MESSAGE, reactions: [] })
  })

  it('counts the last word of each person on each emoji', () => {
    const { reactions } = fold(message, [
      react('👍', true, 2, 'bea'),
      react('👍', true, 3, 'ann'),
      react('❤', true, 4, 'bea'),
      react('👍', false, 5, 'bea'),
      react('❤', false, 6, 'bea'),
      react('❤', true, 7, 'bea'),
    ])
    assert.deepEqual(reactions, [
      { emoji: '👍', authors: ['ann'] },
      { emoji: '❤', authors: ['bea'] },
    ])
  })

  it('shows an unknown kind as unsupported, and lets it be deleted', () => {
    const unknown = entry({ kind: 'other', number: 9, bytes: new Uint8Array() }, { id: MESSAGE })
    assert.equal(fold(unknown, [edit('x', 4)]).body.kind, 'unsupported')
    assert.equal(fold(unknown, [remove(4)]).body.kind, 'deleted')
  })

  it('gives the same view in any order of arrival', () => {
    const author = fc.constantFrom('ann', 'bea')
    const lamport = fc.integer({ min: 2, max: 9 })
    const change = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.constantFrom('a', 'b', 'c'), lamport, author).map((args) => edit(...args)) },
      { weight: 1, arbitrary: fc.tuple(lamport, author).map((args) => remove(...args)) },
      {
        weight: 6,
        arbitrary: fc.tuple(fc.constantFrom('👍', '❤'), fc.boolean(), lamport, author).map((args) => react(...args)),
      },
    )
    // Ids differ even where the place is the same: the two sides of a fork.
    const changes = fc
      .array(change, { maxLength: 12 })
      .map((list) => list.map((one, index): Foldable => ({ ...one, id: `${one.id} ${index}` })))
    const shuffled = changes.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        assert.deepEqual(fold(message, other), fold(message, list))
        assert.deepEqual(fold(message, [...list, ...other]), fold(message, list))
      }),
    )
  })
})
