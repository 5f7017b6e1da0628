import { inTransaction } from './batch.ts'
import type { Database } from './driver.ts'
import { StorageError } from './failure.ts'
import { migrations } from './migrations/index.ts'

/** How many migrations a database has seen; 0 for an empty file. */
export function versionOf(db: Database): number {
  return Number(db.pragma('user_version'))
}

/** Refuses a database that a newer program has written. */
export function refuseNewer(db: Database, newest = migrations.length): void {
  const version = versionOf(db)
  if (version > newest) throw new StorageError({ code: 'profile-newer', detail: { found: version, known: newest } })
}

/** Brings a database to the newest version, each step whole or not at all. */
export function migrate(db: Database, steps: readonly string[] = migrations): void {
  refuseNewer(db, steps.length)
  for (const [index, sql] of steps.entries()) {
    if (index < versionOf(db)) continue
    inTransaction(
      db,
      () => {},
      () => {
        db.exec(sql)
        // A pragma takes no parameter; it is part of the transaction like any other write.
        db.exec(`PRAGMA user_version = ${index + 1}`)
      },
    )
  }
}
