import type { Passage } from '../../shared/domain/message.ts'
import type { Database } from './driver.ts'

/** The key under which a way is kept, once, however many entries came by it. */
export function passageKey(db: Database, { line, transport, relay }: Passage): number {
  const known = db.one<{ key: number }>(
    'SELECT key FROM passage WHERE line = ? AND transport IS ? AND relay IS ?',
    line,
    transport ?? null,
    relay ?? null,
  )
  if (known) return known.key
  return db.run('INSERT INTO passage (line, transport, relay) VALUES (?, ?, ?)', line, transport ?? null, relay ?? null)
    .rowId
}
