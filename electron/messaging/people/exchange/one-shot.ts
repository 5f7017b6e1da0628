import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { FrameStream, Network } from '../../../network/network.ts'

// The small protocols are all one frame there and one frame back.

/** How long the other side may take for its frame. Storing a request on a slow disk is part of it. */
export const ANSWER_WITHIN_MS = 20_000
/** How long the caller may take for its own frame: it has it ready. */
const REQUEST_WITHIN_MS = 10_000
/** After that it has failed to store it, or is slower than anybody can wait for. */
const SETTLED_WITHIN_MS = 5_000

/**
 * Asks a peer one thing. `take` gets the answer, and the stream is closed only after it is done: the other side may
 * rely on everything being settled here when the stream ends.
 */
export async function call<Value>(
  network: Pick<Network, 'open'>,
  to: { readonly peer: PeerId; readonly protocol: string; readonly frame?: Uint8Array },
  signal: AbortSignal,
  take: (answer: Uint8Array, stream: FrameStream) => Value | Promise<Value>,
): Promise<Value> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)])
  const stream = await network.open(to.peer, to.protocol, { signal: bounded })
  try {
    if (to.frame !== undefined) await stream.send(to.frame)
    const value = await take(await firstFrame(stream, bounded), stream)
    await stream.close()
    return value
  } catch (error) {
    stream.abort(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
}

/** The one frame of a caller. */
export function requestFrame(stream: FrameStream, signal: AbortSignal): Promise<Uint8Array> {
  return firstFrame(stream, AbortSignal.any([signal, AbortSignal.timeout(REQUEST_WITHIN_MS)]))
}

/** Waits until the other side has settled what we answered, and closed too; not for ever. */
export async function untilSettled(stream: FrameStream, signal: AbortSignal): Promise<void> {
  const over = AbortSignal.any([signal, stream.ended, AbortSignal.timeout(SETTLED_WITHIN_MS)])
  if (!over.aborted) await new Promise((resolve) => over.addEventListener('abort', resolve, { once: true }))
}

async function firstFrame(stream: FrameStream, signal: AbortSignal): Promise<Uint8Array> {
  const frame = await nextFrame(stream, signal)
  if (frame === undefined) throw new Error('the other side closed the stream without a word')
  return frame
}

async function nextFrame(stream: FrameStream, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const end = () => stream.abort(new Error('the other side did not answer in time', { cause: signal.reason }))
  if (signal.aborted) end()
  signal.addEventListener('abort', end, { once: true })
  try {
    const next = await stream[Symbol.asyncIterator]().next()
    return next.done === true ? undefined : next.value
  } finally {
    signal.removeEventListener('abort', end)
  }
}
