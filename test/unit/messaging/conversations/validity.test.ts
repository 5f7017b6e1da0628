import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FIRST_SILENT_KIND, isShown, KIND } from '../../../../electron/messaging/conversations/log/body.ts'
import { encodeEntry, NO_ENTRY, type SignedEntry } from '../../../../electron/messaging/conversations/log/entry.ts'
import {
  judgeEntry,
  judgePlace,
  LAMPORT_STEP_MAX,
  type Parent,
  type SoundEntry,
} from '../../../../electron/messaging/conversations/log/validity.ts'
import { sign } from '../../../../electron/messaging/wire/signing.ts'
import { ENTRY_MAX_BYTES, TEXT_MAX_BYTES } from '../../../../shared/domain/limits.ts'
import { seedOf } from '../../../support/conversers.ts'
import { oneMore, type Pen, pen } from '../../../support/entries.ts'

const MOST = Number.MAX_SAFE_INTEGER
// Signed as it is: only the number is wrong.
const raised = ({ bytes }: SignedEntry): SignedEntry => {
  const one = oneMore(bytes)
  return { bytes: one, signature: sign('entry', one, seedOf(1)) }
}
const anyone = () => true
const text = (length: number) => ({ kind: 'text', text: 'x'.repeat(length) }) as const

function sound(signed: SignedEntry, writer: Pen): SoundEntry {
  const verdict = judgeEntry(signed, writer.log, anyone)
  if (typeof verdict === 'string') throw new Error(verdict)
  return verdict
}

const parentOf = ({ id, entry }: SoundEntry): Parent => ({ id, log: entry, seq: entry.seq, lamport: entry.lamport })

describe('an entry by itself', () => {
  const cases: readonly (readonly [string, (writer: Pen) => SignedEntry, string])[] = [
    ['a first text', (writer) => writer.next(), 'sound'],
    ['a text of exactly the limit', (writer) => writer.next(text(TEXT_MAX_BYTES)), 'sound'],
    ['a text one byte over it', (writer) => writer.next(text(TEXT_MAX_BYTES + 1)), 'too-long'],
    [
      'an edit over the limit',
      (writer) => writer.next({ kind: 'edit', target: '1'.repeat(64), text: 'x'.repeat(TEXT_MAX_BYTES + 1) }),
      'too-long',
    ],
    ['an unknown kind', (writer) => writer.next({ kind: 'other', number: 77, bytes: new Uint8Array(30_000) }), 'sound'],
    [
      'an entry over 32 KiB',
      (writer) => writer.next({ kind: 'other', number: 77, bytes: new Uint8Array(ENTRY_MAX_BYTES) }),
      'too-long',
    ],
    [
      'bytes that are no entry',
      () => ({ bytes: Uint8Array.of(1, 2, 3), signature: new Uint8Array(64) }),
      'not-readable',
    ],
    [
      'a text that is not UTF-8',
      (writer) => writer.next(undefined, { body: Uint8Array.of(10, 1, 0xff) }),
      'not-readable',
    ],
    [
      'a reaction to nothing',
      (writer) => writer.next(undefined, { kind: KIND.reaction, body: new Uint8Array() }),
      'not-readable',
    ],
    ['seq 0', (writer) => writer.next(undefined, { seq: 0 }), 'bad-seq'],
    ['seq 2^53', (writer) => raised(writer.next(undefined, { seq: MOST, previous: 'a'.repeat(64) })), 'not-readable'],
    ['lamport 0', (writer) => writer.next(undefined, { lamport: 0 }), 'bad-lamport'],
    ['lamport 2^53', (writer) => raised(writer.next(undefined, { lamport: MOST })), 'not-readable'],
    [
      'a first entry with something before it',
      (writer) => writer.next(undefined, { previous: 'a'.repeat(64) }),
      'bad-previous',
    ],
    [
      'a second entry with nothing before it',
      (writer) => writer.next(undefined, { seq: 2, previous: NO_ENTRY }),
      'bad-previous',
    ],
    ['another conversation', (writer) => writer.next(undefined, { conversation: 'a'.repeat(64) }), 'other-log'],
    ['another instance', (writer) => writer.next(undefined, { instance: 'a'.repeat(32) }), 'other-log'],
    ['another author', (writer) => writer.next(undefined, { author: pen(3, 2).log.author }), 'other-log'],
    ['a time that no calendar has', (writer) => writer.next(undefined, { writtenAt: 8.64e15 + 1 }), 'not-readable'],
  ]
  for (const [what, write, expected] of cases)
    it(`${what}: ${expected}`, () => {
      const writer = pen(1, 2)
      const verdict = judgeEntry(write(writer), writer.log, anyone)
      assert.equal(typeof verdict === 'string' ? verdict : 'sound', expected)
    })

  it('is refused from somebody who is no member', () => {
    const writer = pen(1, 2)
    assert.equal(
      judgeEntry(writer.next(), writer.log, (author) => author !== writer.log.author),
      'not-a-member',
    )
  })

  it('is refused with any signature but its own', () => {
    const writer = pen(1, 2)
    const { bytes, signature, entry } = writer.next()
    const judge = (given: Uint8Array, over = bytes) => judgeEntry({ bytes: over, signature: given }, writer.log, anyone)
    assert.equal(typeof judge(signature), 'object')
    for (const [what, wrong] of [
      ['nothing', new Uint8Array()],
      ['zeros', new Uint8Array(64)],
      ['one bit changed', signature.map((byte, at) => (at === 40 ? byte ^ 1 : byte))],
      ['of somebody else', sign('entry', bytes, seedOf(3))],
      ['of another kind', sign('invite', bytes, seedOf(1))],
    ] as const)
      assert.equal(judge(wrong), 'wrong-signature', what)
    assert.equal(judge(signature, encodeEntry({ ...entry, lamport: 2 })), 'wrong-signature', 'of other bytes')
  })
})

describe('an entry in its log', () => {
  it('fits after the one it names', () => {
    const writer = pen(1, 2)
    const first = sound(writer.next(), writer)
    assert.equal(judgePlace(first, undefined), 'fits')
    assert.equal(judgePlace(sound(writer.next(), writer), parentOf(first)), 'fits')
  })

  it('is a gap while the one before it is not held', () => {
    const writer = pen(1, 2)
    writer.next()
    assert.equal(judgePlace(sound(writer.next(), writer), undefined), 'gap')
  })

  it('fits as a fork beside another at the same seq', () => {
    const [writer, twin] = [pen(1, 2), pen(1, 2)]
    const first = sound(writer.next(), writer)
    twin.next()
    const [left, right] = [sound(writer.next(), writer), sound(twin.next(text(3)), twin)]
    assert.notEqual(left.id, right.id)
    assert.deepEqual([judgePlace(left, parentOf(first)), judgePlace(right, parentOf(first))], ['fits', 'fits'])
  })

  const steps: readonly (readonly [string, number, string])[] = [
    ['stays', 5, 'bad-lamport'],
    ['falls', 4, 'bad-lamport'],
    ['grows by one', 6, 'fits'],
    ['grows by exactly 2^32', 5 + LAMPORT_STEP_MAX, 'fits'],
    ['jumps further', 6 + LAMPORT_STEP_MAX, 'bad-lamport'],
  ]
  for (const [what, lamport, expected] of steps)
    it(`${expected === 'fits' ? 'fits' : 'is refused'} when lamport ${what}`, () => {
      const writer = pen(1, 2)
      const first = sound(writer.next(undefined, { lamport: 5 }), writer)
      assert.equal(judgePlace(sound(writer.next(undefined, { lamport }), writer), parentOf(first)), expected)
    })

  it('is refused as a first entry with a lamport beyond 2^32', () => {
    const writer = pen(1, 2)
    const entry = sound(writer.next(undefined, { lamport: LAMPORT_STEP_MAX + 1 }), writer)
    assert.equal(judgePlace(entry, undefined), 'bad-lamport')
  })

  it('is refused when it skips a seq, or names an entry of another log', () => {
    const writer = pen(1, 2)
    const first = sound(writer.next(), writer)
    const skipping = sound(writer.next(undefined, { seq: 3 }), writer)
    assert.equal(judgePlace(skipping, parentOf(first)), 'bad-seq')
    const other = pen(1, 2, 'cd'.repeat(16))
    const foreign = sound(other.next(undefined, { seq: 2, previous: first.id, lamport: 2 }), other)
    assert.equal(judgePlace(foreign, parentOf(first)), 'bad-previous')
  })
})

describe('an unknown kind', () => {
  it('is shown below 128 and silent from there on', () => {
    const other = (number: number) => isShown({ kind: 'other', number, bytes: new Uint8Array() })
    assert.deepEqual([other(6), other(FIRST_SILENT_KIND - 1), other(FIRST_SILENT_KIND)], [true, true, false])
  })
})
