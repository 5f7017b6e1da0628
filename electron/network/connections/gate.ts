import type { Connection, ConnectionGater, PeerId as Libp2pPeerId, MultiaddrConnection } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { ipOf, isRelayedAddress, peerOf, relayOf, withoutPeer } from '../addresses/multiaddrs.ts'
import { isLoopback, isPrivate, isUnusable, isWithin, type Subnet } from '../addresses/subnets.ts'
import type { Trust } from '../network.ts'

/** Who may be connected to, and how. One place decides for dials, accepted connections and the peer store alike. */
export interface Gate {
  /** A relay of ours: connected to directly, whatever the relay-only switch says; that is what a relay is for. */
  isRelay(peer: PeerId): boolean
  /** May we seek a connection to this peer that runs without a relay? */
  mayBeDirect(peer: PeerId): boolean
  /** May stock protocols that exchange direct addresses (DCUtR, WebRTC) run with this peer? */
  mayUpgrade(peer: PeerId): boolean
  /** May this address be dialled? */
  mayDial(address: Multiaddr, peer: PeerId): boolean
  /** May this open connection stay? */
  mayStay(connection: Pick<Connection, 'direct' | 'direction' | 'remotePeer'>): boolean
  /** Replaces our own relays. */
  setRelays(relays: Iterable<PeerId>): void
  /** Remembers the relay in front of someone we are asked to reach, so that it can be dialled. */
  noteRelayOf(address: Multiaddr): void
  /** Remembers who was seen on the local network. */
  setNearby(peers: Iterable<PeerId>): void
  readonly libp2p: ConnectionGater
}

// Relays of others we remember at once, and addresses of each; an address record holds at most a handful.
const FOREIGN_RELAYS_MAX = 256
const FOREIGN_IPS_MAX = 8

/** Builds the gate over the messenger's live trust. `isWanted`: someone we were told to stay connected to. */
export function createGate(
  trust: Trust,
  subnets: () => readonly Subnet[],
  isWanted: (peer: PeerId) => boolean = () => false,
): Gate {
  let ownRelays = new Set<PeerId>()
  let nearby = new Set<PeerId>()
  /** With the IP addresses under which we were asked to use them. */
  const foreignRelays = new Map<PeerId, Set<string>>()

  // A contact named as the relay in an address would otherwise be dialled directly in spite of relay-only.
  const mayServe = (relay: PeerId) =>
    ownRelays.has(relay) || !(trust.isBlocked(relay) || (trust.isContact(relay) && !trust.mayConnectDirectly(relay)))
  const isRelay = (peer: PeerId) => ownRelays.has(peer) || (foreignRelays.has(peer) && mayServe(peer))
  const mayBeDirect = (peer: PeerId) => isRelay(peer) || trust.mayConnectDirectly(peer)
  const mayArrive = (peer: PeerId) =>
    isRelay(peer) || (trust.mayArriveDirectly ?? trust.mayConnectDirectly).call(trust, peer)

  const mayReachHost = (address: Multiaddr, peer: PeerId) => {
    const ip = ipOf(address)
    if (ip === undefined) return true // a name, resolved later
    if (isUnusable(ip)) return false
    if (!isPrivate(ip) || ownRelays.has(peer) || foreignRelays.get(peer)?.has(ip) === true) return true
    if (trust.isEntered?.(peer, withoutPeer(address, peer)) === true) return true
    // Elsewhere a private address is useless, and dialling it lets a peer scan our local network.
    const isOurs = isLoopback(ip) || isWithin(ip, subnets())
    return isOurs && (trust.isContact(peer) || nearby.has(peer))
  }

  const mayUseRelay = (address: Multiaddr, relay: PeerId, peer: PeerId) => {
    if (relay === peer || !mayServe(relay)) return false
    if (ownRelays.has(relay)) return true
    const ip = ipOf(address)
    if (ip === undefined) return true
    // Anyone can announce a relay; a stranger's leads us to no host on the local network.
    return !isUnusable(ip) && (!isPrivate(ip) || trust.isContact(peer) || isWanted(peer))
  }

  const mayDial = (address: Multiaddr, peer: PeerId) => {
    if (trust.isBlocked(peer)) return false
    if (!isRelayedAddress(address)) return mayBeDirect(peer) && mayReachHost(address, peer)
    const relay = relayOf(address)
    return relay !== undefined && mayUseRelay(address, relay, peer)
  }

  const refusesPeer =
    (mayPass: (peer: PeerId) => boolean) =>
    (peer: Libp2pPeerId, link: MultiaddrConnection): boolean =>
      trust.isBlocked(peer.toString()) || (!isRelayedAddress(link.remoteAddr) && !mayPass(peer.toString()))

  return {
    isRelay,
    mayBeDirect,
    // Both tell the other side where we are, which only contacts may know; asking someone is not enough.
    mayUpgrade: (peer) => trust.isContact(peer) && trust.mayConnectDirectly(peer) && !isRelay(peer),
    mayDial,
    mayStay: ({ direct, direction, remotePeer }) => {
      const peer = remotePeer.toString()
      if (trust.isBlocked(peer)) return false
      return !direct || mayBeDirect(peer) || (direction === 'inbound' && mayArrive(peer))
    },
    setRelays: (relays) => {
      ownRelays = new Set(relays)
    },
    noteRelayOf: (address) => {
      const relay = relayOf(address)
      if (relay === undefined || !isRelayedAddress(address)) return
      const ip = ipOf(address)
      const ips = foreignRelays.get(relay) ?? new Set()
      if (ip !== undefined && ips.size < FOREIGN_IPS_MAX) ips.add(ip)
      foreignRelays.delete(relay)
      foreignRelays.set(relay, ips)
      for (const oldest of foreignRelays.keys())
        if (foreignRelays.size > FOREIGN_RELAYS_MAX) foreignRelays.delete(oldest)
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
      denyOutboundConnection: refusesPeer(mayBeDirect),
      denyInboundEncryptedConnection: refusesPeer(mayArrive),
      denyOutboundEncryptedConnection: refusesPeer(mayBeDirect),
      denyInboundRelayedConnection: (_relay, peer) => trust.isBlocked(peer.toString()),
      // What identify, mDNS and the DHT tell about a peer: kept only where it could be dialled.
      filterMultiaddrForPeer: (peer, address) => mayDial(address, peer.toString()),
    },
  }
}
