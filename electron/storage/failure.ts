import type { Failure, FailureCode } from '../../shared/contract/failures.ts'

/** What storage can fail with in an expected way. */
export type StorageFailureCode = Extract<
  FailureCode,
  'profile-in-use' | 'profile-damaged' | 'profile-newer' | 'profile-unwritable' | 'disk-full'
>

export interface StorageFailure extends Failure {
  readonly code: StorageFailureCode
}

/** Thrown by `openStorage` and `Storage.request`; `failure` is what the window is told. Anything else that is thrown is a bug. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly failure: StorageFailure

  constructor(failure: StorageFailure, options?: ErrorOptions) {
    super(`storage failed: ${failure.code} ${JSON.stringify(failure.detail ?? {})}`, options)
    this.failure = failure
  }
}

/**
 * What a SQLite result code means to a person; undefined for codes that only a bug can cause (constraints, syntax).
 * NOTADB is the answer to a first page that does not fit the key.
 */
export function failureOfSqlite(code: string): StorageFailure | undefined {
  const detail = { sqlite: code }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return { code: 'profile-damaged', detail }
  if (code === 'SQLITE_FULL') return { code: 'disk-full', detail }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return { code: 'profile-in-use', detail }
  if (code.startsWith('SQLITE_IOERR')) {
    const isReading = /READ|SHORT|FSTAT|DATA|CORRUPTFS/.test(code)
    return { code: isReading ? 'profile-damaged' : 'profile-unwritable', detail }
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(code)) return { code: 'profile-unwritable', detail }
  return undefined
}

/** What a file system error means to a person; undefined when it is unexpected. */
export function failureOfSystem(code: string): StorageFailure | undefined {
  const detail = { system: code }
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'disk-full', detail }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EIO'].includes(code))
    return { code: 'profile-unwritable', detail }
  return undefined
}
