import type { Connection, Stream, StreamMuxer } from '@libp2p/interface'
import { encodeFrame } from './frames.ts'

// multistream-select 1.0 (libp2p specs, connections/README.md): whoever opens a stream says both lines, the other side
// repeats them, or says `na` in place of the second.
const HEADER = '/multistream/1.0.0\n'

/**
 * Opens a stream whose protocol nobody has agreed to yet. `sendEagerly` lets the first bytes follow right behind the
 * protocol's name, as go-libp2p does when it knows only one: `Connection.newStream` waits a round trip for the answer. The
 * answer is the same two lines: two frames, for `isHeader` and `isNamed`, or the bytes of `agreement`.
 */
export async function openEagerly(connection: Connection, signal: AbortSignal): Promise<Stream> {
  return muxerOf(connection).createStream({ signal })
}

/** `first`: as it goes over the wire, its length in front where the protocol has one. */
export function sendEagerly(stream: Stream, protocol: string, first: Uint8Array): void {
  stream.protocol = protocol
  stream.send(Buffer.concat([agreement(protocol), first]))
}

/** What both sides say when they agree on a protocol. */
export function agreement(protocol: string): Uint8Array {
  return Buffer.concat([HEADER, `${protocol}\n`].map((line) => encodeFrame(new TextEncoder().encode(line))))
}

export function isHeader(frame: Uint8Array): boolean {
  return new TextDecoder().decode(frame) === HEADER
}

export function isNamed(frame: Uint8Array, protocol: string): boolean {
  return new TextDecoder().decode(frame) === `${protocol}\n`
}

/** libp2p's connections have it at run time and hide it in their types. Throws when a newer libp2p has moved it. */
function muxerOf(connection: Connection): StreamMuxer {
  if ('muxer' in connection && isMuxer(connection.muxer)) return connection.muxer
  throw new Error('libp2p keeps the muxer of a connection elsewhere now')
}

function isMuxer(value: unknown): value is StreamMuxer {
  return typeof value === 'object' && value !== null && 'createStream' in value
}
