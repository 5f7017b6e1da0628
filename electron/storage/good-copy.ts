import { randomBytes } from 'node:crypto'
import { closeSync, copyFileSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Database, openDriver } from './driver.ts'
import { syncFile, syncFolder } from './durable.ts'
import { StorageError } from './failure.ts'
import { goodCopyPath } from './good-copy-path.ts'
import { refuseNewer, versionOf } from './migrate.ts'
import { setInstance } from './tables/profile.ts'

const COPY_AFTER_MS = 24 * 60 * 60 * 1000

/** Is it time for a new copy? */
export function isCopyDue(path: string, now = Date.now()): boolean {
  const madeAt = statSync(goodCopyPath(path), { throwIfNoEntry: false })?.mtimeMs
  return madeAt === undefined || now - madeAt >= COPY_AFTER_MS
}

/** Writes a whole copy under the same key, opens it once to see that it reads, and only then replaces the one before. */
export function makeCopy(db: Database, path: string, key: Uint8Array): void {
  const made = `${goodCopyPath(path)}.new`
  rmSync(made, { force: true })
  try {
    closeSync(openSync(made, 'wx', 0o600))
    db.run('VACUUM INTO ?', made)
    const copy = openDriver({ path: made, key, lockWaitMs: 0, mustExist: true })
    try {
      if (versionOf(copy) !== versionOf(db)) throw new Error('the copy does not read back')
    } finally {
      copy.close()
    }
    syncFile(made)
    renameSync(made, goodCopyPath(path))
  } catch (error) {
    // Half a copy would only take the place that a full disk lacks.
    rmSync(made, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/**
 * Puts the last good copy where the database was. What was there is kept as `<path>.damaged-<time>`.
 * The copy itself stays too, until the next one is made. What is put in place has a new instance.
 */
export function putCopyInPlace(
  { path, key, lockWaitMs }: { path: string; key: Uint8Array; lockWaitMs: number },
  now = Date.now(),
): void {
  const copy = goodCopyPath(path)
  if (!existsSync(copy)) throw new StorageError({ code: 'profile-damaged', detail: { found: 'no copy' } })
  refuseInUse(path, key, lockWaitMs)
  const aside = `${path}.damaged-${now}`
  const fresh = `${path}.restored`
  for (const end of ['', '-journal']) rmSync(fresh + end, { force: true })
  copyFileSync(copy, fresh)
  renew(fresh, key)
  syncFile(fresh)
  for (const end of ['', '-wal']) if (existsSync(path + end)) renameSync(path + end, aside + end)
  renameSync(fresh, path)
  syncFolder(dirname(path))
}

/**
 * The copy lacks what was written since it was made: it writes on under a new instance. That is in the file before it
 * is put in place, so that no death in between lets the old one go on.
 */
function renew(fresh: string, key: Uint8Array): void {
  const db = openDriver({ path: fresh, key, lockWaitMs: 0, mustExist: true })
  try {
    refuseNewer(db)
    setInstance(db, randomBytes(16))
  } catch (error) {
    db.close()
    rmSync(fresh, { force: true })
    throw error
  }
  db.close()
}

/** A damaged file can still be held by a running process; damage itself is no reason to stop here. */
function refuseInUse(path: string, key: Uint8Array, lockWaitMs: number): void {
  if (!existsSync(path)) return
  const db = openDriver({ path, key, lockWaitMs, mustExist: true })
  try {
    db.exec('BEGIN EXCLUSIVE; ROLLBACK')
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) throw error
  } finally {
    db.close()
  }
}
