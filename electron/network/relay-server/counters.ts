import type { PeerId } from '../../../shared/domain/peer.ts'

/** What a relay refuses. */
type Refused = 'connection' | 'reservation' | 'circuit'

/** Why a relay refuses. `full` and the caps are limits; `not-member` is access; `not-here` means nobody holds a place under that id. */
export type RefusalCause =
  | 'full'
  | 'too-many-from-address'
  | 'too-many-of-peer'
  | 'not-member'
  | 'not-here'
  | 'private-address'

/** Bytes one peer sent into circuits and received out of them. */
export interface PeerBytes {
  readonly sent: number
  readonly received: number
}

/** What a relay has done since it started. */
export interface RelayCounts {
  /** Bytes taken out of one end of a circuit for the other, both directions, without the relay protocol's own handshakes. */
  readonly relayedBytes: number
  /** The same bytes by peer; every byte is one sender's and one receiver's. */
  readonly bytesByPeer: ReadonlyMap<PeerId, PeerBytes>
  readonly circuitsOpen: number
  readonly circuitsTotal: number
  readonly reservationsTotal: number
  /** `what:cause` -> how often. */
  readonly refused: ReadonlyMap<`${Refused}:${RefusalCause}`, number>
}

/** Counts for one relay. All methods are synchronous and never throw. */
export interface RelayCounters {
  relayed(from: PeerId, to: PeerId, bytes: number): void
  circuitOpened(a: PeerId, b: PeerId): void
  circuitClosed(a: PeerId, b: PeerId): void
  reserved(): void
  refused(what: Refused, cause: RefusalCause): void
  /** Open circuits that end at this peer, on either side. */
  circuitsOf(peer: PeerId): number
  snapshot(): RelayCounts
}

/** Starts counting at zero. Peers without an open circuit are forgotten, oldest first, beyond `maxPeers`. */
export function createRelayCounters(maxPeers = 10_000): RelayCounters {
  let relayedBytes = 0
  let circuitsOpen = 0
  let circuitsTotal = 0
  let reservationsTotal = 0
  const bytesByPeer = new Map<PeerId, { sent: number; received: number }>()
  const circuitsByPeer = new Map<PeerId, number>()
  const refusals = new Map<`${Refused}:${RefusalCause}`, number>()

  const bytesOf = (peer: PeerId) => {
    const known = bytesByPeer.get(peer)
    if (known !== undefined) return known
    if (bytesByPeer.size >= maxPeers) forgetOne()
    const fresh = { sent: 0, received: 0 }
    bytesByPeer.set(peer, fresh)
    return fresh
  }
  const forgetOne = () => {
    for (const peer of bytesByPeer.keys()) {
      if (circuitsByPeer.has(peer)) continue
      bytesByPeer.delete(peer)
      return
    }
  }
  const changeCircuits = (peer: PeerId, by: 1 | -1) => {
    const count = (circuitsByPeer.get(peer) ?? 0) + by
    if (count > 0) circuitsByPeer.set(peer, count)
    else circuitsByPeer.delete(peer)
  }

  return {
    relayed(from, to, bytes) {
      relayedBytes += bytes
      bytesOf(from).sent += bytes
      bytesOf(to).received += bytes
    },
    circuitOpened(a, b) {
      circuitsOpen += 1
      circuitsTotal += 1
      changeCircuits(a, 1)
      changeCircuits(b, 1)
    },
    circuitClosed(a, b) {
      circuitsOpen -= 1
      changeCircuits(a, -1)
      changeCircuits(b, -1)
    },
    reserved() {
      reservationsTotal += 1
    },
    refused(what, cause) {
      const key = `${what}:${cause}` as const
      refusals.set(key, (refusals.get(key) ?? 0) + 1)
    },
    circuitsOf: (peer) => circuitsByPeer.get(peer) ?? 0,
    snapshot: () => ({
      relayedBytes,
      bytesByPeer: new Map([...bytesByPeer].map(([peer, bytes]) => [peer, { ...bytes }])),
      circuitsOpen,
      circuitsTotal,
      reservationsTotal,
      refused: new Map(refusals),
    }),
  }
}
