import type { Listing } from '../../../shared/domain/listing.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { createListeners } from '../listeners.ts'

interface NearbyPeer {
  readonly id: PeerId
  readonly via: 'lan' | 'relay'
}

/** Who was seen lately, on the local network or announced on our relays, and where. */
export interface Nearby extends Listing<NearbyPeer> {
  saw(peer: PeerId, via: NearbyPeer['via'], addresses: readonly string[]): void
  addressesOf(peer: PeerId): readonly string[]
  has(peer: PeerId): boolean
  ids(): PeerId[]
  forget(via: NearbyPeer['via']): void
  stop(): void
}

interface Sighting {
  readonly addresses: readonly string[]
  readonly until: number
}

// mDNS asks every 10 s, announcements come every 30 s: four missed ones and a person is gone.
const SEEN_MS = { lan: 45_000, relay: 130_000 } as const
const SWEEP_MS = 5_000
// Anyone on the network can claim any number of names.
const PEERS_MAX = 200
const ADDRESSES_MAX = 8

/** An empty list. */
export function createNearby(self: PeerId, onError: (error: unknown) => void, now: () => number = Date.now): Nearby {
  const seen = { lan: new Map<PeerId, Sighting>(), relay: new Map<PeerId, Sighting>() }
  const changed = createListeners<[]>(onError)

  const sweep = setInterval(() => {
    let hasChanged = false
    for (const sightings of [seen.lan, seen.relay])
      for (const [peer, { until }] of sightings) if (until < now()) hasChanged = sightings.delete(peer) || hasChanged
    if (hasChanged) changed.call()
  }, SWEEP_MS)
  sweep.unref()

  return {
    saw(peer, via, addresses) {
      const sightings = seen[via]
      const isNew = !sightings.has(peer)
      if (peer === self || (isNew && sightings.size >= PEERS_MAX)) return
      sightings.set(peer, { addresses: addresses.slice(0, ADDRESSES_MAX), until: now() + SEEN_MS[via] })
      if (isNew) changed.call()
    },
    addressesOf: (peer) => [...(seen.lan.get(peer)?.addresses ?? []), ...(seen.relay.get(peer)?.addresses ?? [])],
    has: (peer) => seen.lan.has(peer) || seen.relay.has(peer),
    ids: () => [...seen.lan.keys()],
    forget(via) {
      if (seen[via].size === 0) return
      seen[via].clear()
      changed.call()
    },
    *rows() {
      for (const id of seen.lan.keys()) yield [id, { id, via: 'lan' }] as const
      for (const id of seen.relay.keys()) if (!seen.lan.has(id)) yield [id, { id, via: 'relay' }] as const
    },
    onChange: changed.add,
    stop: () => clearInterval(sweep),
  }
}
