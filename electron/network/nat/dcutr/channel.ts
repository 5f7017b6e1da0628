import type { Connection, Stream } from '@libp2p/interface'
import { bounded } from '../../pace/bounded.ts'
import { isHeader, isNamed } from '../../streams/eager-stream.ts'
import { encodeFrame, FrameDecoder, FrameError } from '../../streams/frames.ts'
import { PunchFailed } from './failure.ts'
import { decodeMessage, encodeMessage, MESSAGE_MAX_BYTES, type Message } from './message.ts'

/** The stream both sides agree over, message by message. */
export interface Channel {
  send(message: Message): void
  /** After an eager opening: the other side speaks this protocol. Throws `PunchFailed`. */
  named(protocol: string, signal: AbortSignal): Promise<void>
  /** The next message, which must be of this type. Throws `PunchFailed`. */
  next<Type extends Message['type']>(type: Type, signal: AbortSignal): Promise<Extract<Message, { type: Type }>>
  /** Everything is said. */
  close(): void
  abort(reason: Error): void
}

/** How long the other side may take for one step. */
export const STEP_MS = 5_000
// Each side sends two at most, CONNECT and SYNC, behind the two lines of an eager opening.
const FRAMES_MAX = 4
const BYTES_MAX = 2 * (MESSAGE_MAX_BYTES + 2) + 64

/** Listens to the stream from now on. At most two messages are read from it. */
export function openChannel(stream: Stream, relayed: Pick<Connection, 'status'>): Channel {
  const decoder = new FrameDecoder(MESSAGE_MAX_BYTES)
  const waiting: Uint8Array[] = []
  let bytes = 0
  let failure: PunchFailed | undefined
  let wake = () => {}

  const fail = (found: PunchFailed) => {
    failure ??= found
    wake()
  }
  const breakOff = (detail: string) => {
    fail(new PunchFailed('bad-answer', detail))
    stream.abort(new Error(detail))
  }

  stream.addEventListener('message', ({ data }) => {
    if (failure !== undefined) return
    bytes += data.byteLength
    if (bytes > BYTES_MAX) return breakOff('more bytes than the protocol has')
    try {
      waiting.push(...decoder.push(data.subarray()))
    } catch (error) {
      return breakOff(error instanceof FrameError ? error.message : 'a frame that makes no sense')
    }
    if (waiting.length > FRAMES_MAX) return breakOff('more messages than the protocol has')
    wake()
  })
  const onEnd = () => {
    if (relayed.status !== 'open') fail(new PunchFailed('cut-off', 'the relayed connection ended'))
    else fail(new PunchFailed('refused', 'the other side ended the stream'))
  }
  // Whatever it said before it closed is still handed over; what it says afterwards is nothing.
  stream.addEventListener('remoteCloseWrite', () => setImmediate(onEnd))
  stream.addEventListener('close', () => setImmediate(onEnd))
  if (stream.status !== 'open' && stream.status !== 'closing') onEnd()

  async function nextFrame(signal: AbortSignal): Promise<Uint8Array> {
    const bound = bounded(STEP_MS, signal)
    const onAbort = () =>
      fail(
        signal.aborted
          ? new PunchFailed('cut-off', reasonText(signal.reason))
          : new PunchFailed('no-answer', 'no message in time'),
      )
    bound.signal.addEventListener('abort', onAbort)
    if (bound.signal.aborted) onAbort()
    try {
      for (;;) {
        const frame = waiting.shift()
        if (frame !== undefined) return frame
        if (failure !== undefined) throw failure
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      bound.clear()
    }
  }

  return {
    send: (message) => {
      // Far smaller than any send buffer: what `false` asks for needs no waiting.
      if (failure === undefined && stream.writeStatus === 'writable') stream.send(encodeFrame(encodeMessage(message)))
    },
    async named(protocol, signal) {
      const isKnown = isHeader(await nextFrame(signal)) && isNamed(await nextFrame(signal), protocol)
      if (!isKnown) throw new PunchFailed('not-supported', `it does not speak ${protocol}`)
    },
    async next<Type extends Message['type']>(type: Type, signal: AbortSignal) {
      const message = decodeMessage(await nextFrame(signal))
      if (message?.type !== type) {
        const detail = `${message?.type ?? 'nonsense'} in place of ${type}`
        breakOff(detail)
        throw new PunchFailed('bad-answer', detail)
      }
      return message as Extract<Message, { type: Type }>
    },
    close: () => void stream.close().catch(() => stream.abort(new Error('said everything'))),
    abort: (reason) => stream.abort(reason),
  }
}

export function reasonText(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}
