import type { Connection, ConnectionGater, PeerId as Libp2pPeerId, MultiaddrConnection } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { ipOf, isRelayedAddress, peerOf, relayOf } from '../addresses/multiaddrs.ts'
import { isLoopback, isPrivate, isUnusable, isWithin, type Subnet } from '../addresses/subnets.ts'
import type { Trust } from '../network.ts'

/** Who may be connected to, and how. One place decides for dials, accepted connections and the peer store alike. */
export interface Gate {
  /** A relay of ours: connected to directly, whatever the relay-only switch says; that is what a relay is for. */
  isRelay(peer: PeerId): boolean
  /** May a connection to this peer run without a relay? */
  mayBeDirect(peer: PeerId): boolean
  /** May this address be dialled? */
  mayDial(address: Multiaddr, peer: PeerId): boolean
  /** May this open connection stay? */
  mayStay(connection: Pick<Connection, 'direct' | 'remotePeer'>): boolean
  /** Replaces our own relays. */
  setRelays(relays: Iterable<PeerId>): void
  /** Remembers the relay in front of someone we are asked to reach, so that it can be dialled. */
  noteRelayOf(address: Multiaddr): void
  /** Remembers who was seen on the local network. */
  setNearby(peers: Iterable<PeerId>): void
  readonly libp2p: ConnectionGater
}

// Relays of others we remember at once; an address record holds at most a handful.
const FOREIGN_RELAYS_MAX = 256

/** Builds the gate over the messenger's live trust. */
export function createGate(trust: Trust, subnets: () => readonly Subnet[]): Gate {
  let ownRelays = new Set<PeerId>()
  let nearby = new Set<PeerId>()
  const foreignRelays = new Set<PeerId>()

  // A contact named as the relay in an address would otherwise be dialled directly in spite of relay-only.
  const mayServe = (relay: PeerId) =>
    ownRelays.has(relay) || !(trust.isBlocked(relay) || (trust.isContact(relay) && !trust.mayConnectDirectly(relay)))
  const isRelay = (peer: PeerId) => ownRelays.has(peer) || (foreignRelays.has(peer) && mayServe(peer))
  const mayBeDirect = (peer: PeerId) => isRelay(peer) || trust.mayConnectDirectly(peer)

  const mayReachHost = (address: Multiaddr, peer: PeerId) => {
    const ip = ipOf(address)
    if (ip === undefined) return true // a name, resolved later
    if (isUnusable(ip)) return false
    if (isRelay(peer) || !isPrivate(ip)) return true
    // Elsewhere a private address is useless, and dialling it lets a peer scan our local network.
    const isOurs = isLoopback(ip) || isWithin(ip, subnets())
    return isOurs && (trust.isContact(peer) || nearby.has(peer))
  }

  const mayDial = (address: Multiaddr, peer: PeerId) => {
    if (trust.isBlocked(peer)) return false
    if (isRelayedAddress(address)) {
      const relay = relayOf(address)
      return relay !== undefined && relay !== peer && mayServe(relay)
    }
    return mayBeDirect(peer) && mayReachHost(address, peer)
  }

  const refusesPeer = (peer: Libp2pPeerId, link: MultiaddrConnection) =>
    trust.isBlocked(peer.toString()) || (!isRelayedAddress(link.remoteAddr) && !mayBeDirect(peer.toString()))

  return {
    isRelay,
    mayBeDirect,
    mayDial,
    mayStay: ({ direct, remotePeer }) =>
      !trust.isBlocked(remotePeer.toString()) && (!direct || mayBeDirect(remotePeer.toString())),
    setRelays: (relays) => {
      ownRelays = new Set(relays)
    },
    noteRelayOf: (address) => {
      const relay = relayOf(address)
      if (relay === undefined || !isRelayedAddress(address)) return
      foreignRelays.delete(relay)
      foreignRelays.add(relay)
      for (const oldest of foreignRelays) if (foreignRelays.size > FOREIGN_RELAYS_MAX) foreignRelays.delete(oldest)
    },
    setNearby: (peers) => {
      nearby = new Set(peers)
    },
    libp2p: {
      denyDialPeer: (peer) => trust.isBlocked(peer.toString()),
      denyDialMultiaddr: (address) => {
        const peer = peerOf(address)
        return peer === undefined || !mayDial(address, peer)
      },
      denyOutboundConnection: refusesPeer,
      denyInboundEncryptedConnection: refusesPeer,
      denyOutboundEncryptedConnection: refusesPeer,
      denyInboundRelayedConnection: (_relay, peer) => trust.isBlocked(peer.toString()),
      // What identify, mDNS and the DHT tell about a peer: kept only where it could be dialled.
      filterMultiaddrForPeer: (peer, address) => mayDial(address, peer.toString()),
    },
  }
}
