import type { Connection, Stream, StreamMuxer } from '@libp2p/interface'
import { encodeFrame } from '../../streams/frames.ts'

// multistream-select 1.0 (libp2p specs, connections/README.md): whoever opens a stream says both lines, the other side
// repeats them, or says `na` in place of the second.
const HEADER = '/multistream/1.0.0\n'

/**
 * Opens a stream whose protocol nobody has agreed to yet. `sendEagerly` lets the first message follow right behind the
 * protocol's name, as go-libp2p does when it knows only one: `Connection.newStream` waits for the answer, which over a relay
 * would be the longest part of the whole punch. The answer comes as two frames, for `isHeader` and `isNamed`.
 */
export async function openEagerly(connection: Connection, signal: AbortSignal): Promise<Stream> {
  return muxerOf(connection).createStream({ signal })
}

export function sendEagerly(stream: Stream, protocol: string, first: Uint8Array): void {
  stream.protocol = protocol
  const lines = [HEADER, `${protocol}\n`].map((line) => encodeFrame(new TextEncoder().encode(line)))
  stream.send(Buffer.concat([...lines, encodeFrame(first)]))
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
