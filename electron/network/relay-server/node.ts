import { autoNATv2 } from '@libp2p/autonat-v2'
import { type GossipSub, TopicValidatorResult } from '@libp2p/gossipsub'
import { identify, identifyPush } from '@libp2p/identify'
import type { ConnectionGater } from '@libp2p/interface'
import { type KadDHT, kadDHT, passthroughMapper, removePrivateAddressesMapper } from '@libp2p/kad-dht'
import { type Ping, ping } from '@libp2p/ping'
import { webSockets } from '@libp2p/websockets'
import { createLibp2p } from 'libp2p'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { identityFromSeed } from '../identity.ts'
import { ANNOUNCEMENT_MAX_BYTES, IDENTIFY_MAX_BYTES, PENDING_CONNECTIONS, PINGS } from '../limits.ts'
import { createRateLimit } from '../pace/rate-limit.ts'
import { connectionEncrypters } from '../parts/encryption.ts'
import { announcementGossip } from '../parts/gossip.ts'
import { muxer } from '../parts/muxer.ts'
import { type Components, loadTransports, type MissingPart } from '../parts/transports.ts'
import { ANNOUNCE_TOPIC, DHT_PROTOCOL } from '../protocols.ts'
import { relayAgent } from '../relay-agent.ts'
import { announcedAddress, groupOf, hasPrivateHost, listenAddresses, mostPublic } from './addresses.ts'
import { watchedRelayServer } from './circuits.ts'
import type { RelayCounters } from './counters.ts'
import type { RelayGate } from './gate.ts'
import { listenFailure } from './start-error.ts'
import { withBoundedStore } from './store.ts'

/** What one relay gives away at most. */
export interface RelayLimits {
  readonly reservations: number
  readonly reservationsPerAddress: number
  readonly reservationTtlMs: number
  readonly connections: number
  readonly connectionsPerAddress: number
  readonly connectionsPerPeer: number
  /** Open circuits that end at one peer, on either side. */
  readonly circuitsPerPeer: number
  /** Bytes one circuit may carry, both directions together. */
  readonly circuitBytes: number
  readonly circuitMs: number
}

export interface RelayNodeOptions {
  /** What its users read instead of its key. */
  readonly name?: string
  readonly seed: Uint8Array
  /** IP addresses to listen on. */
  readonly hosts: readonly string[]
  /** TCP port, and UDP port of QUIC. 0 = chosen by the system. */
  readonly port: number
  readonly wsPort: number
  /** Multiaddrs under which others reach this relay; when given, no other address is told. */
  readonly announce: readonly string[]
  /** PEM; with it the WebSocket port speaks TLS only. */
  readonly certificate?: { readonly cert: string; readonly key: string }
  readonly limits: RelayLimits
  readonly gate: RelayGate
  readonly counters: RelayCounters
  readonly onReservation?: (change: ReservationChange) => void
}

export interface ReservationChange {
  readonly peer: PeerId
  readonly change: 'reserved' | 'refreshed' | 'ended'
  readonly expiresAt?: number
}

export interface Reservation {
  readonly peer: PeerId
  readonly expiresAt: number
}

export interface RelayNode {
  readonly id: PeerId
  /** Multiaddrs to give to others, `/p2p/<id>` included, best first. */
  addresses(): readonly string[]
  reservations(): readonly Reservation[]
  connections(): number
  /** Optional parts this machine cannot load. */
  readonly missing: readonly MissingPart[]
  stop(): Promise<void>
}

/** Announcements of one peer that are passed on: one in five seconds, three at once. */
const ANNOUNCEMENTS = { perSecond: 0.2, burst: 3 }

/**
 * A second window of 1 MiB lets one circuit carry 80 Mbit/s at 100 ms; more would only be memory for strangers.
 * A circuit takes one stream, and a relayed peer has one circuit with each of its people.
 */
const RELAY_MUXER = {
  maxInboundStreams: 1024,
  maxOutboundStreams: 1024,
  streamOptions: {
    initialStreamWindowSize: 256 * 1024,
    maxStreamWindowSize: 1024 * 1024,
    maxWriteBufferLength: 4 * 1024 * 1024,
  },
} as const

/** Starts the relay's libp2p node: circuit relay v2, AutoNAT v2, GossipSub hub, DHT server. Throws `RelayStartError`. */
export async function startRelayNode(options: RelayNodeOptions): Promise<RelayNode> {
  const { privateKey, id } = await identityFromSeed(options.seed)
  const announce = options.announce.map((text) => announcedAddress(text, id))
  const transports = await loadTransports(['quic'])
  const reservations = new Map<PeerId, Reservation & { readonly group: string }>()
  const { limits, counters } = options
  const refusedNow = new Set<PeerId>()

  const onlyPrivate = (): boolean => options.announce.length === 0 && node.getMultiaddrs().every(hasPrivateHost)
  const node = await createLibp2p({
    start: false,
    privateKey,
    nodeInfo: { userAgent: relayAgent(options.name) },
    addresses: {
      listen: listenAddresses({
        ...options,
        isSecure: options.certificate !== undefined,
        hasQuic: transports.quic !== undefined,
      }),
      announce,
      announceFilter: mostPublic,
    },
    transports: [
      transports.tcp,
      webSockets(options.certificate === undefined ? {} : { https: { ...options.certificate } }),
      ...(transports.quic ? [transports.quic] : []),
    ],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: [muxer(RELAY_MUXER)],
    connectionManager: {
      ...PENDING_CONNECTIONS,
      maxConnections: limits.connections,
      // Per second and address: an office or a carrier NAT comes back all at once when its line does.
      inboundConnectionThreshold: limits.connectionsPerAddress,
      reconnectRetries: 0,
    },
    connectionGater: gater(),
    services: {
      identify: identify({ maxMessageSize: IDENTIFY_MAX_BYTES }),
      identifyPush: identifyPush({ maxMessageSize: IDENTIFY_MAX_BYTES }),
      ping: ping(PINGS),
      autonat: autoNATv2(),
      gossip: announcementGossip(),
      dht: withBoundedStore<Components & { ping: Ping }, KadDHT>(
        kadDHT({
          protocol: DHT_PROTOCOL,
          clientMode: false,
          peerInfoMapper: (peer) => (onlyPrivate() ? passthroughMapper(peer) : removePrivateAddressesMapper(peer)),
          logPrefix: 'sightline:dht',
        }),
      ),
      relay: watchedRelayServer(
        {
          // Per connection; the library's 32 would be the number of people one can reach over this relay.
          maxInboundHopStreams: limits.circuitsPerPeer,
          maxOutboundStopStreams: limits.circuitsPerPeer,
          hopTimeout: 10_000,
          reservationTtlMs: limits.reservationTtlMs,
          wasRefused: (peer) => refusedNow.delete(peer),
          reservations: {
            maxReservations: limits.reservations,
            reservationTtl: limits.reservationTtlMs,
            defaultDataLimit: BigInt(limits.circuitBytes),
            defaultDurationLimit: limits.circuitMs,
          },
        },
        {
          reserved: (peer, expiresAt, isNew) => {
            reservations.set(peer, {
              peer,
              expiresAt,
              group: groupOf(node.getConnections().find(({ remotePeer }) => remotePeer.toString() === peer)),
            })
            if (isNew) counters.reserved()
            options.onReservation?.({ peer, change: isNew ? 'reserved' : 'refreshed', expiresAt })
          },
          reservationEnded: (peer) => {
            reservations.delete(peer)
            options.onReservation?.({ peer, change: 'ended' })
          },
          opened: counters.circuitOpened,
          closed: counters.circuitClosed,
          relayed: counters.relayed,
          notHere: () => counters.refused('circuit', 'not-here'),
        },
      ),
      inside: ({ addressManager, transportManager }: Components) => ({ addressManager, transportManager }),
    },
  })

  function gater(): ConnectionGater {
    const { gate } = options
    return {
      denyDialMultiaddr: (address) => hasPrivateHost(address) && !onlyPrivate(),
      denyInboundConnection: ({ remoteAddr }) => {
        const group = groupOf({ remoteAddr })
        const fromAddress = node.getConnections().filter((connection) => groupOf(connection) === group).length
        const cause = gate.refuseConnection({ fromAddress })
        if (cause !== undefined) counters.refused('connection', cause)
        return cause !== undefined
      },
      denyInboundUpgradedConnection: (peer) => {
        const cause = gate.refusePeer({ connections: node.getConnections(peer).length })
        if (cause !== undefined) counters.refused('connection', cause)
        return cause !== undefined
      },
      denyInboundRelayReservation: (peer) => {
        const name = peer.toString()
        const group = groupOf(node.getConnections(peer)[0])
        const cause = gate.refuseReservation(name, {
          reservations: reservations.size,
          fromAddress: [...reservations.values()].filter((held) => held.group === group && held.peer !== name).length,
          hasReservation: reservations.has(name),
        })
        if (cause !== undefined) counters.refused('reservation', cause)
        // `full` has an answer of its own in the protocol (RESERVATION_REFUSED), which the server gives by itself.
        return cause !== undefined && cause !== 'full'
      },
      denyOutboundRelayedConnection: (from, to) => {
        const cause = gate.refuseCircuit({
          ofSource: counters.circuitsOf(from.toString()),
          ofDestination: counters.circuitsOf(to.toString()),
        })
        if (cause === undefined) return false
        counters.refused('circuit', cause)
        refusedNow.add(from.toString())
        return true
      },
    }
  }

  try {
    await node.start()
  } catch (error) {
    await node.stop()
    throw listenFailure(error)
  }
  confirmOwnAddresses()
  hostAnnouncements(node.services.gossip)

  /** The operator put this relay where it is: a public address of its own interface is told at once, and checked by AutoNAT later. */
  function confirmOwnAddresses() {
    const { addressManager, transportManager } = node.services.inside
    for (const address of transportManager.getAddrs()) {
      if (!hasPrivateHost(address)) addressManager.confirmObservedAddr(address, { type: 'transport' })
    }
  }

  return {
    id,
    addresses: () => node.getMultiaddrs().map(String),
    reservations: () => [...reservations.values()].map(({ peer, expiresAt }) => ({ peer, expiresAt })),
    connections: () => node.getConnections().length,
    missing: transports.missing,
    stop: async () => {
      await node.stop()
    },
  }
}

/** Passes announcements on, each author's at its own slow pace. A hub forwards only topics it has joined. */
function hostAnnouncements(gossip: GossipSub): void {
  const mayAnnounce = createRateLimit(ANNOUNCEMENTS)
  gossip.topicValidators.set(ANNOUNCE_TOPIC, (_peer, message) => {
    if (message.type !== 'signed' || message.data.byteLength > ANNOUNCEMENT_MAX_BYTES)
      return TopicValidatorResult.Reject
    return mayAnnounce(message.from.toString()) ? TopicValidatorResult.Accept : TopicValidatorResult.Ignore
  })
  gossip.subscribe(ANNOUNCE_TOPIC)
}
