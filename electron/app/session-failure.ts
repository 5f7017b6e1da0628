import { randomUUID } from 'node:crypto'
import { type Failure, failure } from '../../shared/contract/failures.ts'
import { StorageError } from '../storage/failure.ts'
import type { Log } from './log.ts'
import { goodCopyAt } from './profile-files.ts'

/** What an error on the way to an open profile means: an expected failure, or a bug under an incident id that the log explains. */
export function failureOf(error: unknown, directory: string, log: Log): Failure {
  if (error instanceof StorageError) {
    const copyAt = error.failure.code === 'profile-damaged' ? goodCopyAt(directory) : undefined
    return copyAt === undefined
      ? error.failure
      : failure(error.failure.code, { ...error.failure.detail, goodCopyAt: copyAt })
  }
  if (error instanceof Error && 'failure' in error && isFailure(error.failure)) return error.failure
  const incident = randomUUID().slice(0, 8)
  log('session broke', { incident, error: error instanceof Error ? error : String(error) })
  return failure('internal', { incident })
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}
