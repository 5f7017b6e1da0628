import type { FrameStream } from '../../electron/network/network.ts'
import type { Path } from '../../shared/domain/line.ts'
import type { PeerId } from '../../shared/domain/peer.ts'

/** One end of a stream that never leaves the process. */
export interface FakeStream extends FrameStream {
  /** Frames sent from this end, in order: for tests that count or look. */
  readonly sent: readonly Uint8Array[]
}

interface Options {
  readonly opener: PeerId
  readonly acceptor: PeerId
  path(self: PeerId, peer: PeerId): Path
  latencyMs(): number
  readonly maxFrameBytes: number
}

type Arrival = { readonly frame: Uint8Array } | 'closed'

/** Two ends joined to each other: frames keep their order, a close arrives after them, an abort overtakes them. */
export function createFakeStreamPair(options: Options): [near: FakeStream, far: FakeStream] {
  const near = createEnd(options, options.opener, options.acceptor, 'outbound')
  const far = createEnd(options, options.acceptor, options.opener, 'inbound')
  near.join(far)
  far.join(near)
  return [near.face, far.face]
}

interface End {
  readonly face: FakeStream
  join(other: End): void
  arrive(arrival: Arrival): void
  reset(reason: Error): void
}

function createEnd(options: Options, self: PeerId, peer: PeerId, direction: 'inbound' | 'outbound'): End {
  const ended = new AbortController()
  const arrived: Arrival[] = []
  const sent: Uint8Array[] = []
  let other: End | undefined
  let wake: (() => void) | undefined
  let isWritable = true
  let isReadable = true
  let isDrained = false
  let failure: Error | undefined
  // What was sent earlier arrives earlier, whatever the latency is by then.
  let line: Promise<void> = Promise.resolve()

  const later = (arrival: Arrival) => {
    const delay = new Promise<void>((resolve) => {
      const milliseconds = options.latencyMs()
      if (milliseconds > 0) setTimeout(resolve, milliseconds)
      else queueMicrotask(resolve)
    })
    line = Promise.all([line, delay]).then(() => other?.arrive(arrival))
  }
  const finishWhenDone = () => {
    if (!isWritable && !isReadable) ended.abort()
  }
  const end: End = {
    join(joined) {
      other = joined
    },
    arrive(arrival) {
      if (failure) return
      arrived.push(arrival)
      // Over for the transport, though frames may still wait to be read.
      if (arrival === 'closed') isReadable = false
      finishWhenDone()
      wake?.()
    },
    reset(reason) {
      if (failure) return
      failure = reason
      isWritable = false
      isReadable = false
      wake?.()
      ended.abort(reason)
    },
    face: {
      peer,
      direction,
      sent,
      ended: ended.signal,
      path: () => options.path(self, peer),
      async send(frame) {
        if (failure) throw failure
        if (!isWritable) throw new Error('the stream is closed')
        if (frame.length > options.maxFrameBytes) throw new RangeError('the frame is too long')
        // A copy, as a wire makes one: a sender may reuse its buffer.
        const copy = Uint8Array.from(frame)
        sent.push(copy)
        later({ frame: copy })
      },
      async close() {
        if (!isWritable) return
        isWritable = false
        later('closed')
        finishWhenDone()
      },
      abort(reason) {
        const joined = other
        end.reset(reason)
        queueMicrotask(() => joined?.reset(new Error('the stream was reset', { cause: reason })))
      },
      async *[Symbol.asyncIterator]() {
        for (;;) {
          if (failure) throw failure
          const next = arrived.shift()
          if (!next) {
            if (isDrained) return
            await new Promise<void>((resolve) => {
              wake = resolve
            })
            wake = undefined
          } else if (next !== 'closed') {
            yield next.frame
          } else {
            isDrained = true
            return
          }
        }
      },
    },
  }
  return end
}
