import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decodeFrame, encodeFrame, type Frame } from '../../../../electron/messaging/conversations/sync/frames.ts'
import { encodeHex } from '../../../../electron/messaging/wire/hex.ts'
import { peerIdOfSeed } from '../../../../electron/messaging/wire/signing.ts'
import { FRAME_MAX_BYTES } from '../../../../shared/domain/limits.ts'
import { seedOf } from '../../../support/conversers.ts'
import { oneMore } from '../../../support/entries.ts'

const hex = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => encodeHex(bytes))
const plain = { noNullPrototype: true }
const log = fc.record(
  {
    ...{ conversation: hex(32), author: fc.constantFrom(peerIdOfSeed(seedOf(1)), peerIdOfSeed(seedOf(2))) },
    instance: hex(16),
  },
  plain,
)
const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ say: fc.constant('hello'), turn: seq }, plain),
  fc.record(
    {
      say: fc.constant('vector'),
      rows: fc.array(fc.record({ log, seq, head: hex(32), read: fc.constant(1) }, plain), { maxLength: 5 }),
      ...{ isComplete: fc.boolean(), isRewind: fc.boolean() },
    },
    plain,
  ),
  fc.record({ say: fc.constant('refusal'), log, seq, reason: fc.constantFrom('wrong-signature', 'too-long') }, plain),
  fc.record({ say: fc.constant('want'), log, head: hex(32), known: fc.array(hex(32), { maxLength: 5 }) }, plain),
  fc.record({ say: fc.constant('typing'), conversation: hex(32) }, plain),
  fc.record({ say: fc.constant('done') }, plain),
)

describe('a frame', () => {
  it('reads back as it was said', () => {
    fc.assert(fc.property(frames, (frame) => assert.deepEqual(decodeFrame(encodeFrame(frame)), [frame])))
  })

  it('that is damaged, truncated or random is told from one that says something, and never throws', () => {
    const damaged = fc
      .tuple(frames, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.nat())
      .map(([frame, at, value, length]) => {
        const bytes = Uint8Array.from(encodeFrame(frame))
        if (bytes.length > 0) bytes[at % bytes.length] = value
        return bytes.subarray(0, 1 + (length % (bytes.length + 1)))
      })
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        const read = decodeFrame(bytes)
        assert.ok(read === undefined || Array.isArray(read))
      }),
      { numRuns: 500 },
    )
  })

  it('of nested groups as deep as a frame is long is damaged', () => {
    assert.equal(decodeFrame(new Uint8Array(FRAME_MAX_BYTES).fill(0x0b)), undefined)
    assert.equal(decodeFrame(new Uint8Array(FRAME_MAX_BYTES).fill(0x7b)), undefined)
  })

  it('of a later version says nothing, and that is no fault', () => {
    assert.deepEqual(decodeFrame(Uint8Array.of(0xf8, 0x07, 1)), [])
    assert.deepEqual(decodeFrame(new Uint8Array()), [])
  })

  it('with a seq of 2^53 or more is damaged', () => {
    const row = { log: { conversation: '1'.repeat(64), author: peerIdOfSeed(seedOf(1)), instance: '2'.repeat(32) } }
    const bytes = encodeFrame({
      ...{ say: 'vector', isComplete: true, isRewind: false },
      rows: [{ ...row, seq: Number.MAX_SAFE_INTEGER, head: '3'.repeat(64), read: 0 }],
    })
    assert.ok(decodeFrame(bytes))
    assert.equal(decodeFrame(oneMore(bytes)), undefined)
  })
})
