import type { Connection, PeerId, Stream } from '@libp2p/interface'
import type { startClient } from './libp2p-client.ts'

// Circuit relay v2 by hand (its messages are a handful of bytes), to hold the bare streams that a relay joins:
// the library puts a muxer inside, whose flow control hides what a relay does without it.

const HOP = '/libp2p/circuit/relay/0.2.0/hop'
const STOP = '/libp2p/circuit/relay/0.2.0/stop'
const RESERVE = [0x08, 0x00]
const STATUS_OK = [0x08, 0x01, 0x20, 0x64]
type Client = Awaited<ReturnType<typeof startClient>>

/** Takes a place on the relay and resolves with the far end of the first circuit; nothing of it is read yet. */
export async function acceptRawCircuit(
  client: Client,
  relay: Connection,
): Promise<{ readonly opened: Promise<Stream> }> {
  const { promise, resolve } = Promise.withResolvers<Stream>()
  await client.handle(STOP, async (stream) => {
    await nextMessage(stream)
    stream.pause()
    stream.send(withLength(STATUS_OK))
    resolve(stream)
  })
  const stream = await relay.newStream(HOP)
  stream.send(withLength(RESERVE))
  await nextMessage(stream)
  return { opened: promise }
}

/** Opens a circuit to somebody who holds a place, and returns its near end. */
export async function openRawCircuit(relay: Connection, to: PeerId): Promise<Stream> {
  const stream = await relay.newStream(HOP)
  const id = to.toMultihash().bytes
  stream.send(withLength([0x08, 0x01, 0x12, id.byteLength + 2, 0x0a, id.byteLength, ...id]))
  await nextMessage(stream)
  return stream
}

const withLength = (bytes: readonly number[]) => Uint8Array.of(bytes.length, ...bytes)

/** The relay answers with one small message, and says nothing more before we do. */
async function nextMessage(stream: Stream): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.addEventListener('message', () => resolve(), { once: true })
    stream.addEventListener('close', () => reject(new Error('the relay refused')), { once: true })
  })
}
