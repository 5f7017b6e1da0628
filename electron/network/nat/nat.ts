import { isIP } from 'node:net'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { Mechanism } from '../../../shared/domain/attempt.ts'
import type { RelayedReason } from '../../../shared/domain/line.ts'
import type { MappingBehaviour, OwnAddress } from '../../../shared/domain/nat-report.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { ipOf, relayOf } from '../addresses/multiaddrs.ts'
import type { Gate } from '../connections/gate.ts'
import type { Reach } from '../connections/reach.ts'
import type { PeerTable } from '../lines/peers.ts'
import type { Trust } from '../network.ts'
import type { Node } from '../node.ts'
import type { Streams } from '../streams/streams.ts'
import { createReachabilityWatch, type ReachabilityWatch } from './autonat/watch.ts'
import { isPunchHopeless, relayedBecause } from './because.ts'
import { isPublicIp } from './dcutr/remote-addresses.ts'
import type { Journal } from './journal.ts'
import { askableRelays, createMappingBehaviour } from './mapping-behaviour.ts'
import { createReportExchange, type OwnReport } from './report-exchange.ts'
import { createTraversal, type Traversal } from './traversal.ts'

/** What we know of the routers between us and others, and the ways past relays that follow from it. */
export interface Nat {
  readonly traversal: Traversal
  mapping(): MappingBehaviour
  /** What speaks for an address of ours (without `/p2p/…`). */
  readonly evidenceOf: ReachabilityWatch['evidenceOf']
  /** Is a punch running with this peer, whoever began it? */
  isPunching(peer: PeerId): boolean
  /** Why the line to this peer runs over a relay. */
  because(peer: PeerId): RelayedReason | undefined
  /** A place on a relay, an interface or an address of ours came or went. */
  review(): void
  stop(): void
}

export interface NatOptions {
  readonly self: PeerId
  readonly node: Node
  readonly trust: Trust
  readonly gate: Gate
  readonly table: PeerTable
  readonly reach: Reach
  readonly streams: Streams
  readonly journal: Journal
  /** `/…/p2p/<relay>/p2p-circuit` of every place we hold. */
  readonly places: () => readonly Multiaddr[]
  /** Our own addresses without a relay. */
  readonly direct: () => readonly OwnAddress[]
  /** Is a direct connection being tried from here? */
  readonly isUpgrading: (peer: PeerId) => boolean
  /** Our own side is another one now: what failed with everybody may work. */
  readonly onOwnChange: () => void
  /** So is this peer's. */
  readonly onPeerChange: (peer: PeerId) => void
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  readonly onError: (error: unknown) => void
}

const PAST_RELAYS: readonly Mechanism[] = ['dial', 'reversal', 'tcp-punch']

/** Puts the mechanisms together over a node. */
export function createNat(options: NatOptions): Nat {
  const { self, node, trust, gate, table, reach, streams, journal, direct, log, onError } = options
  let told = ''

  const own = (): OwnReport => ({
    mapping: mapping.behaviour(),
    isReachable: direct().some(({ kind, evidence }) => kind !== 'lan' && evidence === 'verified'),
  })
  const mapping = createMappingBehaviour({
    components: node.components,
    relays: () => askableRelays(options.places()),
    onChange() {
      review()
      options.onOwnChange()
    },
  })
  const reachability = createReachabilityWatch({
    ...{ components: node.components, direct, journal, onError },
    relays: () => relaysOf(options.places()),
    onChange() {
      review()
      options.onOwnChange()
    },
  })
  const exchange = createReportExchange({
    streams,
    own,
    onPath: table.onPath,
    mayExchange: (peer) => trust.isContact(peer) && trust.mayConnectDirectly(peer),
    onChange(peer) {
      traversal.review(peer)
      options.onPeerChange(peer)
    },
    log,
    onError,
  })
  const traversal = createTraversal({
    ...{ self, gate, table, reach, journal },
    dcutr: node.dcutr,
    isPunchHopeless: (peer) => isPunchHopeless(own(), exchange.of(peer), hasGlobalIpv6(direct())),
  })
  const isPunching = (peer: PeerId) => journal.lastOf(peer, 'tcp-punch')?.outcome.state === 'running'

  /** Contacts hear what changed of ours, once. */
  function review(): void {
    const now = JSON.stringify(own())
    if (now === told) return
    told = now
    exchange.announce()
  }

  return {
    traversal,
    mapping: mapping.behaviour,
    evidenceOf: reachability.evidenceOf,
    isPunching,
    because(peer) {
      if (!trust.isContact(peer)) return undefined
      return relayedBecause({
        isContact: trust.isContact(peer),
        mayBeDirect: trust.mayConnectDirectly(peer),
        isUpgrading: options.isUpgrading(peer) || isPunching(peer),
        ours: own(),
        theirs: exchange.of(peer),
        tried: PAST_RELAYS.flatMap((mechanism) => journal.lastOf(peer, mechanism) ?? []),
      })
    },
    review() {
      mapping.ask()
      reachability.review()
      review()
    },
    stop() {
      mapping.stop()
      reachability.stop()
      exchange.stop()
    },
  }
}

function hasGlobalIpv6(own: readonly OwnAddress[]): boolean {
  const ips = own.map(({ address }) => ipOf(multiaddr(address)) ?? '')
  return ips.some((ip) => isIP(ip) === 6 && isPublicIp(ip))
}

function relaysOf(places: readonly Multiaddr[]): PeerId[] {
  return [...new Set(places.flatMap((place) => relayOf(place) ?? []))]
}
