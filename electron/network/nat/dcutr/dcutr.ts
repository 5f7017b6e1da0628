import type { Connection, Startable, StreamHandler } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { peerOf } from '../../addresses/multiaddrs.ts'
import type { Components } from '../../parts/transports.ts'
import { LIBP2P_PROTOCOLS } from '../../protocols.ts'
import type { Journal, OpenAttempt } from '../journal.ts'
import { PunchFailed } from './failure.ts'
import { initiate } from './initiator.ts'
import { askOuterAddress, scoutOf } from './outer-address.ts'
import { createPreparations } from './preparations.ts'
import { type Ask, prepare } from './prepared.ts'
import type { PunchParts } from './punch-parts.ts'
import { createReceiver } from './receiver.ts'
import { type IsPublic, isPublicIp } from './remote-addresses.ts'

export interface Dcutr {
  /** A relayed connection is being made, under this remote address: what a punch needs is prepared during its handshakes. */
  expect(relayed: Multiaddr): void
  /**
   * One cycle over a relayed connection that somebody opened to us (we are B): up to three attempts. Resolves with the
   * open direct connection, not yet pinged. Throws `PunchFailed`.
   */
  punch(relayed: Connection, options: PunchOptions): Promise<Connection>
}

export interface PunchOptions {
  readonly signal: AbortSignal
  readonly attempt?: OpenAttempt
}

export interface DcutrOptions {
  /** Asked before preparing and at every stream, at both ends. */
  readonly mayUpgrade: (peer: PeerId) => boolean
  /** Our own verified public or mapped TCP addresses, without `/p2p/…`. */
  readonly verified: () => readonly Multiaddr[]
  /** Addresses on a local network in the other's address record: tried only behind the same NAT. */
  readonly localAddressesOf: (peer: PeerId) => readonly Multiaddr[]
  /** One ping over a connection that was punched, in milliseconds; `undefined` when nobody answers. */
  readonly ask: (connection: Connection) => Promise<number | undefined>
  /** Where the side that was asked to punch writes its attempts; who asks brings one along. */
  readonly journal: Pick<Journal, 'begin'>
  readonly log?: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  readonly platform?: NodeJS.Platform
  /** Which IP addresses count as public: others in tests, which have loopback only. */
  readonly isPublic?: IsPublic
}

// Our own limit, one attempt at a time with each peer, answers with a reason; this one is only the net below it.
const STREAMS_MAX = 4

/** libp2p's DCUtR (specs/relay/DCUtR.md) that punches: TCP simultaneous open from ports learned beforehand. */
export function dcutr(options: DcutrOptions): (components: Components) => Dcutr & Startable {
  const { mayUpgrade, verified, localAddressesOf, ask: ping, journal, log = () => {} } = options
  const { platform = process.platform, isPublic = isPublicIp } = options
  return (components) => {
    const { connectionManager, events, registrar } = components
    const ask: Ask = (node, how) => askOuterAddress(components, node, how)
    const preparations = createPreparations({
      prepare: (relayed, signal) => prepare(relayed, signal, { components, verified, ask, platform, isPublic }),
    })
    const hasDirect = (peer: PeerId) =>
      connectionManager
        .getConnections()
        .some(({ direct, status, remotePeer }) => direct && status === 'open' && remotePeer.toString() === peer)
    const parts: PunchParts = { components, preparations, localAddressesOf, isPublic, ask: ping, hasDirect, log }
    const receiver = createReceiver(parts, journal)
    const stopping = new AbortController()
    // While the handshakes, or at least identify, are still running: what is learned then costs no time at all.
    const expect = (relayed: Multiaddr) => {
      const peer = peerOf(relayed)
      if (peer !== undefined && mayUpgrade(peer) && !hasDirect(peer)) preparations.ahead(relayed)
    }
    const onOpen = ({ detail: connection }: CustomEvent<Connection>) => {
      if (!connection.direct) expect(connection.remoteAddr)
    }
    const onClose = ({ detail: connection }: CustomEvent<Connection>) => preparations.drop(connection.remoteAddr)
    const onStream: StreamHandler = (stream, connection) => {
      if (mayUpgrade(connection.remotePeer.toString())) void receiver.answer(stream, connection)
      else stream.abort(new Error('not open to this peer'))
    }

    return {
      async start() {
        events.addEventListener('connection:open', onOpen)
        events.addEventListener('connection:close', onClose)
        await registrar.handle(LIBP2P_PROTOCOLS.dcutr, onStream, {
          maxInboundStreams: STREAMS_MAX,
          maxOutboundStreams: STREAMS_MAX,
          runOnLimitedConnection: true,
        })
        await scoutOf(components)
      },
      async stop() {
        events.removeEventListener('connection:open', onOpen)
        events.removeEventListener('connection:close', onClose)
        stopping.abort(new Error('stopping'))
        receiver.stop()
        preparations.stop()
        await registrar.unhandle(LIBP2P_PROTOCOLS.dcutr)
      },
      expect,
      async punch(relayed, { signal, attempt }) {
        if (!mayUpgrade(relayed.remotePeer.toString())) throw new PunchFailed('refused', 'not allowed with this peer')
        if (relayed.direct || relayed.direction !== 'inbound')
          throw new PunchFailed('not-supported', 'nobody opened this connection to us over a relay')
        return initiate(parts, relayed, attempt, AbortSignal.any([signal, stopping.signal]))
      },
    }
  }
}
