import type { Connection, ConnectionGater, PeerId as Libp2pPeerId, MultiaddrConnection } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'
import {
  addressOf,
  hasKnownHost,
  ipOf,
  isRelayedAddress,
  nameIn,
  peerOf,
  placeOf,
  relayOf,
  withoutPeer,
} from '../addresses/multiaddrs.ts'
import { isLoopback, isPrivate, isUnusable, isWithin, type Subnet } from '../addresses/subnets.ts'
import type { KnownRelay, Trust } from '../network.ts'
import { createTargetLimit } from '../pace/target-limit.ts'

/** Who may be connected to, and how. One place decides for dials, accepted connections and the peer store alike. */
export interface Gate {
  /** A relay of ours: connected to directly, whatever the relay-only switch says; that is what a relay is for. */
  isRelay(peer: PeerId): boolean
  /** May we seek a connection to this peer that runs without a relay? */
  mayBeDirect(peer: PeerId): boolean
  /** May stock protocols that exchange direct addresses (DCUtR, WebRTC) run with this peer? */
  mayUpgrade(peer: PeerId): boolean
  /**
   * May this address be dialled? A name is not looked at: whoever dials looks it up first (targets.ts) and asks for what
   * it found, with the address it stood in as `origin`.
   */
  mayDial(address: Multiaddr, peer: PeerId, origin?: Multiaddr): boolean
  /** Asked right before each dial of what `mayDial` allows. `sake`: the one whose address named this relay. */
  mayDialNow(address: Multiaddr, peer: PeerId, from?: { readonly origin: Multiaddr; readonly sake: PeerId }): boolean
  /** May this open connection stay? */
  mayStay(connection: Pick<Connection, 'direct' | 'direction' | 'remotePeer'>): boolean
  /** Replaces our own relays. */
  setRelays(relays: Iterable<KnownRelay>): void
  /** Remembers the relay in front of someone we are asked to reach, so that it can be dialled. */
  noteRelayOf(address: Multiaddr): void
  /** Remembers who was seen on the local network. */
  setNearby(peers: Iterable<PeerId>): void
  readonly libp2p: ConnectionGater
}

// Relays of others we remember at once, and addresses of each; an address record holds at most a handful.
const FOREIGN_RELAYS_MAX = 256
const FOREIGN_IPS_MAX = 8
// Different places on local networks, for the sake of one contact. An honest record has fewer: three transports, two
// families, and the same once more after a restart; whoever changes his record all the time cannot scan with it.
const LOCAL_PLACES = { max: 12, perMs: 60_000 }

/** What decides about local addresses beside trust. */
export interface Surroundings {
  readonly subnets: () => readonly Subnet[]
  /** Someone we were told to stay connected to. */
  readonly isWanted?: (peer: PeerId) => boolean
  /** This peer was seen at this address (`/p2p/…` not included) on the local network. */
  readonly isSeen?: (peer: PeerId, address: string) => boolean
  /** We ourselves can be reached on this machine only. */
  readonly isOnLoopbackAlone?: boolean
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
}

interface OwnRelay {
  readonly ips: ReadonlySet<string>
  /** Addresses that are believed wherever they lead. */
  readonly entered: ReadonlySet<string>
}

/** Builds the gate over the messenger's live trust. */
export function createGate(trust: Trust, surroundings: Surroundings): Gate {
  const { subnets, isWanted = () => false, isSeen = () => false, isOnLoopbackAlone = false, now } = surroundings
  const isWithinLimit = createTargetLimit({ ...LOCAL_PLACES, ...(now && { now }) })
  let ownRelays = new Map<PeerId, OwnRelay>()
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

  /** Somebody sitting here said that this peer is there. */
  const isEntered = (address: Multiaddr, peer: PeerId) => {
    const text = withoutPeer(address, peer)
    return ownRelays.get(peer)?.entered.has(text) === true || trust.isEntered?.(peer, text) === true
  }

  const mayReachHost = (address: Multiaddr, peer: PeerId, origin: Multiaddr) => {
    if (!hasKnownHost(address)) return false
    const ip = ipOf(address)
    if (ip === undefined) return true // a name, looked up later
    if (isUnusable(ip)) return false
    if (!isPrivate(ip) || isEntered(origin, peer)) return true
    const isPerson = trust.isContact(peer) || nearby.has(peer)
    // What listens on loopback believes itself among friends.
    if (isLoopback(ip) && !isOnLoopbackAlone) return isPerson && isSeen(peer, withoutPeer(origin, peer))
    if (ownRelays.get(peer)?.ips.has(ip) === true || foreignRelays.get(peer)?.has(ip) === true) return true
    // Elsewhere a private address is useless, and dialling it lets a peer scan our local network.
    return isPerson && (isLoopback(ip) || isWithin(ip, subnets()))
  }

  const mayUseRelay = (address: Multiaddr, relay: PeerId, peer: PeerId) => {
    if (relay === peer || !mayServe(relay)) return false
    if (ownRelays.has(relay)) return true
    const ip = ipOf(address)
    if (ip === undefined) return hasKnownHost(address)
    if (isUnusable(ip)) return false
    // Anyone can announce a relay; a stranger's leads us to no host on the local network.
    if (isPrivate(ip)) return (isOnLoopbackAlone || !isLoopback(ip)) && (trust.isContact(peer) || isWanted(peer))
    return true
  }

  const mayDial: Gate['mayDial'] = (address, peer, origin = address) => {
    if (trust.isBlocked(peer)) return false
    if (!isRelayedAddress(address)) return mayBeDirect(peer) && mayReachHost(address, peer, origin)
    const relay = relayOf(address)
    return relay !== undefined && mayUseRelay(address, relay, peer)
  }

  const mayDialNow: Gate['mayDialNow'] = (address, peer, { origin, sake } = { origin: address, sake: peer }) => {
    const ip = ipOf(address)
    if (isRelayedAddress(address) || ip === undefined || !isPrivate(ip) || isEntered(origin, peer)) return true
    // Ids of relays cost nothing: those that others named and nobody here knows share one account.
    const key = sake === peer && !trust.isContact(peer) && isRelay(peer) ? 'relays of others' : sake
    return isWithinLimit(key, placeOf(address))
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
    mayDialNow,
    mayStay: ({ direct, direction, remotePeer }) => {
      const peer = remotePeer.toString()
      if (trust.isBlocked(peer)) return false
      return !direct || mayBeDirect(peer) || (direction === 'inbound' && mayArrive(peer))
    },
    setRelays: (relays) => {
      ownRelays = new Map([...relays].map((relay) => [relay.id, ownRelayOf(relay)]))
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
        if (peer === undefined || !mayDial(address, peer)) return true
        // libp2p's own dials: nobody looked the name up.
        if (!isRelayedAddress(address) && nameIn(address) !== undefined) return true
        return !mayDialNow(address, peer)
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

function ownRelayOf({ id, addresses, source, entered }: KnownRelay): OwnRelay {
  const read = (texts: readonly string[]) => texts.flatMap((text) => addressOf(id, text) ?? [])
  const believed = entered ?? (source === 'entered' || source === 'packaged' ? addresses : [])
  return {
    ips: new Set(read(addresses).flatMap((address) => ipOf(address) ?? [])),
    entered: new Set(read(believed).map((address) => withoutPeer(address, id))),
  }
}
