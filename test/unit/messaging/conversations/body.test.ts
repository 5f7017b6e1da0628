import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decodeBody, encodeBody, KIND } from '../../../../electron/messaging/conversations/log/body.ts'
import { decodeEntry, entryId, NO_ENTRY } from '../../../../electron/messaging/conversations/log/entry.ts'
import { pen } from '../../../support/entries.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const ID = '11'.repeat(32)
const TARGET = `0a20 ${ID}`

// The verdicts of version 1, for ever. If one of these has to change, it is no longer version 1.
const REFUSED: readonly (readonly [string, number, string])[] = [
  ['a text tagged as a number', KIND.text, '080161'],
  ['a text tagged as a number, with a number', KIND.text, '0801'],
  ['a text tagged as four bytes', KIND.text, '0d61616161'],
  ['a text tagged as eight bytes', KIND.text, '096161616161616161'],
  ['a text that is there twice', KIND.text, '0a0161 0a0162'],
  ['a field number 0', KIND.text, '0200 0a0161'],
  ['a field number 0 with a number', KIND.text, '0a0161 0001'],
  ['a tag that is longer than it has to be', KIND.text, '8a00 0161'],
  ['a tag of more than 32 bits that is the known one in the lower', KIND.text, '8a80808010 0161'],
  ['a tag of more than five bytes', KIND.text, '8a8080808000 0161'],
  ['a length that is longer than it has to be', KIND.text, '0a8100 61'],
  ['a length of more than 32 bits that is right in the lower', KIND.text, '0a8180808010 61'],
  ['a length beyond the end', KIND.text, '0a0261'],
  ['a length that is cut off', KIND.text, '0a81'],
  ['a tag that is cut off', KIND.text, '0a0161 92'],
  ['a field without its value', KIND.text, '0a0161 12'],
  ['an unknown field beyond the end', KIND.text, '0a0161 7a0261'],
  ['an unknown number that is cut off', KIND.text, '0a0161 7880'],
  ['an unknown number that is longer than it has to be', KIND.text, '0a0161 788000'],
  ['an unknown number of more than 64 bits', KIND.text, '0a0161 78ffffffffffffffffff02'],
  ['an unknown number of eleven bytes', KIND.text, '0a0161 78ffffffffffffffffff8001'],
  ['four unknown bytes that are three', KIND.text, '0a0161 7d616161'],
  ['eight unknown bytes that are seven', KIND.text, '0a0161 7961616161616161'],
  ['a group', KIND.text, '0a0161 7b7c'],
  ['the end of a group', KIND.text, '0a0161 0c'],
  ['wire type 6', KIND.text, '0a0161 7e'],
  ['wire type 7', KIND.text, '0a0161 7f'],
  ['a reply to something of 31 bytes', KIND.text, `0a0161 121f ${ID.slice(2)}`],
  ['a reply to something of no bytes', KIND.text, '0a0161 1200'],
  ['a bool of 2', KIND.reaction, `${TARGET} 120161 1802`],
  ['a bool of 2^32', KIND.reaction, `${TARGET} 120161 188080808010`],
  ['a bool of 2^32 + 1', KIND.reaction, `${TARGET} 120161 188180808010`],
  ['a bool of two bytes', KIND.reaction, `${TARGET} 120161 188100`],
  ['a bool of two bytes that is false', KIND.reaction, `${TARGET} 120161 188000`],
  ['a bool tagged as bytes', KIND.reaction, `${TARGET} 120161 1a01`],
  ['a bool tagged as bytes, with bytes', KIND.reaction, `${TARGET} 120161 1a0101`],
  ['a bool that is there twice', KIND.reaction, `${TARGET} 120161 1800 1801`],
  ['a reaction to nothing', KIND.reaction, '120161 1801'],
  ['an emoji that is there twice', KIND.reaction, `${TARGET} 120161 120162 1801`],
  ['an edit with its text tagged as a number', KIND.edit, `${TARGET} 1001`],
  ['an edit of two entries', KIND.edit, `${TARGET} ${TARGET} 120161`],
  ['a deletion of two entries', KIND.delete, `${TARGET} ${TARGET}`],
  ['a deletion of nothing', KIND.delete, ''],
  ['a name that is there twice', KIND.profile, '0a0161 0a0162'],
  ['a name tagged as a number', KIND.profile, '0801'],
]

const text = { kind: 'text', text: 'a' } as const
const READ: readonly (readonly [string, number, string, object])[] = [
  ['a text', KIND.text, '0a0161', text],
  ['no text', KIND.text, '', { kind: 'text', text: '' }],
  ['a text whose length is spelled out as 0', KIND.text, '0a00', { kind: 'text', text: '' }],
  ['a reply', KIND.text, `0a0161 1220 ${ID}`, { ...text, inReplyTo: ID }],
  ['fields in another order', KIND.text, `1220 ${ID} 0a0161`, { ...text, inReplyTo: ID }],
  ['an unknown number', KIND.text, '0a0161 7801', text],
  ['the largest unknown number', KIND.text, '0a0161 78ffffffffffffffffff01', text],
  ['unknown bytes, before and twice', KIND.text, '7a026162 0a0161 7a0161', text],
  ['four and eight unknown bytes', KIND.text, '7d61616161 796161616161616161 0a0161', text],
  ['the largest field number', KIND.text, '0a0161 f8ffffff0f00', text],
  ['a reaction', KIND.reaction, `${TARGET} 120161 1801`, { kind: 'reaction', target: ID, emoji: 'a', isOn: true }],
  [
    'a reaction taken back',
    KIND.reaction,
    `${TARGET} 120161`,
    { kind: 'reaction', target: ID, emoji: 'a', isOn: false },
  ],
  [
    'the same with its 0',
    KIND.reaction,
    `${TARGET} 120161 1800`,
    { kind: 'reaction', target: ID, emoji: 'a', isOn: false },
  ],
  ['an edit', KIND.edit, `${TARGET} 120161`, { kind: 'edit', target: ID, text: 'a' }],
  ['a deletion', KIND.delete, TARGET, { kind: 'delete', target: ID }],
  ['a name', KIND.profile, '0a0161', { kind: 'profile', name: 'a' }],
]

describe('a body of version 1', () => {
  for (const [what, kind, hex] of REFUSED)
    it(`is refused for ${what}`, () => assert.equal(decodeBody(kind, bytes(hex)), 'not-readable'))

  for (const [what, kind, hex, body] of READ)
    it(`may be ${what}`, () => assert.deepEqual(decodeBody(kind, bytes(hex)), body))

  it('of a wrong form is not readable, however long it is', () => {
    const long = Buffer.concat([bytes('02000a81800180'), Buffer.alloc(16_500, 'a')])
    assert.equal(decodeBody(KIND.text, long), 'not-readable')
    const tooLong = encodeBody({ kind: 'text', text: 'a'.repeat(16_385) })
    assert.equal(decodeBody(KIND.text, tooLong.bytes), 'too-long')
  })

  it('of a kind that version 1 does not know is kept as it is, readable or not', () => {
    for (const kind of [0, 5, 6, 127, 129, 130, 2 ** 32 - 1])
      assert.deepEqual(decodeBody(kind, bytes('0b')), { kind: 'other', number: kind, bytes: bytes('0b') })
  })

  it('as we write it always has the form we ask for', () => {
    const id = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((id) => Buffer.from(id).toString('hex'))
    const [words, isOn] = [fc.string({ maxLength: 60 }), fc.boolean()]
    const bodies = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: fc.string({ maxLength: 3_000 }), inReplyTo: id }),
      fc.record({ kind: fc.constant('reaction' as const), target: id, emoji: fc.string({ maxLength: 20 }), isOn }),
      fc.record({ kind: fc.constant('edit' as const), target: id, text: words }),
      fc.record({ kind: fc.constant('delete' as const), target: id }),
      fc.record({ kind: fc.constant('profile' as const), name: words }),
    )
    fc.assert(
      fc.property(bodies, (body) => {
        const { kind, bytes } = encodeBody(body)
        assert.deepEqual(decodeBody(kind, bytes), { ...body })
      }),
    )
  })
})

describe('an entry of version 1', () => {
  const good = pen(1, 2).next({ kind: 'text', text: 'a' }, { writtenAt: 1, lamport: 1 })
  const hex = Buffer.from(good.bytes).toString('hex')
  /** The same entry with one stretch of its bytes, which is there once, replaced. */
  const changed = (from: string, to: string) => {
    assert.equal(hex.split(from).length, 2, `${from} is there once`)
    return bytes(hex.replace(from, to))
  }
  const seq = `2001 2a20 ${NO_ENTRY} 3001 3801 4210`.replaceAll(' ', '')
  const end = '480152030a0161'

  it('reads', () => assert.equal(entryId(good.bytes) === good.id && decodeEntry(good.bytes)?.seq, 1))

  const forms: readonly (readonly [string, string, string])[] = [
    ['a number tagged as bytes', seq, `2201${seq.slice(4)}`],
    ['a seq that is longer than it has to be', seq, `208100${seq.slice(4)}`],
    ['a seq of more than 64 bits', seq, `2081808080808080808002${seq.slice(4)}`],
    ['a tag that is longer than it has to be', seq, `a00001${seq.slice(4)}`],
    ['a tag of more than 32 bits', seq, `a08080801001${seq.slice(4)}`],
    ['a kind of more than 32 bits', end, `48818080801052030a0161`],
    ['a kind that is longer than it has to be', end, `48810052030a0161`],
    ['a kind tagged as bytes', end, `4a0152030a0161`],
    ['a kind tagged as four bytes', end, `4d0100000052030a0161`],
    ['a body of a length that is longer than it has to be', end, `48015283000a0161`],
    ['a body of a length of more than 32 bits', end, `48015283808080100a0161`],
    ['a body tagged as a number', end, `480150030a0161`],
    ['a body tagged as a group', end, `480153030a0161`],
    ['a field number 0', end, `0000${end}`],
    ['a zero that is spelled out', end, `${end}4800`],
    ['fields in another order', end, '52030a01614801'],
    ['an unknown field', end, `${end}5a00`],
    ['a group', end, `${end}5b5c`],
  ]
  for (const [what, from, to] of forms)
    it(`is refused for ${what}`, () => assert.equal(decodeEntry(changed(from, to)), undefined))
})
