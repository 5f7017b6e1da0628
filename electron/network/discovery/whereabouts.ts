import { createHash } from 'node:crypto'
import type { KadDHT } from '@libp2p/kad-dht'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { createLimit } from '../pace/limit.ts'

/** Where a peer can be reached now, in the DHT of our relays: a second way beside the addresses contacts exchange. */
export interface Whereabouts {
  /** Writes down our places on relays. Called whenever they change. */
  publish(): void
  /** Relayed addresses of a peer. Empty when nobody knows, or there is nobody to ask. */
  find(peer: PeerId, signal: AbortSignal): Promise<string[]>
  stop(): void
}

// The places change in bursts (two relays, several addresses): one record for all.
const SETTLE_MS = 2_000
const PUBLISH_MS = 15_000
// A relay forgets addresses after an hour.
const AGAIN_MS = 20 * 60_000
// Soon enough for a relay that just came, seldom enough for one that has no DHT.
const FAILED_MS = 60_000
const FIND_MS = 4_000

/** The record of a peer is a provider record: relays take it only from that peer itself. */
export function createWhereabouts(dht: KadDHT, self: PeerId, hasPlace: () => boolean): Whereabouts {
  const stopped = new AbortController()
  const oneAtATime = createLimit(1)
  let timer: NodeJS.Timeout | undefined

  function plan(delayMs: number): void {
    clearTimeout(timer)
    if (stopped.signal.aborted) return
    timer = setTimeout(() => {
      plan(AGAIN_MS)
      void oneAtATime(write)
    }, delayMs)
    timer.unref()
  }

  async function write(): Promise<void> {
    if (!hasPlace() || stopped.signal.aborted) return
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(PUBLISH_MS)])
    try {
      // The work is done while its progress is read.
      for await (const _step of dht.provide(keyOf(self), { signal })) void _step
    } catch {
      // No relay of ours keeps a DHT, or it is slow. Contacts have our address record anyway.
      plan(FAILED_MS)
    }
  }

  return {
    publish: () => plan(SETTLE_MS),
    async find(peer, parent) {
      const signal = AbortSignal.any([parent, stopped.signal, AbortSignal.timeout(FIND_MS)])
      try {
        for await (const event of dht.findProviders(keyOf(peer), { signal })) {
          const found = event.name === 'PROVIDER' || event.name === 'PEER_RESPONSE' ? event.providers : []
          const addresses = found.find(({ id }) => id.toString() === peer)?.multiaddrs ?? []
          if (addresses.length > 0) return addresses.map(String).filter((address) => address.includes('/p2p-circuit'))
        }
      } catch {
        // Not found, nobody to ask, or out of time: for the caller all the same.
      }
      return []
    },
    stop() {
      clearTimeout(timer)
      stopped.abort(new Error('stopped'))
    },
  }
}

type Key = Parameters<KadDHT['provide']>[0]

/** The place of a peer's record: a SHA-256 name, as the DHT of js-libp2p requires, spelled as a peer id of the older kind. */
function keyOf(peer: PeerId): Key {
  const hash = createHash('sha256').update(`sightline whereabouts ${peer}`).digest()
  const p2p = Uint8Array.of(0xa5, 0x03, 34, 0x12, 32, ...hash)
  return peerIdFromString(multiaddr(p2p).getComponents()[0]?.value ?? '').toCID()
}
