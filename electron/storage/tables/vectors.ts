import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Database } from '../driver.ts'
import type { StoredLogKey } from './entries.ts'
import { type NewReceipt, put as putReceipt } from './receipts.ts'

/** What a member told of a log: it holds everything up to `seq` on disk and has read up to `read`. */
export interface Told extends StoredLogKey {
  readonly member: PeerId
  readonly seq: number
  readonly read: number
}

/** Everything that was told. */
export function list(db: Database): Told[] {
  return db.all(
    `SELECT c.id AS conversation, l.author, l.instance, v.member, v.seq, v.read
     FROM vector v JOIN log l ON l.key = v.log JOIN conversation c ON c.key = l.conversation`,
  )
}

/** Notes what a member told, and how what it now acknowledges had gone there. Numbers only grow; logs not held are left out. */
export function tell(
  db: Database,
  { told, receipts }: { readonly told: readonly Told[]; readonly receipts: readonly NewReceipt[] },
): null {
  for (const { conversation, author, instance, member, seq, read } of told)
    db.run(
      `INSERT INTO vector (log, member, seq, read)
       SELECT l.key, ?, ?, ? FROM log l JOIN conversation c ON c.key = l.conversation
         WHERE c.id = ? AND l.author = ? AND l.instance = ?
       ON CONFLICT (log, member) DO UPDATE SET seq = max(seq, excluded.seq), read = max(read, excluded.read)`,
      member,
      seq,
      read,
      conversation,
      author,
      instance,
    )
  for (const receipt of receipts) putReceipt(db, receipt)
  return null
}
