import type { Database } from './driver.ts'
import type { NewEntry } from './tables/entries.ts'

/** Is something already read, or written by me, below where this one lands? */
export function landsAboveRead(db: Database, conversation: number, entry: NewEntry): boolean {
  return (
    db.one(
      `SELECT 1 FROM entry e JOIN log l ON l.key = e.log JOIN conversation c ON c.key = e.conversation
       WHERE e.conversation = ? AND e.isShown = 1 AND e.isHidden = 0 AND e.lamport >= ?
         AND (e.lamport, l.author, l.instance, e.seq) > (?, ?, ?, ?)
         AND (e.arrival <= c.readUpTo OR l.author <> c.contact) LIMIT 1`,
      conversation,
      entry.lamport,
      entry.lamport,
      entry.author,
      entry.instance,
      entry.seq,
    ) !== undefined
  )
}
