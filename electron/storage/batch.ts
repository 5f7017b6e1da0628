import type { Database } from './driver.ts'
import { failureOf, problemOf } from './problem.ts'
import type { Answer } from './protocol.ts'

/** One request, ready to run. */
export interface Job {
  readonly id: number
  readonly run: (db: Database) => unknown
}

/**
 * Runs jobs that waited together under one commit, each in a savepoint of its own, so that one that throws leaves
 * nothing behind and does not touch the others. The answers may be given as soon as this returns: what they say is on disk.
 * When the common transaction itself is lost (disk full, damage), every job is tried again alone.
 */
export function runBatch(db: Database, jobs: readonly Job[], beforeCommit: () => void = () => {}): Answer[] {
  const [only] = jobs
  if (only === undefined) return []
  if (jobs.length === 1) return [runAlone(db, only, beforeCommit)]
  try {
    return inTransaction(db, beforeCommit, () => jobs.map((job) => runInSavepoint(db, job)))
  } catch {
    return jobs.map((job) => runAlone(db, job, beforeCommit))
  }
}

function runAlone(db: Database, job: Job, beforeCommit: () => void): Answer {
  try {
    return inTransaction(db, beforeCommit, () => ({ id: job.id, output: job.run(db) }))
  } catch (error) {
    return { id: job.id, problem: problemOf(error) }
  }
}

function runInSavepoint(db: Database, job: Job): Answer {
  db.exec('SAVEPOINT job')
  try {
    const output = job.run(db)
    db.exec('RELEASE job')
    return { id: job.id, output }
  } catch (error) {
    // After an error of the machine the common transaction cannot be trusted, or is already gone.
    if (!db.isInTransaction || failureOf(error) !== undefined) throw error
    db.exec('ROLLBACK TO job; RELEASE job')
    return { id: job.id, problem: problemOf(error) }
  }
}

/** All of `work` or nothing of it; durable when it returns. */
export function inTransaction<Output>(db: Database, beforeCommit: () => void, work: () => Output): Output {
  // Deferred: a batch that only reads takes no write lock and syncs nothing.
  db.exec('BEGIN')
  try {
    const changesBefore = changesSoFar(db)
    const output = work()
    if (changesSoFar(db) !== changesBefore) beforeCommit()
    db.exec('COMMIT')
    return output
  } catch (error) {
    if (db.isInTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function changesSoFar(db: Database): number {
  return db.one<{ changes: number }>('SELECT total_changes() AS changes')?.changes ?? 0
}
