import type { PeerId } from '../../../shared/domain/peer.ts'
import { readAddress } from '../../network/addresses/address.ts'
import type { KnownRelay, Trust, WantedPeer } from '../../network/network.ts'
import type { StoredContact } from '../../storage/tables/contacts.ts'

// What the network is asked to do for the people I know: pure functions of their rows.

/** We keep our place this long on a relay that is the only one some contact still knows. */
export const NEEDED_RELAY_DAYS = 30
const NEEDED_RELAY_MS = NEEDED_RELAY_DAYS * 24 * 3600 * 1000
// A contact names its own relays; a few of them are enough to reach it.
const RELAYS_PER_PERSON = 2
const RELAYS_MAX = 16

/** Everybody to stay connected with: contacts, and those I asked. */
export function wantedPeers(rows: Iterable<StoredContact>): WantedPeer[] {
  return [...rows].filter(isWanted).map((row) => ({
    id: row.id,
    purpose: 'contact',
    name: row.givenName ?? row.name,
    addresses: [...new Set([...row.relayed, ...row.direct, ...row.givenAddresses])],
  }))
}

/** Relays that people I know are reachable through, as candidates for a place of our own, and those we must not leave yet. */
export function relayCandidates(rows: Iterable<StoredContact>, now: number): KnownRelay[] {
  const known = new Map<PeerId, KnownRelay & { readonly addresses: string[] }>()
  const add = (relay: PeerId, address: string, source: KnownRelay['source'], isNeeded: boolean) => {
    const row = known.get(relay)
    if (row && !row.addresses.includes(address)) row.addresses.push(address)
    if (row ? isNeeded && !row.isNeeded : isNeeded || known.size < RELAYS_MAX)
      known.set(relay, {
        id: relay,
        addresses: row?.addresses ?? [address],
        source: row?.source ?? source,
        ...(isNeeded || row?.isNeeded ? { isNeeded: true } : {}),
      })
  }
  const wanted = [...rows].filter(isWanted)
  for (const row of wanted) {
    const told = relaysOf(row.told)
    const isRecent = row.toldAt !== undefined && now - row.toldAt < NEEDED_RELAY_MS
    if (told.size === 1 && isRecent)
      for (const [relay, addresses] of told) for (const address of addresses) add(relay, address, 'contact', true)
  }
  for (const row of wanted) {
    // Their newest record knows better than the link I once got.
    const isFromRecord = row.relayed.length > 0
    const relays = [...relaysOf(isFromRecord ? row.relayed : row.givenAddresses)].slice(0, RELAYS_PER_PERSON)
    for (const [relay, addresses] of relays)
      for (const address of addresses) add(relay, address, isFromRecord ? 'contact' : 'invite', false)
  }
  return [...known.values()]
}

/** What trust is decided from; asked anew each time. */
export interface TrustFacts {
  get(peer: PeerId): StoredContact | undefined
  /** The switch for everybody. */
  isRelayOnly(): boolean
  /** Seen on the local network. */
  isNearby(peer: PeerId): boolean
}

/** What the network may do with whom. */
export function createTrust({ get, isRelayOnly, isNearby }: TrustFacts): Trust {
  const isNeverDirect = (row: StoredContact | undefined) => isRelayOnly() || row?.isRelayOnly === true
  return {
    // Whoever was never a contact sees no difference between blocked and not yet answered; a contact finds the door shut.
    isBlocked(peer) {
      const row = get(peer)
      return row?.state === 'blocked' && row.stateBefore === 'mutual'
    },
    isContact: (peer) => get(peer)?.state === 'mutual',
    // A direct connection shows our address, so a stranger gets one only where there is nothing left to hide:
    // on the same network, or when we were given a direct address and want to be known to its owner.
    mayConnectDirectly(peer) {
      const row = get(peer)
      if (isNeverDirect(row)) return false
      if (row?.state === 'mutual' || isNearby(peer)) return true
      return row?.state === 'asked' && row.givenAddresses.some(isDirect)
    },
    mayArriveDirectly: (peer) => !isNeverDirect(get(peer)),
    // A link always brings a token; what came without one was typed or pasted as the bare address.
    isEntered(peer, address) {
      const row = get(peer)
      return row?.token === undefined && row?.givenAddresses.includes(address) === true && isDirect(address)
    },
  }
}

const isDirect = (text: string) => {
  const address = readAddress(text)
  return typeof address !== 'string' && !address.isRelayed
}

const isWanted = ({ state }: StoredContact) => state === 'mutual' || state === 'asked'

function relaysOf(addresses: readonly string[]): Map<PeerId, string[]> {
  const relays = new Map<PeerId, string[]>()
  for (const text of addresses) {
    const address = readAddress(text)
    if (typeof address === 'string' || address.relay === undefined || address.relayAddress === undefined) continue
    relays.set(address.relay, [...(relays.get(address.relay) ?? []), address.relayAddress])
  }
  return relays
}
