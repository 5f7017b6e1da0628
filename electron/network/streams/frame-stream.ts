import type { Connection, Stream } from '@libp2p/interface'
import type { Path } from '../../../shared/domain/line.ts'
import type { FrameStream } from '../network.ts'
import { encodeFrame, FrameDecoder, FrameError } from './frames.ts'

// Read ahead of whoever reads; then the other side is asked to pause.
const READ_AHEAD_BYTES = 128 * 1024
// What a piece costs beside its bytes, so that many tiny ones count as what they are.
const OVERHEAD_BYTES = 256
// Bytes are cut into frames this many at a time, because each of them may be an empty frame: as an object, a hundred
// times as large as on the wire.
const CUT_BYTES = 1024
// A peer that takes nothing for this long while its connection answers pings does not read any more.
const STALLED_MS = 60_000
// A full window takes this long at 64 kbit/s; whoever has not taken everything by then is cut off.
const GOODBYE_MS = 30_000

/** A libp2p stream as a stream of frames. Reads nothing before this is called. */
export function createFrameStream(stream: Stream, connection: Connection, path: () => Path): FrameStream {
  const decoder = new FrameDecoder()
  /** As they came; only what is about to be read is cut into frames. */
  const pieces: Uint8Array[] = []
  let cutBytes = 0
  let frames: Uint8Array[] = []
  const ended = new AbortController()
  let waitingBytes = 0
  let isPaused = false
  let hasClosed = false
  let isFinished = false
  // libp2p closes the streams of a lost connection as quietly as if the other side had closed them.
  let hasSaidGoodbye = stream.remoteWriteStatus === 'closed' && stream.status === 'open'
  let failure: Error | undefined
  let wake: (() => void) | undefined
  let drained: Promise<void> | undefined

  const notify = () => {
    wake?.()
    wake = undefined
  }
  const fail = (error: Error) => {
    failure ??= error
    if (stream.status === 'open' || stream.status === 'closing') stream.abort(error)
    notify()
  }

  const finish = () => {
    if (!hasSaidGoodbye) failure ??= new Error('the connection was lost')
    isFinished = true
  }

  function keep(data: { subarray(): Uint8Array }): void {
    // A copy: a view of a few bytes would keep everything that arrived with them.
    const piece = new Uint8Array(data.subarray())
    pieces.push(piece)
    waitingBytes += piece.byteLength + OVERHEAD_BYTES
    if (waitingBytes <= READ_AHEAD_BYTES || isPaused || stream.readStatus !== 'readable') return
    isPaused = true
    stream.pause()
  }

  function resume(): void {
    if (!isPaused) return
    isPaused = false
    if (stream.readStatus === 'paused') stream.resume()
  }

  /** Cuts the next few bytes into frames. */
  function cut(): void {
    const piece = pieces[0] ?? new Uint8Array()
    const part = piece.subarray(cutBytes, cutBytes + CUT_BYTES)
    cutBytes += part.byteLength
    if (cutBytes === piece.byteLength) {
      pieces.shift()
      cutBytes = 0
      waitingBytes -= piece.byteLength + OVERHEAD_BYTES
    }
    try {
      frames = decoder.push(part)
    } catch (error) {
      pieces.length = 0
      fail(error instanceof Error ? error : new FrameError(String(error)))
    }
    if (waitingBytes < READ_AHEAD_BYTES / 2) resume()
  }

  /**
   * Everything the other side said has been read. `end` alone does not tell: what arrived together with the protocol's
   * name is handed over after it. And a reset ends the reading too, just before its `close`.
   */
  const finishIfRead = () => {
    if (!stream.readableEnded || stream.readBufferLength > 0) return
    if (stream.status === 'aborted' || stream.status === 'reset') return
    finish()
    notify()
  }

  stream.addEventListener('message', ({ data }) => {
    // After our goodbye nobody reads any more, and whatever still comes must not pile up.
    if (!hasClosed) keep(data)
    finishIfRead()
    notify()
  })
  stream.addEventListener('remoteCloseWrite', () => {
    hasSaidGoodbye = true
  })
  stream.addEventListener('end', () => finishIfRead())
  stream.addEventListener('close', ({ error }) => {
    if (error !== undefined) failure ??= error
    // What the peer sent before it closed may still wait in the stream; `end` comes after it.
    if (error !== undefined || stream.readBufferLength === 0 || stream.readStatus === 'closed') finish()
    notify()
    ended.abort(failure ?? new Error('closed'))
  })
  finishIfRead()
  if (stream.status !== 'open' && stream.status !== 'closing') {
    if (stream.readBufferLength === 0) finish()
    ended.abort(new Error('closed'))
  }

  async function* read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      while (frames.length === 0 && pieces.length > 0) cut()
      const frame = frames.shift()
      if (frame !== undefined) {
        yield frame
        continue
      }
      if (failure !== undefined) throw failure
      if (isFinished) {
        if (decoder.isInside && !hasClosed) throw new FrameError('the stream ended inside a frame')
        return
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  const reader = read()

  return {
    peer: connection.remotePeer.toString(),
    direction: stream.direction,
    path,
    ended: ended.signal,
    async send(frame) {
      const encoded = encodeFrame(frame)
      // Several senders at once still wait for one another, so that what waits here stays one frame each.
      while (drained !== undefined) await drained
      if (ended.signal.aborted) throw ended.signal.reason
      if (stream.send(encoded)) return
      drained = untilDrained(stream, fail).finally(() => {
        drained = undefined
      })
      await drained
    },
    async close() {
      if (ended.signal.aborted) return
      hasClosed = true
      // Its own goodbye may wait behind what it still has to say.
      resume()
      await stream.close({ signal: AbortSignal.timeout(GOODBYE_MS) }).catch((error: unknown) => {
        stream.abort(error instanceof Error ? error : new Error(String(error)))
      })
      // We said goodbye; a peer that does not is not waited for.
      const timer = setTimeout(() => stream.abort(new Error('the other side did not close')), GOODBYE_MS)
      timer.unref()
      ended.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
    },
    abort: (reason) => fail(reason),
    // Without `return`, so that leaving a loop early does not end the reading.
    [Symbol.asyncIterator]: () => ({ next: () => reader.next() }),
  }
}

// Not stream.onDrain(): in libp2p 3.3 it resolves at once from the second time on.
function untilDrained(stream: Stream, fail: (error: Error) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => () => {
      clearTimeout(timer)
      stream.removeEventListener('drain', onDrain)
      stream.removeEventListener('close', onClose)
      settle()
    }
    const onDrain = finish(resolve)
    const onClose = finish(() => reject(new Error('the stream closed before everything was sent')))
    const timer = setTimeout(() => fail(new Error('the other side takes nothing any more')), STALLED_MS)
    timer.unref()
    stream.addEventListener('drain', onDrain)
    stream.addEventListener('close', onClose)
    if (!stream.writableNeedsDrain) onDrain()
    else if (stream.status !== 'open') onClose()
  })
}
