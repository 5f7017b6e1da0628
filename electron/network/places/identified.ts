import type { Connection } from '@libp2p/interface'
import type { Node } from '../node.ts'
import { bounded } from '../pace/bounded.ts'

export interface Identified {
  readonly protocols: readonly string[]
  readonly agent?: string
}

const IDENTIFY_MS = 4_000

/**
 * What a peer said of itself on this connection. identify runs by itself on every new one and allows only one at a time,
 * so this waits for it instead of asking again. Empty when it never came.
 */
export async function identified(
  { libp2p, components }: Node,
  connection: Connection,
  signal: AbortSignal,
): Promise<Identified> {
  const stored = async (): Promise<Identified> => {
    // A peer nobody has stored yet has not said anything.
    const peer = await components.peerStore.get(connection.remotePeer).catch(() => undefined)
    const agent = peer?.metadata.get('AgentVersion')
    return {
      protocols: peer?.protocols ?? [],
      ...(agent !== undefined && { agent: new TextDecoder().decode(agent) }),
    }
  }
  const bound = bounded(IDENTIFY_MS, signal)
  try {
    const arrived = new Promise<void>((resolve) => {
      const onIdentify = ({ detail }: CustomEvent<{ connection: Connection }>) => {
        if (detail.connection.id === connection.id) resolve()
      }
      libp2p.addEventListener('peer:identify', onIdentify)
      bound.signal.addEventListener('abort', () => {
        libp2p.removeEventListener('peer:identify', onIdentify)
        resolve()
      })
    })
    const before = await stored()
    if (before.agent !== undefined) return before
    await arrived
    signal.throwIfAborted()
    return await stored()
  } finally {
    bound.abort(new Error('done'))
  }
}
