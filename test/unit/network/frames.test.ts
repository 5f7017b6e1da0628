import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodeFrame, FrameDecoder, FrameError } from '../../../electron/network/streams/frames.ts'
import { FRAME_MAX_BYTES } from '../../../shared/domain/limits.ts'

test('frames come out as they went in, however the bytes are split', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 })),
      fc.array(fc.integer({ min: 1, max: 64 })),
      (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(encodeFrame))
        const decoder = new FrameDecoder()
        const out: Uint8Array[] = []
        let at = 0
        for (let turn = 0; at < bytes.byteLength; turn++) {
          const next = at + (cuts[turn % Math.max(1, cuts.length)] ?? 7)
          out.push(...decoder.push(bytes.subarray(at, next)))
          at = next
        }
        assert.deepEqual(
          out.map((frame) => [...frame]),
          frames.map((frame) => [...frame]),
        )
        assert.equal(decoder.isInside, false)
      },
    ),
  )
})

test('no bytes of a stranger make the decoder throw anything but a FrameError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      const decoder = new FrameDecoder()
      try {
        decoder.push(bytes)
      } catch (error) {
        assert.ok(error instanceof FrameError)
      }
    }),
  )
})

test('the longest frame passes and one byte more does not, at either end', () => {
  const longest = new Uint8Array(FRAME_MAX_BYTES)
  assert.equal(new FrameDecoder().push(encodeFrame(longest))[0]?.byteLength, FRAME_MAX_BYTES)
  assert.throws(() => encodeFrame(new Uint8Array(FRAME_MAX_BYTES + 1)), FrameError)
  // 65537 = 0x81 0x80 0x04 in LEB128
  assert.throws(() => new FrameDecoder().push(Uint8Array.of(0x81, 0x80, 0x04)), FrameError)
})

test('a length that never ends is refused', () => {
  assert.throws(() => new FrameDecoder().push(Uint8Array.of(0x80, 0x80, 0x80)), FrameError)
})

test('a stream that ends in the middle of a frame is noticed', () => {
  const inLength = new FrameDecoder()
  inLength.push(Uint8Array.of(0x80))
  assert.ok(inLength.isInside)
  const inFrame = new FrameDecoder()
  inFrame.push(Uint8Array.of(2, 1))
  assert.ok(inFrame.isInside)
})
