import type { ConversationId, EntryId } from '../../../shared/domain/message.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Database } from '../driver.ts'
import { toBlob } from '../hex.ts'

/** A conversation as it is kept. */
export interface StoredConversation {
  readonly id: ConversationId
  readonly contact: PeerId
  readonly draft?: string
  /** Stands in the list of chats although nothing has been said. */
  readonly isOpened: boolean
  readonly createdAt: number
}

/** A log that is not taken further, because self (`isMine`) or the contact refused entry `seq` of it. */
export interface Stop {
  readonly conversation: ConversationId
  readonly author: PeerId
  readonly instance: string
  readonly isMine: boolean
  readonly seq: number
  readonly reason: string
}

// A hostile contact could otherwise fill the disk with refused logs.
const STOPS_MAX = 64

/** All conversations. */
export function list(db: Database): StoredConversation[] {
  return db
    .all<{ id: string; contact: string; draft: string | null; isOpened: number; createdAt: number }>(
      'SELECT id, contact, draft, isOpened, createdAt FROM conversation ORDER BY key',
    )
    .map(({ draft, isOpened, ...row }) => ({
      ...row,
      isOpened: isOpened === 1,
      ...(draft === null ? {} : { draft }),
    }))
}

/** Puts the conversation into the list of chats. */
export function open(
  db: Database,
  { id, contact, at }: { readonly id: ConversationId; readonly contact: PeerId; readonly at: number },
): null {
  db.run(
    `INSERT INTO conversation (id, contact, isOpened, createdAt) VALUES (?, ?, 1, ?)
     ON CONFLICT (id) DO UPDATE SET isOpened = 1`,
    id,
    contact,
    at,
  )
  return null
}

/** Keeps what is typed and not sent; an empty text forgets it. */
export function setDraft(db: Database, { id, draft }: { readonly id: ConversationId; readonly draft: string }): null {
  db.run('UPDATE conversation SET draft = ? WHERE id = ?', draft === '' ? null : draft, id)
  return null
}

/**
 * Everything that had arrived up to this entry is read. Returns how far each log is read now, or nothing when the entry
 * is unknown or all of that was read before.
 */
export function markRead(
  db: Database,
  { id, upTo }: { readonly id: ConversationId; readonly upTo: EntryId },
): { readonly author: PeerId; readonly instance: string; readonly read: number }[] | undefined {
  const found = db.one<{ key: number; arrival: number }>(
    `SELECT c.key, e.arrival FROM conversation c JOIN entry e ON e.conversation = c.key
     WHERE c.id = ? AND e.id = ? AND e.arrival > c.readUpTo`,
    id,
    toBlob(upTo),
  )
  if (!found) return undefined
  db.run('UPDATE conversation SET readUpTo = ? WHERE key = ?', found.arrival, found.key)
  db.run(
    `UPDATE log SET read = max(read, coalesce(
       (SELECT e.seq FROM entry e WHERE e.log = log.key AND e.arrival <= ? ORDER BY e.seq DESC LIMIT 1), 0))
     WHERE conversation = ?`,
    found.arrival,
    found.key,
  )
  return db.all('SELECT author, instance, read FROM log WHERE conversation = ?', found.key)
}

/** Notes that a log is not taken further. */
export function stop(db: Database, { conversation, author, instance, isMine, seq, reason }: Stop): null {
  db.run(
    `INSERT INTO stop (conversation, author, instance, isMine, seq, reason)
     SELECT key, ?, ?, ?, ?, ? FROM conversation WHERE id = ?
       AND (SELECT count(*) FROM stop WHERE conversation = key) < ${STOPS_MAX}
     ON CONFLICT DO NOTHING`,
    author,
    instance,
    isMine ? 1 : 0,
    seq,
    reason,
    conversation,
  )
  return null
}

/** The contact took the entry it had refused: goes on. */
export function unstop(
  db: Database,
  { conversation, author, instance }: Pick<Stop, 'conversation' | 'author' | 'instance'>,
): null {
  db.run(
    `DELETE FROM stop WHERE isMine = 0 AND author = ? AND instance = ?
       AND conversation = (SELECT key FROM conversation WHERE id = ?)`,
    author,
    instance,
    conversation,
  )
  return null
}

/** All stopped logs. */
export function stops(db: Database): Stop[] {
  return db
    .all<Omit<Stop, 'isMine'> & { isMine: number }>(
      `SELECT c.id AS conversation, s.author, s.instance, s.isMine, s.seq, s.reason
       FROM stop s JOIN conversation c ON c.key = s.conversation`,
    )
    .map((row) => ({ ...row, isMine: row.isMine === 1 }))
}

/** The newest entry of this kind by somebody else whose effect was not taken over yet. */
export function newestUnapplied(
  db: Database,
  { kind, self }: { readonly kind: number; readonly self: PeerId },
): {
  readonly conversation: ConversationId
  readonly author: PeerId
  readonly arrival: number
  readonly bytes: Uint8Array
}[] {
  return db.all(
    `SELECT c.id AS conversation, l.author, max(e.arrival) AS arrival, e.bytes
     FROM entry e JOIN conversation c ON c.key = e.conversation JOIN log l ON l.key = e.log
     WHERE e.isShown = 0 AND e.target IS NULL AND e.kind = ? AND l.author <> ? AND e.arrival > c.namedUpTo
     GROUP BY c.key`,
    kind,
    self,
  )
}

/** Names up to this arrival were taken over. */
export function setApplied(
  db: Database,
  { conversation, arrival }: { readonly conversation: ConversationId; readonly arrival: number },
): null {
  db.run('UPDATE conversation SET namedUpTo = max(namedUpTo, ?) WHERE id = ?', arrival, conversation)
  return null
}
