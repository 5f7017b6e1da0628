import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { Trust } from '../../network/network.ts'
import type { Storage } from '../../storage/database.ts'
import type { StoredContact } from '../../storage/tables/contacts.ts'
import { createTrust } from './wanted.ts'

/** Everybody I know, in memory and on disk. It exists before the network does, which asks it whom to trust. */
export interface Book {
  readonly trust: Trust
  get(id: PeerId): StoredContact | undefined
  rows(): Iterable<StoredContact>
  /**
   * Changes one person: `decide` sees the newest row and says what is to be (undefined = nobody, the same row = nothing).
   * Resolves when it is on disk; only then others see it. Changes happen one after another.
   */
  change(
    id: PeerId,
    decide: (row: StoredContact | undefined) => StoredContact | undefined,
  ): Promise<StoredContact | undefined>
  /** They were heard from just now. Kept in memory; written with the next change of this person. */
  touch(id: PeerId, at: number): void
  /** Who is on the local network now; trust asks for it. */
  setNearby(peers: Iterable<PeerId>): void
  /** Resolves when every change asked for so far is on disk or has failed. */
  settled(): Promise<void>
  /** Called after every change, with who changed and how it was before. */
  onChange(
    listener: (id: PeerId, now: StoredContact | undefined, before: StoredContact | undefined) => void,
  ): () => void
}

/** Reads everybody from the database. */
export async function openBook(storage: Pick<Storage, 'request'>, settings: () => Settings): Promise<Book> {
  const people = new Map((await storage.request('contacts.list')).map((row) => [row.id, row]))
  let nearby = new Set<PeerId>()
  const listeners = new Set<Parameters<Book['onChange']>[0]>()
  let line: Promise<unknown> = Promise.resolve()

  async function changeNow(id: PeerId, decide: Parameters<Book['change']>[1]) {
    const before = people.get(id)
    const next = decide(before)
    if (next === before) return before
    if (next === undefined) await storage.request('contacts.remove', id)
    else await storage.request('contacts.put', next)
    if (next === undefined) people.delete(id)
    else people.set(id, next)
    for (const listener of [...listeners]) listener(id, next, before)
    return next
  }

  return {
    trust: createTrust({
      get: (peer) => people.get(peer),
      isRelayOnly: () => settings().relayOnly,
      isNearby: (peer) => nearby.has(peer),
    }),
    get: (id) => people.get(id),
    rows: () => people.values(),
    change(id, decide) {
      const done = line.then(() => changeNow(id, decide))
      // The next change does not depend on this one having worked.
      line = done.catch(() => {})
      return done
    },
    touch(id, at) {
      const row = people.get(id)
      if (row !== undefined) people.set(id, { ...row, lastSeen: at })
    },
    setNearby(peers) {
      nearby = new Set(peers)
    },
    settled: async () => void (await line),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
