import type { ContactState } from '../../../shared/domain/contact.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Database } from '../driver.ts'
import { readJson } from '../json.ts'

/** A person as kept on disk. Who is in no state at all has no row. */
export interface StoredContact {
  readonly id: PeerId
  readonly state: Exclude<ContactState, 'none'>
  /** Only while blocked; absent = there was nothing before. */
  readonly stateBefore?: Exclude<ContactState, 'none' | 'blocked'>
  readonly name: string
  readonly givenName?: string
  readonly note?: string
  readonly ownNote?: string
  readonly inviteId?: string
  readonly token?: Uint8Array
  readonly isConfirmed: boolean
  readonly isRelayOnly: boolean
  readonly isVerified: boolean
  readonly lastSeen?: number
  readonly since: number
  readonly givenAddresses: readonly string[]
  readonly relayed: readonly string[]
  readonly direct: readonly string[]
  readonly recordNumber: number
  readonly told: readonly string[]
  readonly toldAt?: number
}

interface Row {
  readonly id: string
  readonly state: string
  readonly stateBefore: string | null
  readonly name: string
  readonly givenName: string | null
  readonly note: string | null
  readonly ownNote: string | null
  readonly inviteId: string | null
  readonly token: Uint8Array | null
  readonly isConfirmed: number
  readonly isRelayOnly: number
  readonly isVerified: number
  readonly lastSeen: number | null
  readonly since: number
  readonly givenAddresses: string
  readonly relayed: string
  readonly direct: string
  readonly recordNumber: number
  readonly told: string
  readonly toldAt: number | null
}

const columns = [
  'id, state, stateBefore, name, givenName, note, ownNote, inviteId, token, isConfirmed, isRelayOnly, isVerified',
  'lastSeen, since, givenAddresses, relayed, direct, recordNumber, told, toldAt',
].join(', ')

/** Everybody. */
export function list(db: Database): StoredContact[] {
  return db.all<Row>(`SELECT ${columns} FROM contact`).map(fromRow)
}

/** Writes a person, whole. */
export function put(db: Database, contact: StoredContact): null {
  db.run(
    `INSERT OR REPLACE INTO contact (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    contact.id,
    contact.state,
    contact.stateBefore ?? null,
    contact.name,
    contact.givenName ?? null,
    contact.note ?? null,
    contact.ownNote ?? null,
    contact.inviteId ?? null,
    contact.token ?? null,
    Number(contact.isConfirmed),
    Number(contact.isRelayOnly),
    Number(contact.isVerified),
    contact.lastSeen ?? null,
    contact.since,
    JSON.stringify(contact.givenAddresses),
    JSON.stringify(contact.relayed),
    JSON.stringify(contact.direct),
    contact.recordNumber,
    JSON.stringify(contact.told),
    contact.toldAt ?? null,
  )
  return null
}

export function remove(db: Database, id: PeerId): null {
  db.run('DELETE FROM contact WHERE id = ?', id)
  return null
}

/**
 * A number for my next address record, larger than every one before. It keeps up with the clock, so that a database
 * restored from an older copy does not hand out numbers that contacts have already seen.
 */
export function nextRecordNumber(db: Database, now: number): number {
  const row = db.one<{ value: number }>(
    `INSERT INTO counter (name, value) VALUES ('addressRecord', ?)
     ON CONFLICT (name) DO UPDATE SET value = max(value + 1, excluded.value) RETURNING value`,
    now,
  )
  if (row === undefined) throw new Error('a counter gave no value')
  return row.value
}

function fromRow(row: Row): StoredContact {
  return {
    id: row.id,
    state: isState(row.state) ? row.state : 'ignored',
    ...(row.stateBefore !== null && isState(row.stateBefore) && row.stateBefore !== 'blocked'
      ? { stateBefore: row.stateBefore }
      : {}),
    name: row.name,
    ...(row.givenName === null ? {} : { givenName: row.givenName }),
    ...(row.note === null ? {} : { note: row.note }),
    ...(row.ownNote === null ? {} : { ownNote: row.ownNote }),
    ...(row.inviteId === null ? {} : { inviteId: row.inviteId }),
    ...(row.token === null ? {} : { token: row.token }),
    isConfirmed: row.isConfirmed === 1,
    isRelayOnly: row.isRelayOnly === 1,
    isVerified: row.isVerified === 1,
    ...(row.lastSeen === null ? {} : { lastSeen: row.lastSeen }),
    since: row.since,
    givenAddresses: texts(row.givenAddresses),
    relayed: texts(row.relayed),
    direct: texts(row.direct),
    recordNumber: row.recordNumber,
    told: texts(row.told),
    ...(row.toldAt === null ? {} : { toldAt: row.toldAt }),
  }
}

const states: readonly string[] = [
  'asked',
  'asks-me',
  'mutual',
  'ignored',
  'blocked',
] satisfies StoredContact['state'][]
const isState = (state: string): state is StoredContact['state'] => states.includes(state)

function texts(json: string): string[] {
  const list: unknown = readJson(json)
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
}
