import type { Connection, Libp2p } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { NO_PATH, type Path, type RelayedReason } from '../../../shared/domain/line.ts'
import type { Listing } from '../../../shared/domain/listing.ts'
import type { Peer, PeerId, PeerPurpose } from '../../../shared/domain/peer.ts'
import type { Subnet } from '../addresses/subnets.ts'
import { createListeners } from '../listeners.ts'
import { createHeartbeat, type PauseOf } from './heartbeat.ts'
import { bestPath, isSamePath, pathOf, ranked } from './line.ts'
import { linkOf } from './links.ts'

/** What the table has to ask others about a peer. */
export interface PeerFacts {
  purposeOf(peer: PeerId): PeerPurpose
  nameOf(peer: PeerId): string | undefined
  isUpgrading(peer: PeerId): boolean
  isFirstAttempt(peer: PeerId): boolean
  /** Why the line to this peer runs over a relay. */
  because(peer: PeerId): RelayedReason | undefined
  subnets(): readonly Subnet[]
  /** What a relayed connection may still carry. */
  allowanceOf(connection: Connection): Pick<Peer, 'bytesLeft' | 'secondsLeft'>
  /** Will its relay's limit cut it before long? */
  isRunningOut(connection: Connection): boolean
}

/** The live table of connected peers: how each is reached, how fast, what for. */
export interface PeerTable extends Listing<Peer> {
  path(peer: PeerId): Path
  pathOfConnection(connection: Connection): Path
  /** Open connections, the best first; those that were never answered on come last. */
  connections(peer: PeerId): Connection[]
  /** Is there a direct connection on which the other side has answered? */
  hasDirect(peer: PeerId): boolean
  /** The best path changed, or the last connection ended without ever having been one. */
  onPath(listener: (peer: PeerId, path: Path) => void): () => void
  /** Will its relay's limit cut this connection before long? */
  isRunningOut(connection: Connection): boolean
  /** Is the line alive? Asked over exactly this connection. */
  ask(connection: Connection): Promise<number | undefined>
  /** Are all lines alive? Asked at once and impatiently: something happened that may have ended them unnoticed. */
  askAll(): void
  /** A fact about this peer changed. */
  review(peer: PeerId): void
  reviewAll(): void
  /** What this peer says it is. */
  agentOf(peer: PeerId): string | undefined
  setAgent(peer: PeerId, agent: string): void
  stop(): void
}

// Silence is noticed after a pause and a timeout (2.2 s) at most: within 5 s for contacts and relays.
const PAUSE_MS: Readonly<Record<PeerPurpose, number>> = {
  contact: 1_800,
  relay: 2_000,
  nearby: 10_000,
  infrastructure: 10_000,
}
// Streams open and close all the time; this often is enough to show them.
const REFRESH_MS = 1_000

/** The table over a node's connections. */
export function createPeerTable(node: Libp2p, facts: PeerFacts, onError: (error: unknown) => void): PeerTable {
  const changed = createListeners<[]>(onError)
  const pathChanged = createListeners<[PeerId, Path]>(onError)
  const known = new Map<PeerId, Path>()
  const agents = new Map<PeerId, string>()
  const pauseOf: PauseOf = ({ remotePeer }) => PAUSE_MS[facts.purposeOf(remotePeer.toString())]
  const heartbeat = createHeartbeat(pauseOf, ({ remotePeer }) => review(remotePeer.toString()))

  const linkTo = (connection: Connection) => ({
    ...asLink(connection),
    isRunningOut: facts.isRunningOut(connection),
  })
  const openedAt = new WeakMap<Connection, number>()
  const asLink = (connection: Connection) =>
    linkOf(connection, openedAt.get(connection) ?? connection.timeline.open, heartbeat.roundTripsMs(connection).at(-1))
  const linksOf = (peer: PeerId) =>
    ranked(
      node
        .getConnections(peerIdFromString(peer))
        .filter(({ status }) => status === 'open')
        .map(linkTo),
    )
  const circumstances = (peer: PeerId) => {
    const because = facts.because(peer)
    return {
      subnets: facts.subnets(),
      isUpgrading: facts.isUpgrading(peer),
      isFirstAttempt: facts.isFirstAttempt(peer),
      ...(because !== undefined && { because }),
    }
  }
  const provenLinksOf = (peer: PeerId) => linksOf(peer).filter(({ connection }) => heartbeat.isProven(connection))
  // A relay vouches for the relayed ones: the other side has accepted them. Streams prefer one that answered all the same.
  const shownLinksOf = (peer: PeerId) => {
    const proven = provenLinksOf(peer)
    return proven.length > 0 ? proven : linksOf(peer).filter(({ isDirect }) => !isDirect)
  }
  const path = (peer: PeerId) => bestPath(shownLinksOf(peer), circumstances(peer))

  function review(peer: PeerId): void {
    const now = path(peer)
    const before = known.get(peer) ?? NO_PATH
    if (now.line.kind === 'none') {
      known.delete(peer)
      if (node.getConnections(peerIdFromString(peer)).length === 0) agents.delete(peer)
    } else known.set(peer, now)
    if (!isSamePath(now, before)) pathChanged.call(peer, now)
    changed.call()
  }

  // libp2p's own bookkeeping happens in its listeners of the same events: look afterwards.
  const onOpen = ({ detail: connection }: CustomEvent<Connection>) => {
    openedAt.set(connection, Date.now())
    heartbeat.add(connection)
    queueMicrotask(() => review(connection.remotePeer.toString()))
  }
  const onClose = ({ detail: connection }: CustomEvent<Connection>) => {
    heartbeat.remove(connection)
    queueMicrotask(() => {
      const peer = connection.remotePeer.toString()
      const wasShown = known.has(peer)
      review(peer)
      // One that never answered was no path. Whoever dialled it has to hear of its end all the same.
      if (!wasShown && linksOf(peer).length === 0) pathChanged.call(peer, path(peer))
    })
  }
  node.addEventListener('connection:open', onOpen)
  node.addEventListener('connection:close', onClose)
  const refresh = setInterval(() => changed.call(), REFRESH_MS)
  refresh.unref()

  function rowOf(peer: PeerId): Peer | undefined {
    const links = shownLinksOf(peer)
    const best = links[0]
    if (best === undefined) return undefined
    const name = facts.nameOf(peer)
    const agent = agents.get(peer)
    const { bytesLeft, secondsLeft } = facts.allowanceOf(best.connection)
    return {
      id: peer,
      ...(name !== undefined && { name }),
      purpose: facts.purposeOf(peer),
      path: bestPath(links, circumstances(peer)),
      connections: links.length,
      streams: links.reduce((sum, { connection }) => sum + connection.streams.length, 0),
      address: best.connection.remoteAddr.toString(),
      ...(agent !== undefined && { agent }),
      ...(bytesLeft !== undefined && { bytesLeft }),
      ...(secondsLeft !== undefined && { secondsLeft }),
      roundTripsMs: [...heartbeat.roundTripsMs(best.connection)],
    }
  }

  return {
    *rows() {
      for (const peer of node.getPeers()) {
        const row = rowOf(peer.toString())
        if (row !== undefined) yield [row.id, row] as const
      }
    },
    onChange: changed.add,
    path,
    pathOfConnection: (connection) =>
      connection.status === 'open'
        ? pathOf(linkTo(connection), circumstances(connection.remotePeer.toString()))
        : NO_PATH,
    connections: (peer) => {
      const isProven = ({ connection }: { connection: Connection }) => heartbeat.isProven(connection)
      return [...linksOf(peer)]
        .sort((a, b) => Number(isProven(b)) - Number(isProven(a)))
        .map(({ connection }) => connection)
    },
    hasDirect: (peer) => provenLinksOf(peer).some(({ isDirect }) => isDirect),
    onPath: pathChanged.add,
    isRunningOut: (connection) => facts.isRunningOut(connection),
    ask: heartbeat.ask,
    askAll: heartbeat.askAll,
    review,
    reviewAll: () => {
      heartbeat.review()
      for (const peer of new Set([...known.keys(), ...node.getPeers().map(String)])) review(peer)
    },
    agentOf: (peer) => agents.get(peer),
    setAgent: (peer, agent) => agents.set(peer, agent.slice(0, 100)),
    stop: () => {
      clearInterval(refresh)
      node.removeEventListener('connection:open', onOpen)
      node.removeEventListener('connection:close', onClose)
      heartbeat.stop()
    },
  }
}
