import { yamux } from '@chainsafe/libp2p-yamux'
import type { StreamMuxerFactory } from '@libp2p/interface'
import { MUXER } from '../limits.ts'

type YamuxOptions = Parameters<typeof yamux>[0]

/**
 * Yamux that cannot end the process. Yamux 8.0 announces a new stream in a microtask of its own; when the connection
 * was just closed, the send throws there, where nobody can catch it.
 */
export function muxer(options: YamuxOptions = MUXER): () => StreamMuxerFactory {
  return () => {
    const factory = yamux(options)()
    return {
      protocol: factory.protocol,
      createStreamMuxer(connection) {
        const made = factory.createStreamMuxer(connection)
        if (!hasSend(made)) throw new Error('yamux sends in another way now')
        const send = made.send.bind(made)
        made.send = (data) => {
          try {
            return send(data)
          } catch (error) {
            // What cannot leave any more is dropped; the connection's `close` ends every stream on it.
            if (error instanceof Error && error.name === 'StreamStateError') return false
            throw error
          }
        }
        return made
      },
    }
  }
}

/** libp2p's base class of muxers has it; its interface does not show it. */
function hasSend(made: object): made is { send: (data: unknown) => boolean } {
  return 'send' in made && typeof made.send === 'function'
}
