import type { Connection, Libp2p } from '@libp2p/interface'
import type { PeerPurpose } from '../../../shared/domain/peer.ts'
import { VISITORS_MAX } from '../limits.ts'
import { closeGently } from './doubles.ts'

/** How many strangers at a time, and how long one may stay who does nothing. */
export interface VisitorLimits {
  readonly max: number
  readonly idleMs: number
  readonly lookEveryMs: number
}

// Long enough to send a request and hear the answer, or to look at a card again.
const LIMITS: VisitorLimits = { max: VISITORS_MAX, idleMs: 60_000, lookEveryMs: 10_000 }
/** These run on every connection by themselves and mean nothing. */
const BACKGROUND = /^\/ipfs\/(id|ping)\//

/**
 * Keeps people we do not know from filling our connections: libp2p refuses everyone, contacts too, when it has reached
 * its limit. At most so many at a time, the one that came first leaves; idle ones leave anyway.
 */
export function limitVisitors(
  node: Libp2p,
  purposeOf: (connection: Connection) => PeerPurpose,
  { max, idleMs, lookEveryMs } = LIMITS,
  now: () => number = Date.now,
): () => void {
  const busyAt = new WeakMap<Connection, number>()
  const visitors = () =>
    node.getConnections().filter((connection) => connection.status === 'open' && isVisitor(purposeOf(connection)))

  const onOpen = () => {
    const oldestFirst = visitors().sort((a, b) => a.timeline.open - b.timeline.open)
    for (const connection of oldestFirst.slice(0, Math.max(0, oldestFirst.length - max))) void closeGently(connection)
  }
  const look = setInterval(() => {
    for (const connection of visitors()) {
      const isBusy = connection.streams.some(({ protocol }) => !BACKGROUND.test(protocol))
      if (isBusy) busyAt.set(connection, now())
      else if (now() - (busyAt.get(connection) ?? connection.timeline.open) > idleMs) void closeGently(connection)
    }
  }, lookEveryMs)
  look.unref()
  node.addEventListener('connection:open', onOpen)
  return () => {
    clearInterval(look)
    node.removeEventListener('connection:open', onOpen)
  }
}

function isVisitor(purpose: PeerPurpose): boolean {
  return purpose === 'infrastructure' || purpose === 'nearby'
}
