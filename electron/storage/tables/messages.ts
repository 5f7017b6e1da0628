import type { ConversationId, EntryId, MessageOrder } from '../../../shared/domain/message.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Database } from '../driver.ts'
import { toBlob, toHex } from '../hex.ts'

// Reads entries for the screen. What a message looks like after its edits, deletions and reactions is not decided here.

/** An entry with its place, as the screen needs it. */
export interface ShownEntry {
  readonly id: EntryId
  readonly author: PeerId
  readonly instance: string
  readonly seq: number
  readonly lamport: number
  readonly arrival: number
  readonly arrivedAt: number
  readonly isLate: boolean
  /** The way it came, as it was noted. */
  readonly passage?: ShownPassage
  readonly bytes: Uint8Array
  /** The entry it changes. */
  readonly target?: EntryId
  /** The entry it answers. */
  readonly replyTo?: EntryId
}

/** Messages, everything that changes them, the messages they answer (with their changes) and how they went. */
export interface Shown {
  readonly entries: readonly ShownEntry[]
  readonly answered: readonly ShownEntry[]
  readonly changes: readonly ShownEntry[]
  readonly receipts: readonly ShownReceipt[]
}

/** A way as it is kept. */
export interface ShownPassage {
  readonly line: string
  readonly transport: string | null
  readonly relay: string | null
}

/** How a message of mine went to its reader. */
export interface ShownReceipt extends ShownPassage {
  readonly entry: EntryId
  readonly sentAt: number
  readonly acknowledgedAt: number
}

/** A page of the newest messages before a place on screen, oldest first. */
export function page(
  db: Database,
  input: { readonly id: ConversationId; readonly before?: MessageOrder; readonly limit: number },
): Shown & { readonly hasMore: boolean } {
  const conversation = db.one<{ key: number }>('SELECT key FROM conversation WHERE id = ?', input.id)
  if (!conversation) return { entries: [], answered: [], changes: [], receipts: [], hasMore: false }
  const { before } = input
  const newestFirst = 'ORDER BY e.lamport DESC, l.author DESC, l.instance DESC, e.seq DESC, e.id DESC'
  const rows = before
    ? db.all<Row>(
        `${COLUMNS} WHERE e.conversation = ? AND e.isShown = 1 AND e.lamport <= ?
           AND (e.lamport, l.author, l.instance, e.seq) < (?, ?, ?, ?) ${newestFirst} LIMIT ?`,
        conversation.key,
        before.lamport,
        before.lamport,
        before.author,
        before.instance,
        before.seq,
        input.limit + 1,
      )
    : db.all<Row>(
        `${COLUMNS} WHERE e.conversation = ? AND e.isShown = 1 ${newestFirst} LIMIT ?`,
        conversation.key,
        input.limit + 1,
      )
  const hasMore = rows.length > input.limit
  const entries = rows.slice(0, input.limit)
  const last = entries.at(-1)
  // Both sides of a fork can stand at one place: a page never ends between them.
  if (hasMore && last)
    for (const row of db.all<Row>(
      `${COLUMNS} WHERE e.log = ? AND e.seq = ? AND e.lamport = ? AND e.isShown = 1 ORDER BY e.id DESC`,
      last.log,
      last.seq,
      last.lamport,
    ))
      if (!entries.some((entry) => entry.arrival === row.arrival)) entries.push(row)
  return { ...complete(db, entries.reverse()), hasMore }
}

/** These messages; ids of entries that are no messages are left out. */
export function byId(db: Database, ids: readonly EntryId[]): Shown {
  return complete(
    db,
    ids.flatMap((id) => db.one<Row>(`${COLUMNS} WHERE e.id = ? AND e.isShown = 1`, toBlob(id)) ?? []),
  )
}

/** Ids of the messages in a stretch of a log, newest first. */
export function inLog(
  db: Database,
  input: {
    readonly conversation: ConversationId
    readonly author: PeerId
    readonly instance: string
    readonly fromSeq: number
    readonly toSeq: number
    readonly limit: number
  },
): EntryId[] {
  return db
    .all<{ id: Uint8Array }>(
      `SELECT e.id FROM entry e JOIN log l ON l.key = e.log JOIN conversation c ON c.key = l.conversation
       WHERE c.id = ? AND l.author = ? AND l.instance = ? AND e.seq BETWEEN ? AND ? AND e.isShown = 1
       ORDER BY e.seq DESC LIMIT ?`,
      input.conversation,
      input.author,
      input.instance,
      input.fromSeq,
      input.toSeq,
      input.limit,
    )
    .map(({ id }) => toHex(id))
}

/** What the list of chats says of one conversation. */
export interface Summary {
  readonly last: Shown
  readonly readUpTo: number
  readonly unread: number
  /** The first of the unread that stands below everything read. */
  readonly firstUnread?: EntryId
  /** Those of the unread that landed above something read. */
  readonly late?: { readonly count: number; readonly first: EntryId; readonly arrival: number }
  readonly waiting: number
  readonly isForked: boolean
}

/** Last message, unread and waiting ones. `deleteKind`: the kind of entry that takes a message back. */
export function summary(
  db: Database,
  { id, deleteKind }: { readonly id: ConversationId; readonly deleteKind: number },
): Summary | undefined {
  const row = db.one<{ key: number; contact: string; readUpTo: number }>(
    'SELECT key, contact, readUpTo FROM conversation WHERE id = ?',
    id,
  )
  if (!row) return undefined
  // Counted by arrival: what lands above the last read row is unread too.
  const unread = db.all<{ isLate: number; count: number; first: number }>(
    `SELECT e.isLate, count(*) AS count, min(e.arrival) AS first FROM entry e JOIN log l ON l.key = e.log
     WHERE e.conversation = ? AND e.isShown = 1 AND e.arrival > ? AND l.author = ?
       AND NOT EXISTS (SELECT 1 FROM entry d JOIN log m ON m.key = d.log
         WHERE d.target = e.id AND d.kind = ? AND m.author = l.author)
     GROUP BY e.isLate`,
    row.key,
    row.readUpTo,
    row.contact,
    deleteKind,
  )
  const waiting = db.one<{ count: number }>(
    `SELECT count(*) AS count FROM log l LEFT JOIN vector v ON v.log = l.key AND v.member = ?
       JOIN entry e ON e.log = l.key AND e.seq > coalesce(v.seq, 0) AND e.isShown = 1
     WHERE l.conversation = ? AND l.author <> ?`,
    row.contact,
    row.key,
    row.contact,
  )
  const forked = db.one('SELECT 1 FROM log WHERE conversation = ? AND forkSeq IS NOT NULL LIMIT 1', row.key)
  const [inPlace, late] = [0, 1].map((isLate) => unread.find((row) => row.isLate === isLate))
  const first = inPlace && idOf(db, inPlace.first)
  const firstLate = late && idOf(db, late.first)
  return {
    last: page(db, { id, limit: 1 }),
    readUpTo: row.readUpTo,
    unread: unread.reduce((sum, { count }) => sum + count, 0),
    ...(first === undefined ? {} : { firstUnread: first }),
    ...(late && firstLate ? { late: { count: late.count, first: firstLate, arrival: late.first } } : {}),
    waiting: waiting?.count ?? 0,
    isForked: forked !== undefined,
  }
}

function idOf(db: Database, arrival: number): EntryId | undefined {
  const row = db.one<{ id: Uint8Array }>('SELECT id FROM entry WHERE arrival = ?', arrival)
  return row && toHex(row.id)
}

interface Row {
  readonly id: Uint8Array
  readonly log: number
  readonly author: string
  readonly instance: string
  readonly seq: number
  readonly lamport: number
  readonly arrival: number
  readonly arrivedAt: number
  readonly isLate: number
  readonly line: string | null
  readonly transport: string | null
  readonly relay: string | null
  readonly bytes: Uint8Array
  readonly target: Uint8Array | null
  readonly replyTo: Uint8Array | null
  readonly contact: string
}

const COLUMNS = `SELECT e.id, e.log, l.author, l.instance, e.seq, e.lamport, e.arrival, e.arrivedAt, e.isLate, e.bytes,
  e.target, e.replyTo, c.contact, p.line, p.transport, p.relay
  FROM entry e JOIN log l ON l.key = e.log JOIN conversation c ON c.key = e.conversation
    LEFT JOIN passage p ON p.key = e.passage`

function complete(db: Database, rows: readonly Row[]): Shown {
  const answered = new Map<string, Row>()
  for (const { replyTo, log } of rows) {
    if (replyTo === null || answered.has(toHex(replyTo))) continue
    const row = db.one<Row>(
      `${COLUMNS} WHERE e.id = ? AND e.isShown = 1 AND e.conversation = (SELECT conversation FROM log WHERE key = ?)`,
      replyTo,
      log,
    )
    if (row) answered.set(toHex(replyTo), row)
  }
  const targets = new Map([...rows, ...answered.values()].map((row) => [row.arrival, row]))
  const changes = [...targets.values()].flatMap((row) =>
    db.all<Row>(
      `${COLUMNS} WHERE e.target = ? AND e.conversation = (SELECT conversation FROM log WHERE key = ?)`,
      row.id,
      row.log,
    ),
  )
  return {
    entries: rows.map(fromRow),
    answered: [...answered.values()].map(fromRow),
    changes: changes.map(fromRow),
    receipts: rows.flatMap((row) => (row.author === row.contact ? [] : (receiptOf(db, row) ?? []))),
  }
}

function receiptOf(db: Database, { id, log, seq }: Row): ShownReceipt | undefined {
  const row = db.one<Omit<ShownReceipt, 'entry'>>(
    `SELECT line, transport, relay, sentAt, acknowledgedAt FROM receipt
     WHERE log = ? AND fromSeq <= ? AND toSeq >= ? ORDER BY fromSeq DESC LIMIT 1`,
    log,
    seq,
    seq,
  )
  return row && { ...row, entry: toHex(id) }
}

function fromRow({ target, replyTo, id, isLate, line, transport, relay, ...row }: Row): ShownEntry {
  const { log: _log, contact: _contact, ...entry } = row
  return {
    ...entry,
    id: toHex(id),
    isLate: isLate === 1,
    ...(line === null ? {} : { passage: { line, transport, relay } }),
    ...(target === null ? {} : { target: toHex(target) }),
    ...(replyTo === null ? {} : { replyTo: toHex(replyTo) }),
  }
}
