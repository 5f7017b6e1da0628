import type { LineKind, Transport } from '../../../shared/domain/line.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Database } from '../driver.ts'
import type { StoredLogKey } from './entries.ts'

/** How entries fromSeq … toSeq of a log of mine went: handed over and acknowledged together. Times in milliseconds since 1970. */
export interface NewReceipt extends StoredLogKey {
  readonly fromSeq: number
  readonly toSeq: number
  readonly line: LineKind
  readonly transport?: Transport
  readonly relay?: PeerId
  readonly sentAt: number
  readonly acknowledgedAt: number
}

/** Keeps a path receipt; the first one for a stretch stays. */
export function put(db: Database, receipt: NewReceipt): null {
  db.run(
    `INSERT INTO receipt (log, fromSeq, toSeq, line, transport, relay, sentAt, acknowledgedAt)
     SELECT l.key, ?, ?, ?, ?, ?, ?, ? FROM log l JOIN conversation c ON c.key = l.conversation
       WHERE c.id = ? AND l.author = ? AND l.instance = ?
     ON CONFLICT DO NOTHING`,
    receipt.fromSeq,
    receipt.toSeq,
    receipt.line,
    receipt.transport ?? null,
    receipt.relay ?? null,
    receipt.sentAt,
    receipt.acknowledgedAt,
    receipt.conversation,
    receipt.author,
    receipt.instance,
  )
  return null
}
