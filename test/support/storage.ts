import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openStorage, type Storage, type StorageOptions } from '../../electron/storage/database.ts'

/** A folder of its own that goes when the test ends. */
export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-'))
  test.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A new, empty database that is closed and removed when the test ends. */
export async function temporaryStorage(test: TestContext, options: Partial<StorageOptions> = {}): Promise<Storage> {
  // Hooks run in the order they were added: the database closes before its folder goes.
  let storage: Storage | undefined
  test.after(() => storage?.close())
  const path = join(temporaryFolder(test), 'database')
  storage = await openStorage({ path, key: new Uint8Array(32).fill(7), source: 'new', ...options })
  return storage
}
