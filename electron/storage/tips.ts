import type { Database } from './driver.ts'
import { toHex } from './hex.ts'

/** The ends of all branches of a forked log: entries from the fork on that no other entry follows. */
export function tipsOf(
  db: Database,
  log: number,
  forkSeq: number,
): { readonly head: string; readonly seq: number; readonly lamport: number }[] {
  return db
    .all<{ id: Uint8Array; seq: number; lamport: number }>(
      `SELECT e.id, e.seq, e.lamport FROM entry e WHERE e.log = ? AND e.seq >= ?
         AND NOT EXISTS (SELECT 1 FROM entry c WHERE c.log = e.log AND c.seq = e.seq + 1 AND c.previous = e.id)
       ORDER BY e.seq DESC, e.id`,
      log,
      forkSeq,
    )
    .map(({ id, seq, lamport }) => ({ head: toHex(id), seq, lamport }))
}
