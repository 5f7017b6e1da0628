import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FRAME_MAX_BYTES, isFrameTooLong } from '../../../electron/program/frame-limits.ts'

test('the length of a frame counts in bytes, for whoever sends it as for whoever takes it', () => {
  assert.equal(isFrameTooLong('x'.repeat(FRAME_MAX_BYTES)), false)
  assert.equal(isFrameTooLong('x'.repeat(FRAME_MAX_BYTES + 1)), true)
  // Fewer characters than the limit has bytes, and more bytes than the limit.
  assert.equal(isFrameTooLong('\u6f22'.repeat(FRAME_MAX_BYTES / 3 + 1)), true)
  assert.equal(isFrameTooLong('\u6f22'.repeat(FRAME_MAX_BYTES / 3 - 1)), false)
})
