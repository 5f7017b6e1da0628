import type { Connection, Stream } from '@libp2p/interface'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Gate } from '../connections/gate.ts'
import type { Reach } from '../connections/reach.ts'
import { NetworkError } from '../failure.ts'
import { STREAMS_PER_PROTOCOL } from '../limits.ts'
import type { PeerTable } from '../lines/peers.ts'
import type { Callers, FrameStream, Network, Trust } from '../network.ts'
import type { Node } from '../node.ts'
import { createFrameStream } from './frame-stream.ts'

export type StreamHandler = Parameters<Network['handle']>[2]

/** Opens and accepts streams of our own protocols. libp2p's streams stop here. */
export interface Streams {
  handle(protocol: string, callers: Callers, handler: StreamHandler): Promise<void>
  open: Network['open']
}

export interface StreamsOptions {
  readonly node: Node
  readonly trust: Trust
  readonly gate: Gate
  readonly table: PeerTable
  readonly reach: Reach
  /** Addresses of people we want to stay connected to. */
  readonly wantedAddresses: (peer: PeerId) => readonly string[]
  readonly onError: (error: unknown) => void
}

/** Streams over a node. */
export function createStreams({ node, trust, gate, table, reach, wantedAddresses, onError }: StreamsOptions): Streams {
  const wrap = (stream: Stream, connection: Connection) =>
    createFrameStream(stream, connection, () => table.pathOfConnection(connection))

  const mayOpen = (peer: PeerId, callers: Callers) =>
    !trust.isBlocked(peer) && (callers === 'anyone' || trust.isContact(peer))

  async function accept(stream: FrameStream, handler: StreamHandler): Promise<void> {
    try {
      await handler(stream)
    } catch (error) {
      stream.abort(error instanceof Error ? error : new Error(String(error)))
      onError(error)
    }
  }

  /** The best open connection, or a new one. */
  async function connectionTo(peer: PeerId, addresses: readonly string[], signal: AbortSignal): Promise<Connection> {
    const [best] = table.connections(peer)
    return best ?? reach.connect(peer, [...wantedAddresses(peer), ...addresses], { signal })
  }

  return {
    async handle(protocol, callers, handler) {
      await node.libp2p.handle(
        protocol,
        (stream, connection) => {
          if (!mayOpen(connection.remotePeer.toString(), callers) || !gate.mayStay(connection)) {
            stream.abort(new Error('not open to this peer'))
            return
          }
          void accept(wrap(stream, connection), handler)
        },
        {
          runOnLimitedConnection: true,
          maxInboundStreams: STREAMS_PER_PROTOCOL.inbound,
          maxOutboundStreams: STREAMS_PER_PROTOCOL.outbound,
        },
      )
    },

    async open(peer, protocol, { signal, addresses = [] }) {
      if (trust.isBlocked(peer)) throw new NetworkError('blocked')
      for (let attempt = 1; ; attempt++) {
        signal.throwIfAborted()
        const connection = await connectionTo(peer, addresses, signal)
        try {
          const stream = await connection.newStream(protocol, { signal, runOnLimitedConnection: true })
          return wrap(stream, connection)
        } catch (error) {
          // The connection went while we opened the stream: there may be another one, or a way to a new one.
          if (connection.status !== 'open' && attempt < 3 && !signal.aborted) continue
          throw new NetworkError('unreachable', { why: reason(error) }, { cause: error })
        }
      }
    },
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.name : String(error)
}
