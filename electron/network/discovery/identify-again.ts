import type { Connection } from '@libp2p/interface'
import type { Node } from '../node.ts'

/**
 * GossipSub keeps one stream on the connection it first saw. When that one closes and another remains, identify on the
 * other tells every part of libp2p about it again; without it, publishing reaches nobody for ever.
 */
export async function identifyAgain({ libp2p, identify }: Node, closed: Connection): Promise<void> {
  const [remaining] = libp2p
    .getConnections(closed.remotePeer)
    .filter(({ id, status }) => id !== closed.id && status === 'open')
    .sort((a, b) => Number(b.direct) - Number(a.direct))
  if (remaining === undefined) return
  // It may close as well; then there is nothing left to tell.
  await identify.identify(remaining, { signal: AbortSignal.timeout(5_000) }).catch(() => {})
}
