import { sqliteCode } from './driver.ts'
import { failureOfSqlite, failureOfSystem, StorageError, type StorageFailure } from './failure.ts'
import type { Problem } from './protocol.ts'

/** The expected failure behind an error, or undefined when it is a bug. */
export function failureOf(error: unknown): StorageFailure | undefined {
  if (error instanceof StorageError) return error.failure
  const sqlite = sqliteCode(error)
  if (sqlite !== undefined) return failureOfSqlite(sqlite)
  if (error instanceof Error && 'code' in error && 'syscall' in error && typeof error.code === 'string')
    return failureOfSystem(error.code)
  return undefined
}

/** Makes an error fit to cross from the worker to the main side. */
export function problemOf(error: unknown): Problem {
  const failure = failureOf(error)
  if (failure !== undefined) return { kind: 'failure', failure }
  if (!(error instanceof Error)) return { kind: 'bug', message: String(error), stack: '' }
  return { kind: 'bug', message: error.message, stack: error.stack ?? '' }
}
