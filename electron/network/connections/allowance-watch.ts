import type { Connection, Libp2p } from '@libp2p/interface'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { relayOf } from '../addresses/multiaddrs.ts'
import { type Backoff, retryDelayMs } from '../pace/backoff.ts'
import { bounded } from '../pace/bounded.ts'
import { type Allowance, allowanceOf, type LimitedConnection, RUNNING_OUT_SHARE } from './allowance.ts'

/** A connection as far as it is looked at here. */
export type WatchedConnection = LimitedConnection &
  Pick<Connection, 'direction' | 'status' | 'remotePeer' | 'remoteAddr'>

/** Replaces relayed connections to contacts before the relay's limit cuts them in the middle of a sentence. */
export interface AllowanceWatch {
  /** What this connection may still carry. */
  of(connection: WatchedConnection): Allowance
  isRunningOut(connection: WatchedConnection): boolean
  stop(): void
}

export interface AllowanceOptions {
  readonly libp2p: Pick<Libp2p, 'addEventListener' | 'removeEventListener'> & {
    getConnections(): readonly WatchedConnection[]
  }
  readonly isContact: (peer: PeerId) => boolean
  /** What this relay says it is. */
  readonly agentOf: (relay: PeerId) => string | undefined
  /** Opens one more relayed connection to the peer, over whichever relay answers first: it has a fresh allowance. */
  readonly redial: (peer: PeerId, signal: AbortSignal) => Promise<unknown>
  /** A connection to this peer began to run out: another one is the better one now. */
  readonly onChange: (peer: PeerId) => void
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

const CHECK_EVERY_MS = 500
const REDIAL_MS = 10_000
// Both ends count the same bytes. Whoever dialled dials again; the other one only when that came to nothing.
const CALLED_SHARE = 0.875
// Somebody opened another one beside it: the two ends do not count to the byte, and this one is meant to go.
const REPLACED_SHARE = 0.6
// A relay whose whole allowance is a few kilobytes must not be asked for circuits without end.
const RETRY: Backoff = { firstMs: 2_000, factor: 2, mostMs: 60_000, jitter: 0.3 }
// One that lasted so long was worth its circuit.
const WORTHWHILE_MS = 60_000

interface Renewal {
  running?: AbortController
  /** Redials in a row that failed, or whose connection was used up at once. */
  failures: number
  notBefore: number
}

/** Watches from now on. */
export function createAllowanceWatch(options: AllowanceOptions): AllowanceWatch {
  const { libp2p, isContact, agentOf, redial, onChange, log, now = Date.now } = options
  const bytesAtFirst = new WeakMap<WatchedConnection, number>()
  const runningOut = new WeakSet<WatchedConnection>()
  const renewals = new Map<PeerId, Renewal>()

  const of = (connection: WatchedConnection): Allowance => {
    const relay = relayOf(connection.remoteAddr)
    const agent = relay === undefined ? undefined : agentOf(relay)
    return allowanceOf(connection, bytesAtFirst.get(connection), agent, now())
  }

  function note(connection: WatchedConnection): void {
    const bytes = connection.limits?.bytes
    if (bytes !== undefined && !bytesAtFirst.has(connection)) bytesAtFirst.set(connection, Number(bytes))
  }

  function check(): void {
    const peers = new Set<PeerId>()
    for (const connection of libp2p.getConnections()) {
      const peer = connection.remotePeer.toString()
      if (connection.limits === undefined || connection.status !== 'open' || !isContact(peer)) continue
      note(connection)
      if (of(connection).usedShare < (isReplaced(connection) ? REPLACED_SHARE : RUNNING_OUT_SHARE)) continue
      peers.add(peer)
      if (runningOut.has(connection)) continue
      runningOut.add(connection)
      onChange(peer)
    }
    for (const peer of peers) renew(peer)
    for (const [peer, { running, notBefore }] of renewals)
      if (!peers.has(peer) && running === undefined && now() > notBefore + WORTHWHILE_MS) renewals.delete(peer)
  }

  /** Is there a younger relayed one to the same peer? */
  function isReplaced(old: WatchedConnection): boolean {
    return libp2p
      .getConnections()
      .some(
        (one) =>
          one.remotePeer.equals(old.remotePeer) &&
          one.status === 'open' &&
          one.limits !== undefined &&
          one.timeline.open > old.timeline.open,
      )
  }

  /** Dials again where every connection to the peer runs out. One at a time for each peer. */
  function renew(peer: PeerId): void {
    const open = libp2p
      .getConnections()
      .filter(({ remotePeer, status }) => status === 'open' && remotePeer.toString() === peer)
    if (open.length === 0 || open.some((connection) => !runningOut.has(connection))) return
    const isOurs = open.some((one) => one.direction === 'outbound' || of(one).usedShare >= CALLED_SHARE)
    const renewal = renewals.get(peer) ?? { failures: 0, notBefore: 0 }
    if (!isOurs || renewal.running !== undefined || now() < renewal.notBefore) return
    renewal.running = new AbortController()
    renewals.set(peer, renewal)
    void replace(peer, renewal, renewal.running)
  }

  async function replace(peer: PeerId, renewal: Renewal, { signal }: AbortController): Promise<void> {
    const bound = bounded(REDIAL_MS, signal)
    if (now() > renewal.notBefore + WORTHWHILE_MS) renewal.failures = 0
    try {
      await redial(peer, bound.signal)
      log('peer.circuit-renewed', { peer: peer.slice(-8) })
    } catch (error) {
      log('peer.circuit-not-renewed', { peer: peer.slice(-8), reason: String(error) })
    } finally {
      bound.clear()
      renewal.failures += 1
      renewal.notBefore = now() + retryDelayMs(RETRY, renewal.failures)
      delete renewal.running
    }
  }

  // The sooner its bytes are read, the closer to what the relay granted.
  const onOpen = ({ detail }: CustomEvent<Connection>) => note(detail)
  libp2p.addEventListener('connection:open', onOpen)
  const timer = setInterval(check, CHECK_EVERY_MS)
  timer.unref()

  return {
    of,
    isRunningOut: (connection) => runningOut.has(connection),
    stop() {
      clearInterval(timer)
      libp2p.removeEventListener('connection:open', onOpen)
      for (const { running } of renewals.values()) running?.abort(new Error('stopping'))
    },
  }
}
