import { FRAME_MAX_BYTES } from '../../../shared/domain/limits.ts'

/** A peer broke the framing; the stream ends. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}

// An unsigned LEB128 length, as libp2p's other length-prefixed protocols have it. Three bytes hold up to 2 MiB.
const LENGTH_MAX_BYTES = 3

/** A frame with its length in front. Throws when the frame is longer than FRAME_MAX_BYTES. */
export function encodeFrame(frame: Uint8Array): Uint8Array {
  if (frame.byteLength > FRAME_MAX_BYTES)
    throw new FrameError(`a frame has at most ${FRAME_MAX_BYTES} bytes, not ${frame.byteLength}`)
  const length: number[] = []
  let rest = frame.byteLength
  do {
    length.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest)
    rest >>>= 7
  } while (rest > 0)
  const encoded = new Uint8Array(length.length + frame.byteLength)
  encoded.set(length)
  encoded.set(frame, length.length)
  return encoded
}

/** Cuts a stream of bytes back into frames, however the bytes were split on the way. */
export class FrameDecoder {
  readonly #mostBytes: number
  #length = 0
  #lengthBytes = 0
  #frame: Uint8Array | undefined
  #filled = 0

  /** Longer frames are refused. */
  constructor(mostBytes = FRAME_MAX_BYTES) {
    this.#mostBytes = mostBytes
  }

  /** Takes the next bytes, gives the frames they complete. Throws a FrameError for a length no honest peer sends. */
  push(chunk: Uint8Array): Uint8Array[] {
    const frames: Uint8Array[] = []
    let at = 0
    while (at < chunk.byteLength) {
      if (this.#frame === undefined) {
        this.#readLength(chunk[at] ?? 0)
        at += 1
      } else {
        const part = chunk.subarray(at, at + this.#frame.byteLength - this.#filled)
        this.#frame.set(part, this.#filled)
        this.#filled += part.byteLength
        at += part.byteLength
      }
      if (this.#frame !== undefined && this.#filled === this.#frame.byteLength) {
        frames.push(this.#frame)
        this.#frame = undefined
      }
    }
    return frames
  }

  /** Is the decoder in the middle of a frame? Then the stream ended too early. */
  get isInside(): boolean {
    return this.#frame !== undefined || this.#lengthBytes > 0
  }

  #readLength(byte: number): void {
    this.#length |= (byte & 0x7f) << (7 * this.#lengthBytes)
    this.#lengthBytes += 1
    if (this.#length > this.#mostBytes) throw new FrameError(`a frame of ${this.#length} bytes was announced`)
    if ((byte & 0x80) !== 0) {
      if (this.#lengthBytes === LENGTH_MAX_BYTES) throw new FrameError('the length of a frame never ended')
      return
    }
    this.#frame = new Uint8Array(this.#length)
    this.#filled = 0
    this.#length = 0
    this.#lengthBytes = 0
  }
}
