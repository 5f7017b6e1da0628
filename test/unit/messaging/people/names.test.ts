import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { skeleton } from '../../../../electron/messaging/people/confusables.ts'
import { lookAlikes } from '../../../../electron/messaging/people/contact-row.ts'
import { checkName, cleanName, cleanNote, countGraphemes } from '../../../../electron/messaging/people/names.ts'
import { newcomer } from '../../../../electron/messaging/people/states.ts'
import { NAME_MAX_BYTES, NAME_MAX_GRAPHEMES } from '../../../../shared/domain/limits.ts'

const cleaned: readonly (readonly [why: string, raw: string, shown: string])[] = [
  ['plain', 'Bea', 'Bea'],
  ['spaces around and inside', '  Bea \t\n  Müller ', 'Bea Müller'],
  ['composed', 'Be\u0301a', 'Béa'],
  ['right-to-left override', 'exe.\u202Egpj', 'exe.gpj'],
  ['bidi isolates', '\u2066Bea\u2069', 'Bea'],
  ['zero-width space and joiners', 'B\u200Be\u200Ca\u200D', 'Bea'],
  ['byte order mark', '\uFEFFBea', 'Bea'],
  ['tag characters', 'Bea\u{E0042}\u{E007F}', 'Bea'],
  ['variation selectors', 'Bea\uFE0F\u{E0101}', 'Bea'],
  ['an emoji keeps its look', 'Bea \u263A\uFE0F', 'Bea \u263A\uFE0F'],
  ['Hangul fillers and empty Braille', 'Bea\u3164\u2800', 'Bea'],
  ['control characters', 'B\u0000e\u001Ba\u0085', 'Bea'],
  ['lone surrogates', 'Bea\uD800', 'Bea'],
  ['private use', 'Bea\uE000', 'Bea'],
  ['line separators', 'Bea\u2028Müller', 'Bea Müller'],
  ['piled-up marks', `B${'\u0330'.repeat(40)}ea`, `B${'\u0330'.repeat(4)}ea`],
  ['nothing to see', '\u200B\u2066 \u3164', ''],
  ['other scripts stay', 'Беа 比亚 بيا', 'Беа 比亚 بيا'],
]
for (const [why, raw, shown] of cleaned) test(`a name is cleaned: ${why}`, () => assert.equal(cleanName(raw), shown))

test('whatever a stranger calls itself, the name shown is within limits, visible, and stays as it is when cleaned again', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  )
  fc.assert(
    fc.property(anyText, (raw) => {
      const name = cleanName(raw)
      assert.ok(countGraphemes(name) <= NAME_MAX_GRAPHEMES)
      assert.ok(Buffer.byteLength(name) <= NAME_MAX_BYTES)
      assert.doesNotMatch(name, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      assert.equal(cleanName(name), name)
    }),
    { numRuns: 500 },
  )
})

test('my own name is refused rather than cut', () => {
  assert.deepEqual(checkName(' Ada '), { ok: true, value: 'Ada' })
  assert.deepEqual(checkName(' \u200B '), { ok: false, failure: { code: 'empty' } })
  for (const long of ['a'.repeat(65), '比'.repeat(33), 'a'.repeat(1_000_000)]) {
    const refused = checkName(long)
    assert.equal(refused.ok, false)
    assert.equal(!refused.ok && refused.failure.code, 'too-long')
    assert.equal(!refused.ok && refused.failure.detail?.['limit'], 64)
  }
  assert.equal(checkName('a'.repeat(64)).ok, true)
})

test('a note is cut to its characters, not inside one', () => {
  assert.equal(cleanNote('👩‍🚀'.repeat(300), 200).length <= 200 * 16, true)
  assert.equal(countGraphemes(cleanNote('é'.repeat(300), 200)), 200)
})

const alike = [
  ['Bea', 'Веа'], // Cyrillic
  ['Bea', 'BEA'],
  ['Bea', 'Béa'],
  ['Bea', 'Ｂｅａ'], // full width
  ['Bea', '𝐁𝐞𝐚'], // mathematical
  ['Bill', 'BiII'],
  ['Bill', 'B1ll'],
  ['Paul', 'Раul'],
  ['Tom', 'T0m'],
  ['Anna', 'An na'],
  ['Emma', 'Ernrna'],
  ['Sophie', 'Sοphiе'], // Greek omicron, Cyrillic ie
] as const
for (const [one, other] of alike) test(`${other} looks like ${one}`, () => assert.equal(skeleton(one), skeleton(other)))

test('different names do not look alike', () => {
  const names = ['Ada', 'Bea', 'Bear', 'Carl', 'Clara', 'Иван', 'Анна', 'Μαρία', '比亚', 'Tom', 'Tim']
  assert.equal(new Set(names.map(skeleton)).size, names.length)
})

test('the newcomer is warned about, not the contact who had the name before; a name I gave needs no warning', () => {
  const person = (id: string, name: string, state: 'mutual' | 'asks-me', since: number) => ({
    ...newcomer(id, state, since),
    name,
  })
  const bea = person('1', 'Bea', 'mutual', 10)
  const fake = person('2', 'Веа', 'asks-me', 5)
  assert.deepEqual([...lookAlikes([fake, bea], 'Ada')], [['2', 'Bea']])
  assert.deepEqual([...lookAlikes([{ ...fake, givenName: 'Fake' }, bea], 'Ada')], [])
  assert.deepEqual([...lookAlikes([person('3', 'Аda', 'asks-me', 1)], 'Ada')], [['3', 'Ada']])
  assert.deepEqual([...lookAlikes([person('4', '', 'asks-me', 1), person('5', '', 'asks-me', 1)], '')], [])
})
