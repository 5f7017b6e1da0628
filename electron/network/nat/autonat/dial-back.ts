import { randomBytes } from 'node:crypto'
import type { Connection, Stream } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { UNKNOWN_PATH } from '../../../../shared/domain/line.ts'
import { ipOf, transportOf } from '../../addresses/multiaddrs.ts'
import { bounded } from '../../pace/bounded.ts'
import { createFrameStream } from '../../streams/frame-stream.ts'
import { DialBack, DialBackResponse } from './autonat.pb.js'

/** An address that a relay was asked to dial, until it brings our number back or we stop waiting. */
export interface Expected {
  /** Proves that somebody who was told this number got through. */
  readonly nonce: bigint
  /** Where it came from, once it came. */
  arrivedFrom(): Multiaddr | undefined
  /** The relay is not waited for any longer. */
  forget(): void
}

/** The numbers that are out, and the door at which they come back. */
export interface DialBacks {
  /** `asked`: the connection over which the relay is asked. */
  expect(address: Multiaddr, asked: Connection): Expected
  /** Handler of `/libp2p/autonat/2/dial-back`. */
  accept(stream: Stream, connection: Connection): Promise<void>
}

interface Waiting {
  readonly address: Multiaddr
  readonly asked: Connection
  arrivedFrom?: Multiaddr
}

const DIAL_BACK_MS = 5_000
const NONCE_MAX_BYTES = 64

/** Nothing is expected yet. */
export function createDialBacks(): DialBacks {
  const waiting = new Map<bigint, Waiting>()

  function arrived(nonce: bigint, connection: Connection): boolean {
    const expected = waiting.get(nonce)
    if (expected === undefined || !isProof(connection, expected)) return false
    expected.arrivedFrom = connection.remoteAddr
    return true
  }

  return {
    expect(address, asked) {
      // The protobuf runtime reads numbers with the highest bit as negative ones.
      const nonce = BigInt.asUintN(63, randomBytes(8).readBigUInt64LE())
      const one: Waiting = { address, asked }
      waiting.set(nonce, one)
      return { nonce, arrivedFrom: () => one.arrivedFrom, forget: () => waiting.delete(nonce) }
    },
    async accept(stream, connection) {
      const bound = bounded(DIAL_BACK_MS)
      const frames = createFrameStream(stream, connection, () => UNKNOWN_PATH)
      bound.signal.addEventListener('abort', () => frames.abort(new Error('the dial-back took too long')))
      try {
        for await (const frame of frames) {
          if (frame.byteLength > NONCE_MAX_BYTES || !arrived(DialBack.decode(frame).nonce, connection))
            throw new Error('nobody expects this dial-back')
          await frames.send(DialBackResponse.encode({ status: 0 }))
          break
        }
        await frames.close()
      } catch (error) {
        frames.abort(error instanceof Error ? error : new Error(String(error)))
      } finally {
        bound.clear()
      }
    },
  }
}

/**
 * Does this number, on this connection, prove that the address can be dialled? The relay knows the number, so it could bring
 * it over a connection that was there anyway. What stays possible is that it dialled another address of ours, of the
 * same kind: our end of a connection does not tell under which address it was reached.
 */
function isProof(connection: Connection, { address, asked }: Waiting): boolean {
  return (
    connection.direct &&
    connection.direction === 'inbound' &&
    connection.id !== asked.id &&
    connection.remotePeer.equals(asked.remotePeer) &&
    transportOf(connection.remoteAddr) === transportOf(address) &&
    isIpv6(connection.remoteAddr) === isIpv6(address)
  )
}

// A listener for both families sees IPv4 callers as `::ffff:80.1.1.1`.
function isIpv6(address: Multiaddr): boolean {
  const ip = ipOf(address) ?? ''
  return ip.includes(':') && !ip.toLowerCase().startsWith('::ffff:')
}
