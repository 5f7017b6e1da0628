import type { ConversationId, EntryId, MessageOrder } from '../../../shared/domain/message.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Database } from '../driver.ts'
import { toBlob, toHex } from '../hex.ts'
import { COLUMNS, complete, type Row, type Shown } from '../shown.ts'

export type { Shown, ShownEntry, ShownPassage, ShownReceipt } from '../shown.ts'

/** Which messages a page holds: the newest, those next to a place, or those around a message. */
export interface PageInput {
  readonly id: ConversationId
  readonly before?: MessageOrder
  readonly after?: MessageOrder
  readonly around?: EntryId
  readonly limit: number
}

/** A page, oldest first. */
export interface Page extends Shown {
  readonly hasOlder: boolean
  readonly hasNewer: boolean
}

const NOTHING: Page = { entries: [], answered: [], changes: [], receipts: [], hasOlder: false, hasNewer: false }

/** A page of messages; nothing when the message it should lie around is not on screen here. */
export function page(db: Database, { id, before, after, around, limit }: PageInput): Page | undefined {
  const conversation = db.one<{ key: number }>('SELECT key FROM conversation WHERE id = ?', id)?.key
  if (conversation === undefined) return around === undefined ? NOTHING : undefined
  if (around !== undefined) return pageAround(db, conversation, around, limit)
  if (after === undefined) {
    const older = stretch(db, conversation, 'older', before, limit)
    const hasNewer = before !== undefined && stretch(db, conversation, 'newer', oneBefore(before), 1).rows.length > 0
    return { ...complete(db, older.rows.reverse()), hasOlder: older.hasMore, hasNewer }
  }
  const newer = stretch(db, conversation, 'newer', after, limit)
  const hasOlder = stretch(db, conversation, 'older', oneAfter(after), 1).rows.length > 0
  return { ...complete(db, newer.rows), hasOlder, hasNewer: newer.hasMore }
}

function pageAround(db: Database, conversation: number, message: EntryId, limit: number): Page | undefined {
  const [middle] = db.all<Row>(
    `${COLUMNS} WHERE e.id = ? AND e.conversation = ? AND e.isShown = 1 AND e.isHidden = 0`,
    toBlob(message),
    conversation,
  )
  if (!middle) return undefined
  const older = stretch(db, conversation, 'older', middle, Math.floor((limit - 1) / 2))
  const newer = stretch(db, conversation, 'newer', middle, Math.max(1, limit - 1 - older.rows.length))
  const rows = [...older.rows.reverse(), ...atPlaceOf(db, middle), ...newer.rows]
  return { ...complete(db, rows), hasOlder: older.hasMore, hasNewer: newer.hasMore }
}

// What stands at the cursor itself belongs to the other side of it.
const oneBefore = ({ seq, ...order }: MessageOrder): MessageOrder => ({ ...order, seq: seq - 1 })
const oneAfter = ({ seq, ...order }: MessageOrder): MessageOrder => ({ ...order, seq: seq + 1 })

/** The rows next to a place, nearest first; without a place those next to the present. */
function stretch(
  db: Database,
  conversation: number,
  towards: 'older' | 'newer',
  from: MessageOrder | undefined,
  limit: number,
): { readonly rows: Row[]; readonly hasMore: boolean } {
  const [sign, direction] = towards === 'older' ? (['<', 'DESC'] as const) : (['>', 'ASC'] as const)
  // The lamport alone bounds what is read of the index; the rest of the place settles the few that share it.
  const place = from && [from.lamport, from.lamport, from.author, from.instance, from.seq]
  const rows = db.all<Row>(
    `${COLUMNS} WHERE e.conversation = ? AND e.isShown = 1 AND e.isHidden = 0
       ${place ? `AND e.lamport ${sign}= ? AND (e.lamport, l.author, l.instance, e.seq) ${sign} (?, ?, ?, ?)` : ''}
     ORDER BY e.lamport ${direction}, l.author ${direction}, l.instance ${direction}, e.seq ${direction}, e.id ${direction}
     LIMIT ?`,
    conversation,
    ...(place ?? []),
    limit + 1,
  )
  const hasMore = rows.length > limit
  const taken = rows.slice(0, limit)
  const last = taken.at(-1)
  // Both sides of a fork can stand at one place: a page never ends between them.
  if (hasMore && last) {
    const twins = atPlaceOf(db, last).filter((twin) => !taken.some(({ arrival }) => arrival === twin.arrival))
    taken.push(...(towards === 'older' ? twins.reverse() : twins))
    // The row beyond may have been such a twin, and the last of all.
    if (twins.some(({ arrival }) => arrival === rows.at(-1)?.arrival))
      return { rows: taken, hasMore: stretch(db, conversation, towards, last, 1).rows.length > 0 }
  }
  return { rows: taken, hasMore }
}

/** The row and those that share its place, in the order of the screen. */
function atPlaceOf(db: Database, { log, seq, lamport }: Row): Row[] {
  return db.all<Row>(
    `${COLUMNS} WHERE e.log = ? AND e.seq = ? AND e.lamport = ? AND e.isShown = 1 AND e.isHidden = 0 ORDER BY e.id`,
    log,
    seq,
    lamport,
  )
}

/** Takes a message off this screen; what was said stays in its log. Was it there? */
export function hide(
  db: Database,
  { conversation, message }: { readonly conversation: ConversationId; readonly message: EntryId },
): boolean {
  const hidden = db.one<{ arrival: number }>(
    `UPDATE entry SET isHidden = 1 WHERE id = ? AND isShown = 1 AND isHidden = 0
       AND conversation = (SELECT key FROM conversation WHERE id = ?) RETURNING arrival`,
    toBlob(message),
    conversation,
  )
  if (!hidden) return false
  // Its words and those of its edits are found no more.
  db.run(
    'DELETE FROM search WHERE rowid IN (SELECT arrival FROM entry WHERE target = ? UNION ALL SELECT ?)',
    toBlob(message),
    hidden.arrival,
  )
  return true
}

/** These messages; ids of entries that are no messages are left out. */
export function byId(db: Database, ids: readonly EntryId[]): Shown {
  return complete(
    db,
    ids.flatMap(
      (id) => db.one<Row>(`${COLUMNS} WHERE e.id = ? AND e.isShown = 1 AND e.isHidden = 0`, toBlob(id)) ?? [],
    ),
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
       WHERE c.id = ? AND l.author = ? AND l.instance = ? AND e.seq BETWEEN ? AND ? AND e.isShown = 1 AND e.isHidden = 0
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

// Read anew with every change, so nothing is counted further than anybody wants to know.
const COUNTED_MOST = 1_000

/** What the list of chats says of one conversation. Unread and waiting are counted to a thousand each. */
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
  const inPlace = unread(db, row, { isLate: 0, deleteKind })
  const late = unread(db, row, { isLate: 1, deleteKind })
  const waiting = db.one<{ count: number }>(
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM log l LEFT JOIN vector v ON v.log = l.key AND v.member = ?
         JOIN entry e ON e.log = l.key AND e.seq > coalesce(v.seq, 0) AND e.isShown = 1
       WHERE l.conversation = ? AND l.author <> ? LIMIT ${COUNTED_MOST})`,
    row.contact,
    row.key,
    row.contact,
  )
  const forked = db.one('SELECT 1 FROM log WHERE conversation = ? AND forkSeq IS NOT NULL LIMIT 1', row.key)
  const first = inPlace.first === null ? undefined : idOf(db, inPlace.first)
  const firstLate = late.first === null ? undefined : idOf(db, late.first)
  return {
    last: page(db, { id, limit: 1 }) ?? NOTHING,
    readUpTo: row.readUpTo,
    unread: inPlace.count + late.count,
    ...(first === undefined ? {} : { firstUnread: first }),
    ...(late.first !== null && firstLate ? { late: { count: late.count, first: firstLate, arrival: late.first } } : {}),
    waiting: waiting?.count ?? 0,
    isForked: forked !== undefined,
  }
}

/** Counted by arrival: what lands above the last read row is unread too. */
function unread(
  db: Database,
  { key, readUpTo, contact }: { readonly key: number; readonly readUpTo: number; readonly contact: PeerId },
  { isLate, deleteKind }: { readonly isLate: 0 | 1; readonly deleteKind: number },
): { readonly count: number; readonly first: number | null } {
  const found = db.one<{ count: number; first: number | null }>(
    `SELECT count(*) AS count, min(arrival) AS first FROM (
       SELECT e.arrival FROM entry e JOIN log l ON l.key = e.log
       WHERE e.conversation = ? AND e.isShown = 1 AND e.isHidden = 0 AND e.isLate = ? AND e.arrival > ? AND l.author = ?
         AND NOT EXISTS (SELECT 1 FROM entry d JOIN log m ON m.key = d.log
           WHERE d.target = e.id AND d.kind = ? AND m.author = l.author)
       ORDER BY e.arrival LIMIT ${COUNTED_MOST})`,
    key,
    isLate,
    readUpTo,
    contact,
    deleteKind,
  )
  return found ?? { count: 0, first: null }
}

function idOf(db: Database, arrival: number): EntryId | undefined {
  const row = db.one<{ id: Uint8Array }>('SELECT id FROM entry WHERE arrival = ?', arrival)
  return row && toHex(row.id)
}
