import type { Nearby } from '../../../../shared/domain/contact.ts'
import { isRelayed } from '../../../../shared/domain/line.ts'
import type { Listing } from '../../../../shared/domain/listing.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { Settings } from '../../../../shared/domain/settings.ts'
import type { FrameStream, Network } from '../../../network/network.ts'
import type { Book } from '../book.ts'
import { createSignal } from '../signal.ts'
import { createErrands } from './errands.ts'
import { decodeCard, encodeCard } from './frames.ts'
import { call } from './one-shot.ts'

export const CARD_PROTOCOL = '/sightline/card/1'

// A network full of strangers costs a few streams, not hundreds.
const LISTED_MAX = 50
// Names change and people become visible: look again now and then.
const READ_AGAIN_MS = 10 * 60_000
const BACKOFF = { firstMs: 2_000, factor: 3, mostMs: 5 * 60_000, jitter: 0.3 }

export interface NearbyPeople {
  readonly listing: Listing<Nearby>
  /** Settings or contacts changed. */
  review(): void
  /** Shows my card, if I want to be seen this way. */
  serve(stream: FrameStream): Promise<void>
  stop(): Promise<void>
}

/** People on the local network or on my relays who show their name, and my own card towards them. */
export function createNearby(options: {
  readonly network: Pick<Network, 'self' | 'nearby' | 'open'>
  readonly book: Book
  readonly settings: () => Settings
  readonly name: () => string
}): NearbyPeople {
  const { network, book, settings, name } = options
  const names = new Map<PeerId, string>()
  const looked = new Set<PeerId>()
  const change = createSignal()
  const errands = createErrands({
    backoff: BACKOFF,
    async run(peer, signal) {
      if (!candidates().has(peer)) return {}
      const found = await call(network, { peer, protocol: CARD_PROTOCOL }, signal, decodeCard).catch((error) => {
        // They no longer show themselves, or went: then their name goes, too.
        if (names.delete(peer)) change.tell()
        throw error
      })
      if (found !== undefined) names.set(peer, found)
      else names.delete(peer)
      change.tell()
      return { againInMs: READ_AGAIN_MS }
    },
  })

  function candidates(): Map<PeerId, 'lan' | 'relay'> {
    const seen = new Map<PeerId, 'lan' | 'relay'>()
    for (const [id, { via }] of network.nearby.rows()) {
      const state = book.get(id)?.state
      if (id === network.self || state === 'mutual' || state === 'blocked') continue
      if (seen.size < LISTED_MAX) seen.set(id, via)
    }
    return seen
  }

  function review(): void {
    book.setNearby([...network.nearby.rows()].flatMap(([id, { via }]) => (via === 'lan' ? [id] : [])))
    const seen = candidates()
    for (const peer of looked) {
      if (seen.has(peer)) continue
      looked.delete(peer)
      names.delete(peer)
      errands.drop(peer)
    }
    for (const peer of seen.keys()) {
      if (looked.has(peer)) continue
      looked.add(peer)
      errands.poke(peer)
    }
    change.tell()
  }
  const stopListening = network.nearby.onChange(review)

  return {
    listing: {
      *rows() {
        for (const [id, via] of candidates()) {
          const found = names.get(id)
          if (found !== undefined) yield [id, { id, name: found, via }]
        }
      },
      onChange: change.listen,
    },
    review,
    async serve(stream) {
      const { isVisible, announce } = settings()
      const { line } = stream.path()
      // Over a relay only those see me who can see my announcement there.
      const maySee = isVisible && (line.kind === 'lan' || (isRelayed(line) && announce))
      if (!maySee || name() === '') return stream.abort(new Error('not visible'))
      await stream.send(encodeCard(name()))
      await stream.close()
    },
    async stop() {
      stopListening()
      await errands.stop()
    },
  }
}
