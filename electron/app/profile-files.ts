import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Failure, failure } from '../../shared/contract/failures.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { openStorage } from '../storage/database.ts'
import { syncFolder } from '../storage/durable.ts'
import { failureOfSystem } from '../storage/failure.ts'
import { goodCopyPath } from '../storage/good-copy-path.ts'
import { makeKeys, readKeys, type SlotMeans, writeFirstKeys } from './keys/keys.ts'

/** The profile's database. */
export const databasePath = (directory: string): string => join(directory, 'database')

/** When the last good copy was made, in milliseconds since 1970; undefined when there is none. */
export function goodCopyAt(directory: string): number | undefined {
  const stats = statSync(goodCopyPath(databasePath(directory)), { throwIfNoEntry: false })
  return stats === undefined ? undefined : Math.round(stats.mtimeMs)
}

/**
 * Makes a profile: key, identity, database, slots. The slots come last and exclusively, so a crash leaves either nothing
 * that counts or a whole profile, and of two processes one wins. Nothing that is there is ever replaced.
 */
export async function createProfile({
  directory,
  passphrase,
  signal,
  means,
}: {
  directory: string
  passphrase: string
  signal: AbortSignal
  means: SlotMeans
}): Promise<Result<null, Failure>> {
  const there = readKeys(directory)
  if (!there.ok) return there
  if (there.value !== undefined) return err(failure('not-allowed', { because: 'profile exists' }))
  // A database without its slots is someone's data, not a place to start anew.
  if (existsSync(databasePath(directory))) return err(failure('profile-no-key', { found: 'missing' }))
  const folder = makeFolder(directory)
  if (!folder.ok) return folder

  const profile = randomBytes(16).toString('hex')
  const key = new Uint8Array(randomBytes(32))
  const keys = await makeKeys(key, passphrase, profile, signal, means)
  if (!keys.ok) return keys
  const storage = await openStorage({ path: unfinishedPath(directory, profile), key, source: 'new' })
  try {
    await storage.request('profile.create', {
      seed: new Uint8Array(randomBytes(32)),
      instance: new Uint8Array(randomBytes(16)),
      name: '',
      createdAt: Date.now(),
    })
  } finally {
    await storage.close()
  }
  const written = writeFirstKeys(directory, keys.value)
  if (!written.ok) {
    // Another process was first: this database has no slots and can never be opened.
    for (const ending of ['', '-wal', '-shm']) rmSync(unfinishedPath(directory, profile) + ending, { force: true })
    return written
  }
  finishCreating(directory, profile)
  return ok(null)
}

/** The step after the slots are written; done at the next opening when a crash came between. */
export function finishCreating(directory: string, profile: string): void {
  const unfinished = unfinishedPath(directory, profile)
  if (existsSync(databasePath(directory)) || !existsSync(unfinished)) return
  try {
    renameSync(unfinished, databasePath(directory))
  } catch (error) {
    // Another process that opens the same profile came first; which of the two gets it, the lock decides.
    if (!existsSync(databasePath(directory))) throw error
  }
  syncFolder(directory)
  // What other, interrupted attempts left has no slots and can never be opened.
  for (const name of readdirSync(directory))
    if (/^database\.[0-9a-f]{32}\.new/.test(name)) rmSync(join(directory, name), { force: true })
}

const unfinishedPath = (directory: string, profile: string): string => `${databasePath(directory)}.${profile}.new`

function makeFolder(directory: string): Result<null, Failure> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    chmodSync(directory, 0o700)
    return ok(null)
  } catch (error) {
    const known = error instanceof Error && 'code' in error ? failureOfSystem(String(error.code)) : undefined
    if (known === undefined && !(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return err(known ?? failure('profile-unwritable', { system: 'EEXIST' }))
  }
}
