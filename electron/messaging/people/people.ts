import type { Failure } from '../../../shared/contract/failures.ts'
import type { Contact, Invite, Nearby } from '../../../shared/domain/contact.ts'
import { isConnected } from '../../../shared/domain/line.ts'
import type { Listing } from '../../../shared/domain/listing.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { FrameStream, KnownRelay, Network } from '../../network/network.ts'
import type { Storage } from '../../storage/database.ts'
import type { StoredContact } from '../../storage/tables/contacts.ts'
import type { Book } from './book.ts'
import { createCommands, type PeopleCommands } from './commands.ts'
import { contactRow, lookAlikes } from './contact-row.ts'
import { ADDRESS_PROTOCOL, createAddressProtocol } from './exchange/address-protocol.ts'
import { askAgainInMs, CONTACT_PROTOCOL, createContactProtocol } from './exchange/contact-protocol.ts'
import { createErrands } from './exchange/errands.ts'
import { CARD_PROTOCOL, createNearby } from './exchange/nearby.ts'
import { createOwnRecord } from './exchange/own-record.ts'
import { openInvites } from './links/own-invites.ts'
import { checkName, cleanName } from './names.ts'
import { createSignal } from './signal.ts'
import { relayCandidates, wantedPeers } from './wanted.ts'

export interface PeopleOptions {
  readonly book: Book
  readonly network: Network
  readonly storage: Pick<Storage, 'request'>
  /** 32-byte Ed25519 seed of the identity. */
  readonly seed: Uint8Array
  /** The name of the profile as it is on disk; may be empty. */
  readonly name: string
  /** The switches as they are now. */
  readonly settings: () => Settings
  readonly now?: () => number
  readonly log?: (event: string, fields?: Readonly<Record<string, unknown>>) => void
}

/** Everything about people: who they are to me, how we become contacts, and where they can be reached. */
export interface People extends PeopleCommands {
  /** Registers the protocols and tells the network whom we want. May be called before the network has started. */
  start(): Promise<void>
  stop(): Promise<void>

  readonly contacts: Listing<Contact>
  readonly nearby: Listing<Nearby>
  readonly invites: Listing<Invite>

  createInvite(withDirectAddresses: boolean): Promise<Result<Invite, Failure>>
  withdrawInvite(id: string): Promise<Result<null, Failure>>

  /** The name I go by. */
  readonly name: string
  /** Changes it, on disk and with everybody connected; others hear it when they next connect. */
  setName(name: string): Promise<Result<null, Failure>>
  /** Call after any setting has changed. */
  settingsChanged(): void

  /** Everybody with whom I am in contact, connected or not. */
  mutuals(): readonly PeerId[]
  /** Called when somebody becomes a contact and both sides know it; now and then again for the same person. */
  onMutual(listener: (peer: PeerId) => void): () => void
  /** A newer name of a contact, from wherever. Cleaned here. */
  learnName(peer: PeerId, name: string): Promise<void>
  /** A contact was heard from just now. */
  heardFrom(peer: PeerId): void
  /** Relays through which people I know are reachable: candidates for a place of ours. */
  relayCandidates(): readonly KnownRelay[]
  onRelayCandidates(listener: () => void): () => void
}

const ERRAND_BACKOFF = { firstMs: 500, factor: 2, mostMs: 5 * 60_000, jitter: 0.3 }
// Addresses change several at a time, when a relay comes or an interface goes.
const OWN_CHANGE_PAUSE_MS = 200

/** Builds it over an open book. Nothing happens before `start()`. */
export async function createPeople(options: PeopleOptions): Promise<People> {
  const { book, network, storage, seed, settings, now = Date.now, log = () => {} } = options
  let name = options.name
  const ended = new AbortController()
  const connected = new Set<PeerId>()
  const serving = new Set<Promise<void>>()
  const stops: (() => void)[] = []
  const [contactsChange, candidatesChange] = [createSignal(), createSignal()]
  const mutualListeners = new Set<(peer: PeerId) => void>()
  let wantedBefore = ''
  let candidates: readonly KnownRelay[] = []
  let ownChangeTimer: NodeJS.Timeout | undefined

  const own = createOwnRecord({ network, storage, book, seed, now, name: () => name })
  const invites = await openInvites({
    ...{ network, storage, seed, now, name: () => name },
    isRelayOnly: () => settings().relayOnly,
    usesOf: (id) => [...book.rows()].filter(({ inviteId }) => inviteId === id).length,
  })
  const nearby = createNearby({ network, book, settings, name: () => name })
  const address = createAddressProtocol(network, book, own, { signal: ended.signal, now })
  const contact = createContactProtocol({
    ...{ network, book, own, seed, now, log, signal: ended.signal },
    inviteOf: invites.byToken,
    acceptsOwnLinks: () => settings().acceptOwnLinks,
    onMutual: (peer) => {
      for (const listener of [...mutualListeners]) listener(peer)
    },
  })
  const errands = createErrands({ run: runErrand, backoff: ERRAND_BACKOFF, log })

  /** What there is to settle with one connected person: a request, then the addresses. */
  async function runErrand(peer: PeerId, signal: AbortSignal): Promise<{ readonly againInMs?: number }> {
    const row = book.get(peer)
    if (row === undefined || !connected.has(peer)) return {}
    if (isUnanswered(row)) {
      const answer = await contact.ask(peer, signal)
      if (answer !== 'accepted') return { againInMs: askAgainInMs(answer) }
    }
    if (!book.trust.isContact(peer) || own.hasHeard(peer)) return {}
    try {
      await address.exchange(peer, signal)
    } catch (error) {
      // Perhaps they do not know us any more (an older database was restored): then the next attempt asks again.
      if (connected.has(peer) && !signal.aborted)
        await book.change(peer, (newest) => (newest?.state === 'mutual' ? { ...newest, isConfirmed: false } : newest))
      throw error
    }
    return {}
  }

  function serve(work: (stream: FrameStream) => Promise<void> | void) {
    return async (stream: FrameStream) => {
      if (ended.signal.aborted) return stream.abort(new Error('stopped'))
      const job = Promise.resolve(work(stream)).finally(() => serving.delete(job))
      serving.add(job)
      await job
    }
  }

  function refreshNetwork(): void {
    const wanted = wantedPeers(book.rows())
    const text = JSON.stringify(wanted)
    if (text !== wantedBefore) {
      wantedBefore = text
      network.setWanted(wanted)
    }
    const relays = relayCandidates(book.rows(), now())
    if (JSON.stringify(relays) === JSON.stringify(candidates)) return
    candidates = relays
    candidatesChange.tell()
  }

  function onBookChange(peer: PeerId, row: StoredContact | undefined, before: StoredContact | undefined): void {
    refreshNetwork()
    const isOther = row?.state !== before?.state || row?.isRelayOnly !== before?.isRelayOnly
    if (row?.inviteId !== before?.inviteId) invites.review()
    if (isOther) {
      network.reviewTrust()
      nearby.review()
      if (connected.has(peer)) errands.poke(peer)
    }
    contactsChange.tell()
  }

  function onPath(peer: PeerId, isUp: boolean): void {
    contactsChange.tell()
    if (isUp === connected.has(peer)) return
    own.forget(peer)
    if (isUp) {
      connected.add(peer)
      if (book.trust.isContact(peer)) book.touch(peer, now())
      errands.poke(peer)
      return
    }
    connected.delete(peer)
    errands.drop(peer)
    void noteLastSeen(peer)
  }

  // A lost figure is no reason to fail: it is written again with the next change.
  const noteLastSeen = (peer: PeerId) =>
    book
      .change(peer, (row) => (row?.state === 'mutual' ? { ...row, lastSeen: now() } : row))
      .catch((error: unknown) => log('last seen was not written', { why: String(error) }))

  function tellEverybody(): void {
    for (const peer of connected) if (book.trust.isContact(peer) && !own.hasHeard(peer)) errands.poke(peer)
  }

  function onOwnChange(): void {
    clearTimeout(ownChangeTimer)
    ownChangeTimer = setTimeout(() => {
      invites.review()
      tellEverybody()
    }, OWN_CHANGE_PAUSE_MS)
  }

  return {
    ...createCommands(book, network.self, now),
    async start() {
      stops.push(
        book.onChange(onBookChange),
        network.onPath((peer, path) => onPath(peer, isConnected(path.line))),
        network.onOwnChange(onOwnChange),
        invites.listing.onChange(contactsChange.tell),
      )
      await network.handle(CONTACT_PROTOCOL, 'anyone', serve(contact.serve))
      await network.handle(ADDRESS_PROTOCOL, 'contacts', serve(address.serve))
      await network.handle(CARD_PROTOCOL, 'anyone', serve(nearby.serve))
      refreshNetwork()
      nearby.review()
      for (const [peer, { path }] of network.peers.rows()) onPath(peer, isConnected(path.line))
    },
    async stop() {
      for (const stop of stops.splice(0).reverse()) stop()
      clearTimeout(ownChangeTimer)
      ended.abort(new Error('stopped'))
      await Promise.all([errands.stop(), nearby.stop(), Promise.allSettled([...serving])])
      await Promise.all([...connected].map(noteLastSeen))
      await book.settled()
    },

    contacts: {
      *rows() {
        const warnings = lookAlikes(book.rows(), name)
        for (const row of book.rows()) {
          const looksLike = warnings.get(row.id)
          const invite = row.inviteId === undefined ? undefined : invites.byId(row.inviteId)
          const around = { path: network.path(row.id), ...(invite && { invite }), ...(looksLike && { looksLike }) }
          yield [row.id, contactRow(row, around)]
        }
      },
      onChange: contactsChange.listen,
    },
    nearby: nearby.listing,
    invites: invites.listing,
    createInvite: invites.create,
    withdrawInvite: invites.withdraw,

    get name() {
      return name
    },
    async setName(raw) {
      const checked = checkName(raw)
      if (!checked.ok) return checked
      await storage.request('profile.rename', checked.value)
      name = checked.value
      invites.review()
      contactsChange.tell()
      tellEverybody()
      return ok(null)
    },
    settingsChanged() {
      network.reviewTrust()
      nearby.review()
      invites.review()
      tellEverybody()
    },

    mutuals: () => [...book.rows()].filter(({ state }) => state === 'mutual').map(({ id }) => id),
    onMutual(listener) {
      mutualListeners.add(listener)
      return () => void mutualListeners.delete(listener)
    },
    async learnName(peer, raw) {
      const cleaned = cleanName(raw)
      if (cleaned === '') return
      await book.change(peer, (row) =>
        row?.state === 'mutual' && row.name !== cleaned ? { ...row, name: cleaned } : row,
      )
    },
    heardFrom: (peer) => book.touch(peer, now()),
    relayCandidates: () => candidates,
    onRelayCandidates: candidatesChange.listen,
  }
}

/** Asked, or accepted without their knowing yet: both are settled by a request. */
function isUnanswered({ state, isConfirmed }: StoredContact): boolean {
  return state === 'asked' || (state === 'mutual' && !isConfirmed)
}
