import type { Connection, PeerId as Libp2pPeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { Listing } from '../../../shared/domain/listing.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Relay } from '../../../shared/domain/relay.ts'
import { addressOf, ipOf } from '../addresses/multiaddrs.ts'
import { type Dialer, reasonOf } from '../connections/dialer.ts'
import { RESERVATIONS_WANTED } from '../limits.ts'
import { createListeners } from '../listeners.ts'
import type { Journal, OpenAttempt } from '../nat/journal.ts'
import type { KnownRelay } from '../network.ts'
import type { Node } from '../node.ts'
import { bounded } from '../pace/bounded.ts'
import { LIBP2P_PROTOCOLS } from '../protocols.ts'
import { identified } from './identified.ts'
import { reachableAddresses } from './relay-addresses.ts'
import { failureOf, NOT_A_RELAY, pauseAfter, Refused, type RelayEntry, relayRow } from './relay-entry.ts'
import { relaysToPursue } from './relay-plan.ts'
import { reservationStoreOf } from './reservation-store.ts'
import { askForPlace } from './reserve.ts'

/** Holds our places on relays, for ever: libp2p never uses a relay again by itself once it went away. */
export interface RelaySupervisor extends Listing<Relay> {
  set(relays: readonly KnownRelay[]): void
  /** Tries every pursued relay now. */
  retryNow(): void
  /** `/…/p2p/<relay>/p2p-circuit` of every place we hold. */
  addresses(): Multiaddr[]
  reservations(): number
  has(peer: PeerId): boolean
  nameOf(peer: PeerId): string | undefined
  /** A peer said what program it is: a relay may have been given another name since. */
  setAgent(peer: PeerId, agent: string): void
  stop(): void
}

export interface RelaySupervisorOptions {
  readonly node: Node
  readonly dialer: Dialer
  readonly journal: Pick<Journal, 'begin'>
  readonly roundTripMs: (relay: PeerId) => number | undefined
  readonly onPlace: (relay: PeerId) => void
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  readonly onError: (error: unknown) => void
}

const ATTEMPT_MS = 10_000
// A relay that dropped us may be restarting: ask at once, but not in the same instant as everyone else.
const LOST_DELAY_MS = 100
const OUTDATED = new Error('something changed')

/** The supervisor over a node. Does nothing until it is given relays. */
export function createRelaySupervisor(options: RelaySupervisorOptions): RelaySupervisor {
  const { node, dialer, journal, roundTripMs, onPlace, log, onError } = options
  const { libp2p, components } = node
  const store = reservationStoreOf(components)
  const entries = new Map<PeerId, RelayEntry>()
  const changed = createListeners<[]>(onError)
  let isStopped = false

  /** Starts what should run and stops what should not. Idempotent. */
  function pursue(): void {
    if (isStopped) return
    const pursued = relaysToPursue(
      [...entries.values()].map(({ known, state, failures }) => ({
        id: known.id,
        host: known.addresses.map((text) => addressOf(known.id, text)).map((address) => address && ipOf(address))[0],
        hasPlace: state === 'reserved',
        isNeeded: known.isNeeded === true,
        failures,
      })),
      RESERVATIONS_WANTED,
    )
    for (const [id, entry] of entries) {
      if (!pursued.has(id)) rest(entry)
      else if (entry.state !== 'reserved' && entry.running === undefined && entry.timer === undefined)
        schedule(entry, entry.failures === 0 ? 0 : pauseAfter(entry))
    }
    changed.call()
  }

  function rest(entry: RelayEntry): void {
    cancel(entry)
    if (entry.state === 'reserved') release(entry, 'another relay took its turn')
    // One that failed keeps showing why.
    if (entry.state === 'connecting') entry.state = 'spare'
  }

  function schedule(entry: RelayEntry, delayMs: number): void {
    clearTimeout(entry.timer)
    if (entry.state === 'spare') entry.state = 'connecting'
    if (delayMs > 0) entry.retryAt = Date.now() + delayMs
    entry.timer = setTimeout(() => {
      delete entry.timer
      delete entry.retryAt
      void attempt(entry)
    }, delayMs)
    entry.timer.unref()
  }

  function cancel(entry: RelayEntry): void {
    clearTimeout(entry.timer)
    delete entry.timer
    delete entry.retryAt
    entry.running?.abort(new Error('not needed now'))
  }

  async function attempt(entry: RelayEntry): Promise<void> {
    if (isStopped || entry.running !== undefined || entry.state === 'reserved') return
    const running = new AbortController()
    entry.running = running
    if (entry.failures === 0) entry.state = 'connecting'
    changed.call()
    const bound = bounded(ATTEMPT_MS, running.signal)
    const written = journal.begin({ mechanism: 'relay-place', peer: entry.known.id })
    try {
      await reserve(entry, written, bound.signal)
      written.succeed(entry.addresses[0]?.toString().split('/p2p/')[0])
    } catch (error) {
      if (running.signal.aborted) written.fail('cut-off')
      else written.fail(...failureOf(error, bound.signal))
      if (!running.signal.aborted) failed(entry, error)
    } finally {
      bound.clear()
      delete entry.running
      if (entries.get(entry.known.id) === entry) {
        if (running.signal.reason === OUTDATED && !isStopped) schedule(entry, 0)
        pursue()
      }
    }
  }

  async function reserve(entry: RelayEntry, { stage }: OpenAttempt, signal: AbortSignal): Promise<void> {
    const { id, addresses } = entry.known
    const connection = directConnection(id) ?? (await dialer.dial(id, addresses, { signal, only: 'direct' }))
    stage('connected', connection.remoteAddr.toString().split('/p2p/')[0])
    const { protocols, agent } = await identified(node, connection, signal)
    if (!protocols.includes(LIBP2P_PROTOCOLS.hop)) throw new Refused(NOT_A_RELAY)
    stage('place-asked')
    const answer = await askForPlace(connection, signal)
    stage('answered', answer.status)
    if (answer.status !== 'OK') throw new Refused(answer.status)
    const { details } = await store.addRelay(connection.remotePeer, 'configured')
    signal.throwIfAborted()
    entry.answer = answer
    if (agent !== undefined) entry.agent = agent
    entry.state = 'reserved'
    entry.failures = 0
    delete entry.reason
    hold(entry, details.reservation, connection.remoteAddr)
    await components.peerStore.merge(connection.remotePeer, { tags: { 'sightline-relay': { value: 90 } } })
    log('relay.reserved', { relay: short(id), until: entry.reservedUntil })
    onPlace(id)
  }

  function hold(
    entry: RelayEntry,
    { expire, addrs }: { expire: bigint; addrs: Uint8Array[] },
    connected: Multiaddr,
  ): void {
    entry.reservedUntil = Number(expire) * 1000
    const before = entry.addresses
    entry.addresses = reachableAddresses(
      addrs.map((bytes) => multiaddr(bytes)),
      connected,
    ).map((address) => address.encapsulate('/p2p-circuit'))
    // This is what makes libp2p tell others (identify push): the list itself comes from `addresses()`.
    for (const gone of before) if (!entry.addresses.some((one) => one.equals(gone))) withdraw(gone)
    for (const address of entry.addresses) components.addressManager.confirmObservedAddr(address, { type: 'transport' })
    changed.call()
  }

  function withdraw(address: Multiaddr): void {
    components.addressManager.removeObservedAddr(address)
  }

  function failed(entry: RelayEntry, error: unknown): void {
    const isRefusal = error instanceof Refused
    entry.failures += 1
    entry.state = isRefusal ? 'refused' : 'unreachable'
    entry.reason = reasonOf(error)
    schedule(entry, pauseAfter(entry))
    log('relay.failed', { relay: short(entry.known.id), reason: entry.reason, failures: entry.failures })
  }

  function lost(entry: RelayEntry): void {
    for (const address of entry.addresses) withdraw(address)
    entry.addresses = []
    delete entry.reservedUntil
    if (entry.state !== 'reserved') return
    entry.state = 'connecting'
    log('relay.lost', { relay: short(entry.known.id) })
    schedule(entry, LOST_DELAY_MS * (0.5 + Math.random()))
    pursue()
  }

  function release(entry: RelayEntry, why: string): void {
    for (const address of entry.addresses) withdraw(address)
    entry.addresses = []
    entry.state = 'spare'
    delete entry.reservedUntil
    for (const connection of libp2p.getConnections(peerIdFromString(entry.known.id)))
      void connection.close().catch(() => connection.abort(new Error(why)))
  }

  function directConnection(id: PeerId): Connection | undefined {
    return libp2p.getConnections(peerIdFromString(id)).find(({ status, direct }) => status === 'open' && direct)
  }

  const onRemoved = ({ detail }: CustomEvent<{ relay: Libp2pPeerId }>) => {
    const entry = entries.get(detail.relay.toString())
    if (entry !== undefined) lost(entry)
  }
  // libp2p renews places five minutes before they end.
  const onRenewed = ({
    detail,
  }: CustomEvent<{ relay: Libp2pPeerId; details: { reservation: { expire: bigint; addrs: Uint8Array[] } } }>) => {
    const entry = entries.get(detail.relay.toString())
    const connection = directConnection(detail.relay.toString())
    if (entry?.state === 'reserved' && connection !== undefined)
      hold(entry, detail.details.reservation, connection.remoteAddr)
  }
  store.addEventListener('relay:removed', onRemoved)
  store.addEventListener('relay:created-reservation', onRenewed)

  function forget(id: PeerId, entry: RelayEntry): void {
    entries.delete(id)
    cancel(entry)
    if (entry.state === 'reserved') release(entry, 'removed')
  }

  return {
    set(relays) {
      const ids = new Set(relays.map(({ id }) => id))
      for (const [id, entry] of [...entries]) if (!ids.has(id)) forget(id, entry)
      for (const known of relays) {
        const entry = entries.get(known.id)
        if (entry === undefined) entries.set(known.id, { known, state: 'spare', failures: 0, addresses: [] })
        else {
          const hasNewAddress = known.addresses.some((address) => !entry.known.addresses.includes(address))
          entry.known = known
          if (hasNewAddress && entry.state === 'unreachable') schedule(entry, 0)
        }
      }
      pursue()
    },
    retryNow() {
      for (const entry of entries.values()) {
        // It may be dialling out of a network that is gone, and wait for an answer until its time is up.
        entry.running?.abort(OUTDATED)
        if (entry.retryAt !== undefined && entry.running === undefined) schedule(entry, 0)
      }
      pursue()
    },
    addresses: () => [...entries.values()].flatMap(({ addresses }) => addresses),
    reservations: () => [...entries.values()].filter(({ state }) => state === 'reserved').length,
    has: (peer) => entries.has(peer),
    nameOf: (peer) => entries.get(peer)?.known.name,
    setAgent(peer, agent) {
      const entry = entries.get(peer)
      if (entry === undefined || entry.agent === agent) return
      entry.agent = agent
      changed.call()
    },
    *rows() {
      for (const [id, entry] of entries) yield [id, relayRow(entry, roundTripMs(id))] as const
    },
    onChange: changed.add,
    stop() {
      isStopped = true
      store.removeEventListener('relay:removed', onRemoved)
      store.removeEventListener('relay:created-reservation', onRenewed)
      for (const entry of entries.values()) cancel(entry)
    },
  }
}

const short = (id: PeerId) => id.slice(-8)
