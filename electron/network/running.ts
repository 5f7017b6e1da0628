import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { Attempt } from '../../shared/domain/attempt.ts'
import type { Path } from '../../shared/domain/line.ts'
import type { Listing } from '../../shared/domain/listing.ts'
import type { NatReport, OwnAddress } from '../../shared/domain/nat-report.ts'
import type { PeerId, PeerPurpose } from '../../shared/domain/peer.ts'
import { assertListening, listenAddresses } from './addresses/listen.ts'
import { ipOf } from './addresses/multiaddrs.ts'
import { ownDirectAddresses, worthDialling } from './addresses/own-addresses.ts'
import { isLoopback, ownSubnets, type Subnet } from './addresses/subnets.ts'
import { localTcp, verifiedTcp } from './addresses/tcp-addresses.ts'
import { createAllowanceWatch } from './connections/allowance-watch.ts'
import { createDialer } from './connections/dialer.ts'
import { closeGently } from './connections/doubles.ts'
import { createGate } from './connections/gate.ts'
import { createReach } from './connections/reach.ts'
import { createSupervisor, type Supervisor } from './connections/reconnect.ts'
import { limitVisitors } from './connections/visitors.ts'
import { createAnnouncer } from './discovery/announce.ts'
import { identifyAgain } from './discovery/identify-again.ts'
import { createLocalDiscovery } from './discovery/local.ts'
import { createNearby, type Nearby } from './discovery/nearby.ts'
import { createWhereabouts } from './discovery/whereabouts.ts'
import type { Identity } from './identity.ts'
import { createPeerTable, type PeerTable } from './lines/peers.ts'
import { createJournal } from './nat/journal.ts'
import { createNat, type Nat } from './nat/nat.ts'
import { watchNetwork } from './nat/network-change.ts'
import { createOwnState } from './nat/own-state.ts'
import { createPortMapping } from './nat/port-mapping.ts'
import type { KnownRelay, NetworkOptions, NetworkSettings, OwnAddresses, WantedPeer } from './network.ts'
import { createNodeWith } from './node.ts'
import { remember } from './pace/remembered.ts'
import { type LoadPart, loadTransports } from './parts/transports.ts'
import { createRelaySupervisor, type RelaySupervisor } from './places/relay.ts'
import { createStreams, type Streams } from './streams/streams.ts'

/** What a started network is made of. */
export interface Running {
  readonly table: PeerTable
  readonly relays: RelaySupervisor
  readonly supervisor: Supervisor
  readonly nearby: Nearby
  readonly streams: Streams
  readonly attempts: Listing<Attempt>
  report(): NatReport
  ownAddresses(): OwnAddresses
  setSettings(settings: NetworkSettings): void
  setWanted(peers: readonly WantedPeer[]): void
  setRelays(relays: readonly KnownRelay[]): void
  reviewTrust(): void
  retryNow(): void
  stop(): Promise<void>
}

/** What the outside hears. */
export interface Hearers {
  onPeers(): void
  onPath(peer: PeerId, path: Path): void
  onRelays(): void
  onNearby(): void
  onOwn(): void
  onAttempts(): void
  onError(error: unknown): void
}

// libp2p asks the system for every interface each time, and each look at a line asks for our addresses.
const DIRECT_FOR_MS = 1_000

/** Starts the node and everything around it. Throws `port-taken` when the machine refuses to listen. */
export async function startNetwork(
  options: NetworkOptions,
  identity: Identity,
  hearers: Hearers,
  loadPart?: LoadPart,
): Promise<Running> {
  const { trust, listen = {}, log = () => {} } = options
  const self = identity.id
  const { onError } = hearers
  let subnets: readonly Subnet[] = ownSubnets()
  // These four are asked for while the node is being made, and answered by what is made after it.
  let relays: RelaySupervisor | undefined
  let supervisor: Supervisor | undefined
  let nat: Nat | undefined
  const direct = remember(() => listDirect(), DIRECT_FOR_MS)
  let listDirect: () => OwnAddress[] = () => []
  const journal = createJournal({ onError })
  const nearby = createNearby(self, onError)
  const gate = createGate(trust, {
    subnets: () => subnets,
    isWanted: (peer) => supervisor?.has(peer) === true,
    isSeen: (peer, address) => nearby.addressesOf(peer).some((seen) => seen.replace(/\/p2p\/[^/]+$/, '') === address),
    isOnLoopbackAlone: listen.host !== undefined && isLoopback(listen.host),
  })

  const withSelf = (address: Multiaddr) => address.encapsulate(`/p2p/${self}`)
  const placesOnRelays = () => (relays?.addresses() ?? []).map(withSelf)
  const directForContacts = () => worthDialling(direct.read()).map((text) => withSelf(multiaddr(text)))

  const { node, missing } = await createNodeWith(await loadTransports(undefined, loadPart), (transports) => ({
    identity,
    gate,
    transports,
    listen: listenAddresses(listen, transports),
    announced: placesOnRelays,
    punching: {
      mayUpgrade: gate.mayUpgrade,
      verified: () => verifiedTcp(direct.read()),
      // Dialled past the dialer, so they count here: a contact's record must not become a scan of our network.
      localAddressesOf: (peer) =>
        localTcp(reach.addressesOf(peer, supervisor?.addressesOf(peer) ?? [])).filter((address) =>
          gate.mayDialNow(address, peer),
        ),
      ask: (connection) => table.ask(connection),
      journal,
      log,
    },
  }))
  const { libp2p, components } = node
  const evidenceOf = (address: string) => nat?.evidenceOf(address) ?? 'unverified'
  listDirect = () => ownDirectAddresses(components.addressManager.getAddressesWithMetadata(), self, evidenceOf)
  await libp2p.start()
  try {
    assertListening(listen, components.transportManager.getAddrs())
  } catch (error) {
    nearby.stop()
    await libp2p.stop()
    throw error
  }
  log('network.started', { self: self.slice(-8), listening: components.transportManager.getAddrs().length })

  const purposeOf = (peer: PeerId): PeerPurpose => {
    if (trust.isContact(peer) || supervisor?.has(peer) === true) return 'contact'
    if (relays?.has(peer) === true) return 'relay'
    return nearby.has(peer) ? 'nearby' : 'infrastructure'
  }
  const table = createPeerTable(
    libp2p,
    {
      purposeOf,
      nameOf: (peer) => supervisor?.nameOf(peer) ?? relays?.nameOf(peer),
      isUpgrading: (peer) => supervisor?.isUpgrading(peer) === true || nat?.isPunching(peer) === true,
      because: (peer) => nat?.because(peer),
      isFirstAttempt: (peer) => supervisor?.isFirstAttempt(peer) === true,
      subnets: () => subnets,
      allowanceOf: (connection) => allowances.of(connection),
      isRunningOut: (connection) => allowances.isRunningOut(connection),
    },
    onError,
  )
  const dialer = createDialer(components, gate)
  const whereabouts = createWhereabouts(node.dht, self, () => placesOnRelays().length > 0)
  const reach = createReach(dialer, nearby.addressesOf, whereabouts.find)
  const wantedAddresses = (peer: PeerId) => supervisor?.addressesOf(peer) ?? []
  const allowances = createAllowanceWatch({
    ...{ libp2p, agentOf: table.agentOf, onChange: table.review, log },
    isContact: (peer) => trust.isContact(peer),
    redial: (peer, signal) => reach.connect(peer, wantedAddresses(peer), { signal, only: 'relayed' }),
  })
  const streams = createStreams({ node, trust, gate, table, reach, wantedAddresses, onError })
  const ways = createNat({
    ...{ self, node, trust, gate, table, reach, streams, journal, log, onError },
    places: () => relays?.addresses() ?? [],
    direct: direct.read,
    isUpgrading: (peer) => supervisor?.isUpgrading(peer) === true,
    onOwnChange() {
      lookAtOwn()
      contacts.retryNow()
    },
    onPeerChange: (peer) => contacts.retryNow(peer),
  })
  nat = ways
  const contacts = createSupervisor({ self, components, table, reach, traversal: ways.traversal, log })
  supervisor = contacts
  const places = createRelaySupervisor({
    ...{ node, dialer, journal, log, onError },
    roundTripMs: (relay) => table.path(relay).roundTripMs,
    // Whoever was not reachable while our relay was away may be now, and can reach us again.
    onPlace() {
      ways.review()
      contacts.retryNow()
    },
  })
  relays = places

  const mapping = createPortMapping(components, { journal, onChange: () => lookAtOwn(), onError })
  const announcer = createAnnouncer({
    node,
    identity,
    addresses: places.addresses,
    onAnnouncement: ({ peer, addresses }) => nearby.saw(peer, 'relay', addresses),
  })
  const local = createLocalDiscovery(components, directForContacts, (peer, addresses) => {
    const isNew = !nearby.has(peer)
    nearby.saw(peer, 'lan', addresses)
    gate.setNearby(nearby.ids())
    if (isNew && contacts.has(peer)) contacts.retryNow(peer)
  })
  // A relay of someone else that we came through carries circuits of ours and is no visitor.
  const stopLimiting = limitVisitors(libp2p, ({ remotePeer }) =>
    gate.isRelay(remotePeer.toString()) ? 'relay' : purposeOf(remotePeer.toString()),
  )

  const own = createOwnState({
    ...{ direct: direct.read, places, mapping, nat: ways, missing },
    onChange() {
      ways.review()
      hearers.onOwn()
    },
    onPlaces() {
      announcer.refresh()
      whereabouts.publish()
    },
  })

  function lookAtOwn(): void {
    direct.forget()
    own.look()
  }

  function reviewTrust(): void {
    for (const connection of libp2p.getConnections()) if (!gate.mayStay(connection)) void closeGently(connection)
    contacts.retryNow()
    table.reviewAll()
  }

  places.onChange(() => {
    hearers.onRelays()
    lookAtOwn()
  })
  journal.onChange(hearers.onAttempts)
  journal.onPeer(table.review)
  table.onChange(hearers.onPeers)
  table.onPath(hearers.onPath)
  nearby.onChange(() => {
    gate.setNearby(nearby.ids())
    hearers.onNearby()
  })
  libp2p.addEventListener('self:peer:update', lookAtOwn)
  libp2p.addEventListener('peer:identify', ({ detail }) => {
    if (detail.agentVersion === undefined) return
    table.setAgent(detail.peerId.toString(), detail.agentVersion)
    places.setAgent(detail.peerId.toString(), detail.agentVersion)
  })
  libp2p.addEventListener('connection:close', ({ detail }) => void identifyAgain(node, detail))

  const stopWatching = watchNetwork({
    onChange(change) {
      log(`network.${change.kind}`, change.kind === 'wake' ? { sleptMs: change.sleptMs } : {})
      if (change.kind === 'interfaces') subnets = change.subnets
      // A connection over an address that is gone never ends by itself.
      if (change.kind === 'interfaces' && change.isElsewhere) abandon()
      else table.askAll()
      ways.review()
      retryNow()
      table.reviewAll()
    },
  })

  function abandon(): void {
    for (const connection of libp2p.getConnections())
      if (!isLoopback(ipOf(connection.remoteAddr) ?? '')) connection.abort(new Error('we are in another network'))
  }

  function retryNow(): void {
    places.retryNow()
    mapping.retryNow()
    contacts.retryNow()
  }

  return {
    table,
    relays: places,
    supervisor: contacts,
    nearby,
    streams,
    attempts: journal,
    report: own.report,
    ownAddresses: own.addresses,
    setSettings(settings) {
      void mapping.set(settings.portMapping).catch(onError)
      void announcer.set(settings.announce).catch(onError)
      void local.set(settings.mdns).catch(onError)
      if (!settings.mdns) nearby.forget('lan')
      if (!settings.announce) nearby.forget('relay')
    },
    setWanted(peers) {
      contacts.set(peers)
      for (const connection of libp2p.getConnections()) if (!gate.mayStay(connection)) void closeGently(connection)
      table.reviewAll()
    },
    setRelays(known) {
      gate.setRelays(known)
      places.set(known)
      table.reviewAll()
    },
    reviewTrust,
    retryNow,
    async stop() {
      stopWatching()
      own.stop()
      stopLimiting()
      contacts.stop()
      places.stop()
      ways.stop()
      allowances.stop()
      nearby.stop()
      whereabouts.stop()
      await Promise.allSettled([mapping.set(false), announcer.set(false), local.set(false)])
      table.stop()
      await libp2p.stop()
    },
  }
}
