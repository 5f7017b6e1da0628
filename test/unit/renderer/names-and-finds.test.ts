import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { foundPieces, fromFirstFound } from '../../../renderer/chat/found-words.ts'
import { shortName } from '../../../renderer/words/short-name.ts'

describe('a name in a sentence', () => {
  it('stays whole when I gave it', () => {
    assert.equal(shortName({ name: 'Petr Kos', givenName: 'Uncle Petr' }), 'Uncle Petr')
  })
  const chosen = [
    ['Bea Lindqvist', 'Bea'],
    ['Dr. Bea Lindqvist', 'Dr. Bea Lindqvist'],
    ['van Dyk', 'van Dyk'],
    ['J. R. Smith', 'J. R. Smith'],
    ['7 of 9', '7 of 9'],
    ['Bea', 'Bea'],
    ['', ''],
  ] as const
  for (const [name, short] of chosen) it(`“${name}” becomes “${short}”`, () => assert.equal(shortName({ name }), short))
})

describe('words that were found', () => {
  const marked = (text: string, search: string) =>
    foundPieces(text, search)
      .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
      .join('')
  it('are marked in any case, each of them', () => {
    assert.equal(marked('The blue Pot is blue', 'blue pot'), 'The [blue] [Pot] is [blue]')
    assert.equal(marked('nothing', 'else'), 'nothing')
  })
  it('are marked with or without their accents, at the beginning of words only', () => {
    assert.equal(marked('Café, cafe\u0301s and decaf', 'cafe'), '[Café], [cafe\u0301]s and decaf')
    assert.equal(marked('ÜBER uber', 'über'), '[ÜBER] [uber]')
    assert.equal(marked('printer sprint', 'print'), '[print]er sprint')
  })
  it('may hold signs that mean something elsewhere', () => {
    assert.equal(marked('is it (50-50)? a/b {c}', '(50-50)? a/b {c}'), 'is it [(50-50)?] [a/b] [{c}]')
  })
  it('come into sight in a long text', () => {
    const long = `${'word '.repeat(40)}the blue pot`
    const { text, isCut } = fromFirstFound(long, 'pot')
    assert.equal(isCut, true)
    assert.ok(text.endsWith('pot') && text.length < 24, text)
    assert.deepEqual(fromFirstFound('the pot', 'pot'), { text: 'the pot', isCut: false })
  })
})
