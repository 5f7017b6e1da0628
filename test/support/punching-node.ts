import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify } from '@libp2p/identify'
import { type Connection, FaultTolerance, type Libp2p } from '@libp2p/interface'
import { ping } from '@libp2p/ping'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { pingConnection } from '../../electron/network/lines/ping.ts'
import { type Dcutr, type DcutrOptions, dcutr } from '../../electron/network/nat/dcutr/dcutr.ts'
import { noticing } from '../../electron/network/nat/dcutr/notice.ts'
import { createJournal, type Journal } from '../../electron/network/nat/journal.ts'
import { connectionEncrypters } from '../../electron/network/parts/encryption.ts'
import { muxer } from '../../electron/network/parts/muxer.ts'
import { type Components, loadTransports } from '../../electron/network/parts/transports.ts'
import type { PeerId } from '../../shared/domain/peer.ts'

/** A bare node that punches, without the messenger around it. */
export interface PunchingNode {
  readonly id: PeerId
  readonly libp2p: Libp2p
  readonly components: Components
  readonly dcutr: Dcutr
  readonly journal: Journal
  connectionsTo(peer: PeerId): Connection[]
  stop(): Promise<void>
}

export interface PunchingNodeOptions extends Partial<Omit<DcutrOptions, 'journal'>> {
  readonly listen?: readonly string[]
  /** A relay's address with its id: a place is taken there. */
  readonly relay: string
}

interface Services extends Record<string, unknown> {
  readonly dcutr: Dcutr
  readonly inside: { readonly components: Components }
}

/** Starts it, with a place on the relay. */
export async function startPunchingNode(options: PunchingNodeOptions): Promise<PunchingNode> {
  const { listen = ['/ip4/127.0.0.1/tcp/0'], relay, ...given } = options
  const { tcp } = await loadTransports([])
  const journal = createJournal({
    onError: (error) => {
      throw error
    },
  })
  const libp2p: Libp2p<Services> = await createLibp2p({
    addresses: { listen: [...listen, `${relay}/p2p-circuit`] },
    transports: [tcp, circuitRelayTransport()],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: [muxer()],
    connectionGater: noticing({ denyDialMultiaddr: () => false }, (relayed) => libp2p.services.dcutr.expect(relayed)),
    connectionMonitor: { enabled: false },
    transportManager: { faultTolerance: FaultTolerance.NO_FATAL },
    services: {
      identify: identify(),
      ping: ping(),
      dcutr: dcutr({
        ...{ mayUpgrade: () => true, verified: () => [], localAddressesOf: () => [], journal },
        ask: (connection) => pingConnection(connection, AbortSignal.timeout(5_000)).catch(() => undefined),
        ...given,
      }),
      inside: (components: Components) => ({ components }),
    },
  })
  return {
    id: libp2p.peerId.toString(),
    libp2p,
    components: libp2p.services.inside.components,
    dcutr: libp2p.services.dcutr,
    journal,
    connectionsTo: (peer) =>
      libp2p.getConnections().filter(({ remotePeer, status }) => remotePeer.toString() === peer && status === 'open'),
    stop: async () => libp2p.stop(),
  }
}

/** Opens a relayed connection; ours of the two sides is the one that dialled (A). */
export async function dialRelayed(from: Libp2p, relay: string, to: PeerId): Promise<Connection> {
  return from.dial(multiaddr(`${relay}/p2p-circuit/p2p/${to}`), { signal: AbortSignal.timeout(10_000) })
}
