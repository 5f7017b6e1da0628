import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { StoredLog } from '../../../storage/tables/entries.ts'
import type { LogBook, Stored } from '../log/log-book.ts'
import { keyText, type LogKey } from '../log/log-key.ts'
import type { Frame, Row } from './frames.ts'

// Small questions that a session asks about logs and entries.

// A row is at most 180 bytes.
const ROWS_MAX = 256

/** What is told of a log: the end of each branch, and how far I have read if that is told. */
export function rowsOf({ conversation, author, instance, read, tips }: StoredLog, isReadTold: boolean): Row[] {
  const log = { conversation, author, instance }
  return tips.map(({ seq, head }) => ({ log, seq, head, read: isReadTold ? Math.min(read, seq) : 0 }))
}

/** The frames that tell what I hold when a stream opens: one at least. */
export function* vectorsOf(rows: readonly Row[]): Iterable<Frame> {
  for (let at = 0; ; at += ROWS_MAX) {
    const isComplete = at + ROWS_MAX >= rows.length
    yield { say: 'vector', rows: rows.slice(at, at + ROWS_MAX), isComplete, isRewind: false }
    if (isComplete) return
  }
}

/** The largest seq of a log among these; 0 = none. */
export const newestOf = (log: LogKey, entries: Stored['entries']): number =>
  Math.max(0, ...entries.map(({ entry }) => (keyText(entry) === keyText(log) ? entry.seq : 0)))

/** The ends of a log's branches as one text. */
export const tipsText = (log: StoredLog): string => log.tips.map((tip) => tip.head).join(' ')

/** How many logs of this author there will be with these entries, if they begin any; 0 if they begin none. */
export function logsWith(entries: Stored['entries'], author: PeerId, book: LogBook): number {
  const begun = entries.filter(({ entry }) => !book.get(entry))
  const [first] = begun
  if (!first) return 0
  const held = book.of(first.entry.conversation).filter((log) => log.author === author)
  return held.length + new Set(begun.map(({ entry }) => keyText(entry))).size
}
