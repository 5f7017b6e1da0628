import type { ConversationId, EntryId } from '../../../../shared/domain/message.ts'
import type { StoredLog } from '../../../storage/tables/entries.ts'
import { LOGS_MAX, type LogBook } from '../log/log-book.ts'
import { keyText, type LogKey } from '../log/log-key.ts'
import type { Flights } from './flights.ts'
import type { Row } from './frames.ts'
import { coverOf, type Lack, lackOf } from './vector.ts'

const HELD_MAX = 8_192

/** What the other side of one stream has told that it holds. */
export interface Remote {
  /** Takes over rows; those of one log replace what was told of it. Returns the logs told of, or nothing when they are too many. */
  learn(rows: readonly Row[]): Promise<readonly LogKey[] | undefined>
  knows(log: LogKey): boolean
  /** It knows nothing of this log: that is news. */
  setEmpty(log: LogKey): void
  rows(log: LogKey): readonly Row[]
  /** Does it have a branch of which I do not hold the end? */
  hasMore(log: LogKey): boolean
  /** These were stored: is one of them the end of a branch it told of? */
  took(log: LogKey, ids: ReadonlySet<EntryId>): boolean
  lack(log: StoredLog): Lack
  cover(log: StoredLog): number
}

/** Starts knowing nothing. */
export function createRemote(conversation: ConversationId, book: LogBook, flights: Flights): Remote {
  const told = new Map<string, readonly Row[]>()
  /** Ends of branches that I hold too. */
  const held = new Set<EntryId>()
  const isHeld = (head: EntryId) => held.has(head)
  const rowsOf = (log: LogKey) => told.get(keyText(log)) ?? []

  async function lookUp(heads: readonly EntryId[]): Promise<void> {
    if (held.size > HELD_MAX) {
      const kept = [...told.values()].flat().filter(({ head }) => isHeld(head))
      held.clear()
      for (const { head } of kept) held.add(head)
    }
    const tips = new Set(book.of(conversation).flatMap((log) => log.tips.map(({ head }) => head)))
    for (const head of heads) if (tips.has(head) || flights.has(head)) held.add(head)
    const unknown = new Set(heads.filter((head) => !isHeld(head)))
    for (const { id } of await book.parents([...unknown])) held.add(id)
  }

  return {
    async learn(rows) {
      const byLog = Map.groupBy(
        rows.filter((row) => row.log.conversation === conversation),
        (row) => keyText(row.log),
      )
      await lookUp(rows.map((row) => row.head))
      for (const [name, ofLog] of byLog) {
        if (!told.has(name) && told.size >= 2 * LOGS_MAX) return undefined
        // seq 0 says that nothing is held.
        told.set(
          name,
          ofLog.filter(({ seq }) => seq > 0),
        )
      }
      return [...byLog.values()].flatMap(([first]) => (first ? [first.log] : []))
    },
    knows: (log) => told.has(keyText(log)),
    setEmpty: (log) => void told.set(keyText(log), []),
    rows: rowsOf,
    hasMore: (log) => rowsOf(log).some(({ head }) => !isHeld(head)),
    took(log, ids) {
      const news = rowsOf(log).filter(({ head }) => !isHeld(head) && ids.has(head))
      for (const { head } of news) held.add(head)
      return news.length > 0
    },
    lack: (log) => lackOf(log, rowsOf(log), isHeld),
    cover: (log) => coverOf(log, rowsOf(log), isHeld),
  }
}
