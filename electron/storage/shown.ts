import type { EntryId } from '../../shared/domain/message.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import type { Database } from './driver.ts'
import { toHex } from './hex.ts'

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
  /** Taken off this screen; only among those that are answered. */
  readonly isHidden: boolean
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

/** An entry as it is read. */
export interface Row {
  readonly id: Uint8Array
  readonly log: number
  readonly author: string
  readonly instance: string
  readonly seq: number
  readonly lamport: number
  readonly arrival: number
  readonly arrivedAt: number
  readonly isLate: number
  readonly isHidden: number
  readonly line: string | null
  readonly transport: string | null
  readonly relay: string | null
  readonly bytes: Uint8Array
  readonly target: Uint8Array | null
  readonly replyTo: Uint8Array | null
  readonly contact: string
}

/** Reads rows; the conditions follow. */
export const COLUMNS = `SELECT e.id, e.log, l.author, l.instance, e.seq, e.lamport, e.arrival, e.arrivedAt, e.isLate, e.isHidden, e.bytes,
  e.target, e.replyTo, c.contact, p.line, p.transport, p.relay
  FROM entry e JOIN log l ON l.key = e.log JOIN conversation c ON c.key = e.conversation
    LEFT JOIN passage p ON p.key = e.passage`

/** The rows with all that is shown of them. */
export function complete(db: Database, rows: readonly Row[]): Shown {
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
    // Stretches do not overlap: only the last that begins before can hold it. Looking further back would read all of them.
    `SELECT line, transport, relay, sentAt, acknowledgedAt FROM
       (SELECT * FROM receipt WHERE log = ? AND fromSeq <= ? ORDER BY fromSeq DESC LIMIT 1) WHERE toSeq >= ?`,
    log,
    seq,
    seq,
  )
  return row && { ...row, entry: toHex(id) }
}

function fromRow({ target, replyTo, id, isLate, isHidden, line, transport, relay, ...row }: Row): ShownEntry {
  const { log: _log, contact: _contact, ...entry } = row
  return {
    ...entry,
    id: toHex(id),
    isLate: isLate === 1,
    isHidden: isHidden === 1,
    ...(line === null ? {} : { passage: { line, transport, relay } }),
    ...(target === null ? {} : { target: toHex(target) }),
    ...(replyTo === null ? {} : { replyTo: toHex(replyTo) }),
  }
}
