import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { Network } from '../../../network/network.ts'
import type { Storage } from '../../../storage/database.ts'
import type { Book } from '../book.ts'
import { encodeRecord, RECORD_MAX_DIRECT, RECORD_MAX_RELAYED } from './address-record.ts'
import type { Outgoing } from './frames.ts'

/** What I tell one person of myself, made for that person. */
export interface OwnWords extends Outgoing {
  /** Equal for equal words: number and signature left aside. */
  readonly key: string
  readonly relayed: readonly string[]
}

/** What I say of myself, and who has heard the newest of it on the present connection. */
export interface OwnRecord {
  compose(peer: PeerId): Promise<OwnWords>
  hasHeard(peer: PeerId): boolean
  /** They have it for certain. Also noted on disk: which relays they know me by. */
  heard(peer: PeerId, words: OwnWords): Promise<void>
  /** The connection is gone; the next one starts with telling again. */
  forget(peer: PeerId): void
}

export interface OwnRecordOptions {
  readonly network: Pick<Network, 'self' | 'ownAddresses'>
  readonly storage: Pick<Storage, 'request'>
  readonly book: Book
  readonly seed: Uint8Array
  readonly name: () => string
  readonly now: () => number
}

// What was told is written again only when it changed or got this old: the 30 days of a needed relay count from it.
const TOLD_AGAIN_AFTER_MS = 24 * 3600 * 1000

export function createOwnRecord({ network, storage, book, seed, name, now }: OwnRecordOptions): OwnRecord {
  const heardBy = new Map<PeerId, string>()

  function addressesFor(peer: PeerId) {
    const { relayed, direct } = network.ownAddresses()
    // The one place that decides whether an address of ours leaves this machine.
    const maySeeDirect = book.trust.isContact(peer) && book.trust.mayConnectDirectly(peer)
    return {
      relayed: relayed.slice(0, RECORD_MAX_RELAYED),
      direct: maySeeDirect ? direct.slice(0, RECORD_MAX_DIRECT) : [],
    }
  }
  const keyOf = (addresses: ReturnType<typeof addressesFor>) => JSON.stringify([name(), addresses])

  return {
    async compose(peer) {
      const number = await storage.request('contacts.nextRecordNumber', now())
      // Only now: while the number was being stored, a switch may have been turned.
      const addresses = addressesFor(peer)
      return {
        name: name(),
        record: encodeRecord({ owner: network.self, number, ...addresses }, seed),
        relayed: addresses.relayed,
        key: keyOf(addresses),
      }
    },
    hasHeard: (peer) => heardBy.get(peer) === keyOf(addressesFor(peer)),
    async heard(peer, words) {
      heardBy.set(peer, words.key)
      await book.change(peer, (row) => {
        if (row === undefined) return row
        const isSame = row.told.join() === words.relayed.join()
        const isFresh = row.toldAt !== undefined && now() - row.toldAt < TOLD_AGAIN_AFTER_MS
        return isSame && isFresh ? row : { ...row, told: words.relayed, toldAt: now() }
      })
    },
    forget: (peer) => void heardBy.delete(peer),
  }
}
