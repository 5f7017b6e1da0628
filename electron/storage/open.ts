import { randomBytes } from 'node:crypto'
import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { type Database, openDriver } from './driver.ts'
import { StorageError } from './failure.ts'
import { putCopyInPlace } from './good-copy.ts'
import { migrate, refuseNewer, versionOf } from './migrate.ts'
import { failureOf } from './problem.ts'
import type { Opened, OpenRequest } from './protocol.ts'
import { setInstance } from './tables/profile.ts'

// Up to this size every page is read and checked at each start (about 0.2 s); above it only what starting touches.
const WHOLE_CHECK_MAX_BYTES = 32 * 1024 * 1024

/** Opens, locks, checks and migrates the database. Throws StorageError, and then has changed nothing. */
export function openDatabase(request: OpenRequest): { readonly db: Database; readonly opened: Opened } {
  const { path, source } = request
  if (source === 'new') createEmptyFile(path)
  if (source === 'good-copy') putCopyInPlace(request)
  // SQLite would take a missing or empty file for a new database and start silently empty.
  if (source !== 'new') refuseMissing(path)
  const hasLog = isFilled(`${path}-wal`)

  const db = openDriver({ ...request, mustExist: true })
  try {
    lock(db)
    configure(db)
    refuseNewer(db)
    if (source !== 'new') check(db, path)
    // A copy is made while the database is open and carries that mark.
    const wasInterrupted = source === 'existing' && isMarkedOpen(db)
    // A killed process leaves the log of what it wrote behind; without one, that may be gone.
    const isLogMissing = wasInterrupted && !hasLog
    // The first thing written: a kill before it is met again as a missing log, a kill after it no longer matters.
    if (isLogMissing) setInstance(db, randomBytes(16))
    migrate(db)
    markOpenIfItFits(db)
    // A copy got its new instance before it was put in place.
    const mayBeBehind = source === 'good-copy' || isLogMissing
    return { db, opened: { synchronous: Number(db.pragma('synchronous')), wasInterrupted, mayBeBehind } }
  } catch (error) {
    db.close()
    // Only ever what was made a moment ago.
    if (source === 'new') for (const end of ['', '-wal']) rmSync(path + end, { force: true })
    throw error
  }
}

/** Closes cleanly: everything moves from the log into the file, and the log goes. */
export function closeDatabase(db: Database): void {
  try {
    markOpen(db, false)
  } finally {
    db.close()
  }
}

function createEmptyFile(path: string): void {
  // SQLite gives the log the file's own permissions.
  closeSync(openSync(path, 'wx', 0o600))
}

function refuseMissing(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size
  if (size === undefined) throw new StorageError({ code: 'profile-damaged', detail: { found: 'missing' } })
  if (size === 0) throw new StorageError({ code: 'profile-damaged', detail: { found: 'empty' } })
}

/**
 * An empty log is as good as none: opening makes one before anything is written. Whoever was killed before the first
 * write of a session is taken for one who lost its log, at the price of a spare instance.
 */
function isFilled(log: string): boolean {
  return (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/**
 * One process per profile. SQLite's own exclusive lock is the kernel's and dies with the process, however it dies.
 * The file must never be opened by other means while this holds: closing any descriptor of it drops the lock (POSIX).
 */
function lock(db: Database): void {
  db.pragma('locking_mode = EXCLUSIVE')
  db.exec('BEGIN EXCLUSIVE')
  db.exec('COMMIT')
}

function configure(db: Database): void {
  db.pragma('journal_mode = WAL')
  // Acknowledged means durable: every commit is synced before it is answered.
  db.pragma('synchronous = FULL')
  db.pragma('fullfsync = 1')
  db.pragma('checkpoint_fullfsync = 1')
  db.pragma('foreign_keys = ON')
  // Nothing decrypted ever reaches a temporary file.
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -16000')
  db.pragma('journal_size_limit = 16777216')
}

function check(db: Database, path: string): void {
  if (versionOf(db) === 0) throw new StorageError({ code: 'profile-damaged', detail: { found: 'no tables' } })
  if (statSync(path).size > WHOLE_CHECK_MAX_BYTES) return
  const found = db.one<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check
  if (found !== 'ok') throw new StorageError({ code: 'profile-damaged', detail: { found: found ?? 'no answer' } })
}

function isMarkedOpen(db: Database): boolean {
  return db.one<{ isOpen: number }>('SELECT isOpen FROM storage')?.isOpen === 1
}

/** On a full disk a profile can still be read; then only a log that goes missing would go unnoticed. */
function markOpenIfItFits(db: Database): void {
  try {
    markOpen(db, true)
  } catch (error) {
    if (failureOf(error)?.code !== 'disk-full') throw error
  }
}

function markOpen(db: Database, isOpen: boolean): void {
  db.run('UPDATE storage SET isOpen = ?', isOpen ? 1 : 0)
  // The mark must be in the file itself: it is what tells that a log is missing.
  db.pragma('wal_checkpoint(TRUNCATE)')
}
