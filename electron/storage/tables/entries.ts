import type { ConversationId, EntryId, Passage } from '../../../shared/domain/message.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Database } from '../driver.ts'
import { toBlob, toHex } from '../hex.ts'
import { landsAboveRead } from '../late.ts'
import { passageKey } from '../passage.ts'
import { tipsOf } from '../tips.ts'

/** Names a log: conversation (hex), author, instance (hex). */
export interface StoredLogKey {
  readonly conversation: ConversationId
  readonly author: PeerId
  readonly instance: string
}

/** The end of one branch of a log. */
export interface Tip {
  readonly head: EntryId
  readonly seq: number
  readonly lamport: number
}

/** A log as it is held. Has one tip unless it is forked; the longest comes first. */
export interface StoredLog extends StoredLogKey {
  readonly tips: readonly [Tip, ...Tip[]]
  /** The first seq at which two entries are held. */
  readonly forkSeq?: number
  /** How far I have read it. */
  readonly read: number
}

/** An entry to be stored; every column was read from `bytes`. */
export interface NewEntry extends StoredLogKey {
  readonly id: EntryId
  readonly seq: number
  readonly previous: EntryId
  readonly lamport: number
  readonly kind: number
  readonly isShown: boolean
  readonly target?: EntryId
  readonly replyTo?: EntryId
  /** Words to be found by. */
  readonly text?: string
  readonly writtenAt: number
  readonly bytes: Uint8Array
  readonly signature: Uint8Array
}

export interface StoreInput {
  readonly contact: PeerId
  readonly entries: readonly NewEntry[]
  readonly at: number
  /** Own entries: nothing is stored unless the first one extends the only branch of its log. */
  readonly isOwn: boolean
  /** The way they came. An entry that is held already keeps the one it had. */
  readonly passage?: Passage
}

export interface StoreOutput {
  /** In the order of the input. `gap`: the entry before it is not held. */
  readonly outcomes: readonly ('stored' | 'held' | 'gap')[]
  /** The logs that changed, or for own entries that did not fit: as they are. */
  readonly logs: readonly StoredLog[]
}

interface LogRow {
  readonly key: number
  readonly conversation: number
  seq: number
  head: Uint8Array
  lamport: number
  forkSeq: number | null
}

/** Stores entries that were judged before. The gap check and the entries are one transaction. */
export function store(db: Database, input: StoreInput): StoreOutput {
  const { contact, entries, at, isOwn } = input
  const passage = input.passage && entries.length > 0 ? passageKey(db, input.passage) : null
  const touched = new Map<string, { readonly key: StoredLogKey; readonly row: LogRow }>()
  const outcomes = entries.map((entry): StoreOutput['outcomes'][number] => {
    if (db.one('SELECT 1 FROM entry WHERE id = ?', toBlob(entry.id))) return 'held'
    const name = `${entry.conversation} ${entry.author} ${entry.instance}`
    const row = touched.get(name)?.row ?? findLog(db, entry)
    if (!(isOwn ? extendsOnlyBranch(row, entry) : hasParent(db, row, entry))) return 'gap'
    const log = row ?? createLog(db, contact, entry, at)
    touched.set(name, { key: entry, row: log })
    insert(db, log, entry, input, passage)
    return 'stored'
  })
  for (const { row } of touched.values())
    db.run(
      'UPDATE log SET seq = ?, head = ?, lamport = ?, forkSeq = ? WHERE key = ?',
      row.seq,
      row.head,
      row.lamport,
      row.forkSeq,
      row.key,
    )
  const keys = isOwn ? entries.slice(0, 1) : [...touched.values()].map(({ key }) => key)
  return { outcomes, logs: keys.flatMap((key) => state(db, key) ?? []) }
}

/** Every log of every conversation. */
export function logs(db: Database): StoredLog[] {
  return db.all<StateRow>(`${STATE} ORDER BY l.key`).map((row) => fromState(db, row))
}

/** One entry as it travels. `seq` and `arrival` say where to go on. */
export interface TravellingEntry {
  readonly id: EntryId
  readonly seq: number
  readonly arrival: number
  readonly bytes: Uint8Array
  readonly signature: Uint8Array
}

/** Entries of a log after a place, oldest first, until `maxBytes` are full; at least one if there is one. */
export function after(
  db: Database,
  input: StoredLogKey & { readonly seq: number; readonly arrival: number; readonly maxBytes: number },
): TravellingEntry[] {
  const log = findLog(db, input)
  if (!log) return []
  const found: TravellingEntry[] = []
  let bytes = 0
  const rows = db.each<Omit<TravellingEntry, 'id'> & { id: Uint8Array }>(
    `SELECT id, seq, arrival, bytes, signature FROM entry
     WHERE log = ? AND seq >= ? AND (seq, arrival) > (?, ?) ORDER BY seq, arrival`,
    log.key,
    input.seq,
    input.seq,
    input.arrival,
  )
  for (const row of rows) {
    bytes += row.bytes.length + row.signature.length + ENTRY_OVERHEAD_BYTES
    if (found.length > 0 && bytes > input.maxBytes) break
    found.push({ ...row, id: toHex(row.id) })
  }
  return found
}

// Tags and lengths around an entry in a frame.
const ENTRY_OVERHEAD_BYTES = 12

/** Where an entry stands. */
export interface Place extends StoredLogKey {
  readonly id: EntryId
  readonly seq: number
  readonly lamport: number
  readonly arrival: number
}

/** Those of the ids that are held, with their places. */
export function places(db: Database, ids: readonly EntryId[]): Place[] {
  return ids.flatMap((id) => {
    const row = db.one<Omit<Place, 'id'>>(
      `SELECT c.id AS conversation, l.author, l.instance, e.seq, e.lamport, e.arrival
       FROM entry e JOIN log l ON l.key = e.log JOIN conversation c ON c.key = e.conversation WHERE e.id = ?`,
      toBlob(id),
    )
    return row ? [{ ...row, id }] : []
  })
}

/** Ids of a log from `seq` back to its beginning, newest first, at growing distances. */
export function locator(db: Database, input: StoredLogKey & { readonly seq: number }): EntryId[] {
  const log = findLog(db, input)
  if (!log) return []
  const ids: EntryId[] = []
  for (let distance = 1, seq = input.seq; seq > 0; seq -= distance, distance *= 2)
    for (const { id } of db.all<{ id: Uint8Array }>('SELECT id FROM entry WHERE log = ? AND seq = ?', log.key, seq))
      ids.push(toHex(id))
  const [first] = db.all<{ id: Uint8Array }>('SELECT id FROM entry WHERE log = ? AND seq = 1 LIMIT 1', log.key)
  if (first) ids.push(toHex(first.id))
  return [...new Set(ids)]
}

function findLog(db: Database, { conversation, author, instance }: StoredLogKey): LogRow | undefined {
  return db.one<LogRow>(
    `SELECT l.key, l.conversation, l.seq, l.head, l.lamport, l.forkSeq FROM log l JOIN conversation c ON c.key = l.conversation
     WHERE c.id = ? AND l.author = ? AND l.instance = ?`,
    conversation,
    author,
    instance,
  )
}

function createLog(db: Database, contact: PeerId, entry: NewEntry, at: number): LogRow {
  db.run(
    'INSERT INTO conversation (id, contact, createdAt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    entry.conversation,
    contact,
    at,
  )
  const conversation = db.one<{ key: number }>('SELECT key FROM conversation WHERE id = ?', entry.conversation)
  if (!conversation) throw new Error('a contact has another conversation already')
  const head = toBlob(entry.previous)
  const { rowId } = db.run(
    'INSERT INTO log (conversation, author, instance, seq, head, lamport) VALUES (?, ?, ?, 0, ?, 0)',
    conversation.key,
    entry.author,
    entry.instance,
    head,
  )
  return { key: rowId, conversation: conversation.key, seq: 0, head, lamport: 0, forkSeq: null }
}

function extendsOnlyBranch(row: LogRow | undefined, entry: NewEntry): boolean {
  if (!row) return entry.seq === 1
  return row.forkSeq === null && entry.seq === row.seq + 1 && toHex(row.head) === entry.previous
}

function hasParent(db: Database, row: LogRow | undefined, entry: NewEntry): boolean {
  if (entry.seq === 1) return true
  if (!row) return false
  if (entry.seq === row.seq + 1 && toHex(row.head) === entry.previous) return true
  return (
    db.one(
      'SELECT 1 FROM entry WHERE id = ? AND log = ? AND seq = ?',
      toBlob(entry.previous),
      row.key,
      entry.seq - 1,
    ) !== undefined
  )
}

function insert(db: Database, log: LogRow, entry: NewEntry, input: StoreInput, passage: number | null): void {
  const isLate = entry.isShown && !input.isOwn && landsAboveRead(db, log.conversation, entry)
  const { rowId } = db.run(
    `INSERT INTO entry (id, conversation, log, seq, previous, lamport, kind, isShown, isLate, target, replyTo,
       writtenAt, arrivedAt, passage, bytes, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    toBlob(entry.id),
    log.conversation,
    log.key,
    entry.seq,
    toBlob(entry.previous),
    entry.lamport,
    entry.kind,
    entry.isShown ? 1 : 0,
    isLate ? 1 : 0,
    entry.target === undefined ? null : toBlob(entry.target),
    entry.replyTo === undefined ? null : toBlob(entry.replyTo),
    entry.writtenAt,
    input.at,
    passage,
    entry.bytes,
    entry.signature,
  )
  if (entry.text !== undefined) db.run('INSERT INTO search (rowid, text) VALUES (?, ?)', rowId, entry.text)
  // A second entry at a seq that is taken makes two branches of the log.
  if (entry.seq <= log.seq) log.forkSeq = Math.min(log.forkSeq ?? entry.seq, entry.seq)
  else {
    log.seq = entry.seq
    log.head = toBlob(entry.id)
    log.lamport = entry.lamport
  }
}

interface StateRow extends StoredLogKey {
  readonly key: number
  readonly head: Uint8Array
  readonly seq: number
  readonly lamport: number
  readonly forkSeq: number | null
  readonly read: number
}

const STATE = `SELECT l.key, c.id AS conversation, l.author, l.instance, l.head, l.seq, l.lamport, l.forkSeq, l.read
  FROM log l JOIN conversation c ON c.key = l.conversation`

function state(db: Database, { conversation, author, instance }: StoredLogKey): StoredLog | undefined {
  const row = db.one<StateRow>(
    `${STATE} WHERE c.id = ? AND l.author = ? AND l.instance = ?`,
    conversation,
    author,
    instance,
  )
  return row && fromState(db, row)
}

function fromState(db: Database, { key, head, seq, lamport, forkSeq, ...row }: StateRow): StoredLog {
  const longest: Tip = { head: toHex(head), seq, lamport }
  if (forkSeq === null) return { ...row, tips: [longest] }
  const others = tipsOf(db, key, forkSeq).filter((tip) => tip.head !== longest.head)
  return { ...row, tips: [longest, ...others], forkSeq }
}
