import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import type { GossipSub } from '@libp2p/gossipsub'
import { type Identify, identify, identifyPush } from '@libp2p/identify'
import { FaultTolerance, type Libp2p } from '@libp2p/interface'
import { type KadDHT, kadDHT, passthroughMapper } from '@libp2p/kad-dht'
import { type Ping, ping } from '@libp2p/ping'
import type { Multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import type { Gate } from './connections/gate.ts'
import type { Identity } from './identity.ts'
import { DESKTOP_CONNECTIONS, IDENTIFY_MAX_BYTES, PINGS } from './limits.ts'
import { type Dcutr, type DcutrOptions, dcutr } from './nat/dcutr/dcutr.ts'
import { noticing } from './nat/dcutr/notice.ts'
import { connectionEncrypters } from './parts/encryption.ts'
import { announcementGossip } from './parts/gossip.ts'
import { guarded } from './parts/guard.ts'
import { muxer } from './parts/muxer.ts'
import { type Components, firstLine, type LoadedTransports, type MissingPart } from './parts/transports.ts'
import { AGENT, DHT_PROTOCOL } from './protocols.ts'

interface NodeOptions {
  readonly identity: Identity
  readonly gate: Gate
  readonly transports: LoadedTransports
  /** Multiaddrs to listen on. */
  readonly listen: readonly string[]
  /** What everyone may know of us: our places on relays. */
  readonly announced: () => Multiaddr[]
  /** How a relayed line becomes a direct one. */
  readonly punching: DcutrOptions
}

/** The node, and those of its parts we speak to. */
export interface Node {
  readonly libp2p: Libp2p
  readonly components: Components
  readonly gossip: GossipSub
  readonly dht: KadDHT
  readonly identify: Identify
  readonly dcutr: Dcutr
}

/** The one libp2p node of a desktop, not yet started. */
async function createNode(options: NodeOptions): Promise<Node> {
  const { identity, gate, transports, listen, announced, punching } = options
  const relaysOnly = (peer: string) => gate.isRelay(peer)

  let expectRelayed: (relayed: Multiaddr) => void = () => {}
  const libp2p = await createLibp2p({
    start: false,
    privateKey: identity.privateKey,
    nodeInfo: { userAgent: AGENT },
    addresses: {
      listen: [...listen],
      // identify, signed peer records, the DHT and GossipSub all read this list, and send it to strangers.
      announceFilter: () => announced(),
    },
    transports: [
      transports.tcp,
      transports.webSockets,
      ...(transports.quic ? [transports.quic] : []),
      // An answer to a WebRTC offer carries our local addresses.
      ...(transports.webrtc ? [guarded(transports.webrtc, gate.mayUpgrade)] : []),
      // Only relays of ours bring people to us.
      guarded(circuitRelayTransport({ reservationConcurrency: 4, discoveryFilter: NOTHING_TO_DISCOVER }), relaysOnly),
    ],
    // Noise alone falls back to WebAssembly under Electron, at a quarter of the speed.
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: [muxer()],
    // A punch is prepared while a relayed connection is still being encrypted.
    connectionGater: noticing(gate.libp2p, (relayed) => expectRelayed(relayed)),
    connectionManager: DESKTOP_CONNECTIONS,
    // peers.ts pings for itself, and more often where someone waits.
    connectionMonitor: { enabled: false },
    // A relay that is full or away must not keep the window from opening.
    transportManager: { faultTolerance: FaultTolerance.NO_FATAL },
    services: {
      identify: identify({ maxMessageSize: IDENTIFY_MAX_BYTES }),
      identifyPush: identifyPush({ maxMessageSize: IDENTIFY_MAX_BYTES }),
      ping: ping(PINGS),
      gossip: guarded(announcementGossip(), relaysOnly),
      dht: guarded<Components & { ping: Ping }, KadDHT>(
        kadDHT({
          protocol: DHT_PROTOCOL,
          clientMode: true,
          peerInfoMapper: passthroughMapper,
          logPrefix: 'sightline:dht',
        }),
        relaysOnly,
      ),
      dcutr: dcutr(punching),
      inside: (components: Components) => ({ components }),
    },
  })
  const { gossip, dht, identify: identifyService, dcutr: dcutrService, inside } = libp2p.services
  expectRelayed = dcutrService.expect
  return { libp2p, components: inside.components, gossip, dht, identify: identifyService, dcutr: dcutrService }
}

// Every relay we identify would otherwise be asked for a place by libp2p itself; places/relay.ts asks.
const NOTHING_TO_DISCOVER = { has: () => true, add: () => {}, remove: () => {} }

/** A part that loads and then breaks the node is left out, like one that does not load. */
export async function createNodeWith(
  transports: LoadedTransports,
  optionsWith: (transports: LoadedTransports) => NodeOptions,
): Promise<{ node: Node; missing: readonly MissingPart[] }> {
  try {
    return { node: await createNode(optionsWith(transports)), missing: transports.missing }
  } catch (error) {
    const { quic, webrtc, ...always } = transports
    if (quic === undefined && webrtc === undefined) throw error
    const why = firstLine(error)
    const broken: MissingPart[] = [
      ...(quic === undefined ? [] : [{ part: 'quic' as const, why }]),
      ...(webrtc === undefined ? [] : [{ part: 'webrtc' as const, why }]),
    ]
    return { node: await createNode(optionsWith(always)), missing: [...transports.missing, ...broken] }
  }
}
