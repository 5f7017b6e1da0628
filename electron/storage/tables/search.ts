import type { ConversationId, EntryId } from '../../../shared/domain/message.ts'
import type { Database } from '../driver.ts'
import { toHex } from '../hex.ts'

/** A text or an edit that holds the words. Whether its text is still what is shown is for the caller to see. */
export interface Found {
  readonly conversation: ConversationId
  /** The entry whose text it is. */
  readonly entry: EntryId
  /** The message that shows it: the entry itself, or the one it edits. */
  readonly message: EntryId
  readonly arrival: number
}

/** Newest first, older than `before` (an arrival). `match` is an FTS5 expression: the caller has quoted what was typed. */
export function find(
  db: Database,
  input: {
    readonly match: string
    readonly conversation?: ConversationId
    readonly before: number
    readonly limit: number
  },
): Found[] {
  return db
    .all<Omit<Found, 'entry' | 'message'> & { entry: Uint8Array; target: Uint8Array | null }>(
      `SELECT c.id AS conversation, e.id AS entry, e.target, e.arrival
       FROM search s JOIN entry e ON e.arrival = s.rowid JOIN conversation c ON c.key = e.conversation
       WHERE search MATCH ? AND s.rowid < ? AND (? IS NULL OR c.id = ?) ORDER BY s.rowid DESC LIMIT ?`,
      input.match,
      input.before,
      input.conversation ?? null,
      input.conversation ?? null,
      input.limit,
    )
    .map(({ entry, target, ...row }) => ({ ...row, entry: toHex(entry), message: toHex(target ?? entry) }))
}
