import type { PeerId } from '../../../shared/domain/peer.ts'
import type { RelaySource } from '../../../shared/domain/relay.ts'
import type { Database } from '../driver.ts'
import { readJson } from '../json.ts'

/** A relay as it is kept; its state is the network's and lives in memory. */
export interface StoredRelay {
  readonly id: PeerId
  readonly name?: string
  /** Multiaddrs. */
  readonly addresses: readonly string[]
  readonly source: RelaySource
  readonly addedAt: number
}

interface Row {
  readonly id: string
  readonly name: string | null
  readonly addresses: string
  readonly source: string
  readonly addedAt: number
}

/** All relays, oldest first. */
export function list(db: Database): StoredRelay[] {
  return db.all<Row>('SELECT id, name, addresses, source, addedAt FROM relay ORDER BY addedAt, id').map(fromRow)
}

/** Adds a relay or replaces what is known of it; the day it was added stays. */
export function put(db: Database, relay: StoredRelay): null {
  db.run(
    `INSERT INTO relay (id, name, addresses, source, addedAt) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, addresses = excluded.addresses, source = excluded.source`,
    relay.id,
    relay.name ?? null,
    JSON.stringify(relay.addresses),
    relay.source,
    relay.addedAt,
  )
  return null
}

/** Returns whether it was there. */
export function remove(db: Database, id: PeerId): boolean {
  return db.run('DELETE FROM relay WHERE id = ?', id).changes > 0
}

function fromRow({ id, name, addresses, source, addedAt }: Row): StoredRelay {
  const list: unknown = readJson(addresses)
  return {
    id,
    ...(name === null ? {} : { name }),
    addresses: Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [],
    source: isSource(source) ? source : 'entered',
    addedAt,
  }
}

const sources: readonly string[] = ['entered', 'invite', 'contact', 'packaged'] satisfies RelaySource[]
const isSource = (source: string): source is RelaySource => sources.includes(source)
