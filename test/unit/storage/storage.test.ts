import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStorage } from '../../../electron/storage/database.ts'
import { StorageError } from '../../../electron/storage/failure.ts'
import type { RequestName } from '../../../electron/storage/requests.ts'
import { temporaryFolder, temporaryStorage } from '../../support/storage.ts'

const key = new Uint8Array(32).fill(7)

test('every commit is synced before it is answered: synchronous reads back as 2', async (t) => {
  assert.equal((await temporaryStorage(t)).opened.synchronous, 2)
})

test('what was written is there after closing and opening again', async (t) => {
  const path = join(temporaryFolder(t), 'database')
  const first = await openStorage({ path, key, source: 'new' })
  const profile = { seed: bytes(32), instance: bytes(16), name: '', createdAt: 12 }
  await first.request('profile.create', profile)
  await first.request('profile.rename', 'Ada')
  await first.request('settings.change', { relayOnly: true })
  await first.close()
  const again = await openStorage({ path, key })
  t.after(() => again.close())
  assert.deepEqual(await again.request('profile.read'), { ...profile, name: 'Ada' })
  assert.equal((await again.request('settings.read')).relayOnly, true)
  assert.equal(again.opened.wasInterrupted, false)
  assert.equal(again.opened.mayBeBehind, false)
})

test('requests are answered in the order they were made, and closing waits for all of them', async (t) => {
  const path = join(temporaryFolder(t), 'database')
  const storage = await openStorage({ path, key, source: 'new' })
  const numbers = Promise.all(Array.from({ length: 1000 }, () => storage.request('profile.nextNumber', 'n')))
  const closed = storage.close()
  assert.deepEqual(
    await numbers,
    Array.from({ length: 1000 }, (_, index) => index + 1),
  )
  await closed
  await assert.rejects(storage.request('settings.read'), /ended/)
})

test('a request that breaks a rule of the database is a bug with its reason, and the next one works', async (t) => {
  const storage = await temporaryStorage(t)
  await assert.rejects(
    storage.request('profile.create', { seed: bytes(3), instance: bytes(16), name: '', createdAt: 1 }),
    /CHECK/,
  )
  assert.equal(await storage.request('profile.nextNumber', 'n'), 1)
})

test('only functions of tables can be requested', async (t) => {
  const storage = await temporaryStorage(t)
  // What a mistyped caller could send; the worker must not reach into prototypes.
  for (const name of ['profile.constructor', '__proto__.toString', 'constructor', 'profile.', 'nothing.read'])
    await assert.rejects(storage.request(name as RequestName, ...([] as never)), /there is no request/)
})

test('nothing readable lies in the folder, and only the owner may look', async (t) => {
  const path = join(temporaryFolder(t), 'database')
  const storage = await openStorage({ path, key, source: 'new', keepCopyAfterMs: 0 })
  t.after(() => storage.close())
  await storage.request('profile.create', { seed: bytes(32), instance: bytes(16), name: 'Unmistakable', createdAt: 1 })
  for (const file of [path, `${path}-wal`]) {
    assert.equal(readFileSync(file).includes('Unmistakable'), false, file)
    assert.equal(readFileSync(file).includes('SQLite'), false, file)
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600, file)
  }
})

const wrong: readonly {
  readonly what: string
  readonly prepare: (path: string) => void
  readonly code: string
  readonly key?: Uint8Array
}[] = [
  { what: 'another key', prepare: () => {}, key: new Uint8Array(32), code: 'profile-damaged' },
  { what: 'an emptied file', prepare: (path) => truncateSync(path, 0), code: 'profile-damaged' },
  {
    what: 'half a file',
    prepare: (path) => truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096),
    code: 'profile-damaged',
  },
  { what: 'a torn page', prepare: (path) => truncateSync(path, statSync(path).size - 100), code: 'profile-damaged' },
  {
    what: 'another kind of file',
    prepare: (path) => writeFileSync(path, 'Dear diary, '.repeat(1000)),
    code: 'profile-damaged',
  },
]
for (const { what, prepare, code, key: otherKey } of wrong)
  test(`${what} is refused as ${code}, and stays as it is`, async (t) => {
    const path = join(temporaryFolder(t), 'database')
    await (await openStorage({ path, key, source: 'new' })).close()
    prepare(path)
    const before = readFileSync(path)
    assert.equal(await codeOf(openStorage({ path, key: otherKey ?? key })), code)
    assert.deepEqual(readFileSync(path), before)
  })

test('a database that should be there and is not is refused, not begun anew', async (t) => {
  const path = join(temporaryFolder(t), 'database')
  assert.equal(await codeOf(openStorage({ path, key })), 'profile-damaged')
  assert.equal(existsSync(path), false)
})

test('a folder that cannot be written to is named as that', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'file'), '')
  assert.equal(
    await codeOf(openStorage({ path: join(folder, 'file', 'database'), key, source: 'new' })),
    'profile-unwritable',
  )
  mkdirSync(join(folder, 'database'))
  assert.equal(await codeOf(openStorage({ path: join(folder, 'database'), key })), 'profile-unwritable')
})

test('a slow disk makes commits slow and nothing else', async (t) => {
  const storage = await temporaryStorage(t, { commitDelayMs: 60 })
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: 20 }, () => storage.request('settings.read')))
  const readMs = performance.now() - startedAt
  await storage.request('profile.nextNumber', 'n')
  const writeMs = performance.now() - startedAt - readMs
  assert.ok(writeMs >= 60, `writing took ${writeMs} ms`)
  assert.ok(readMs < writeMs, `reading took ${readMs} ms`)
})

async function codeOf(opening: Promise<unknown>): Promise<string> {
  try {
    await opening
    return 'none'
  } catch (error) {
    if (error instanceof StorageError) return error.failure.code
    throw error
  }
}

const bytes = (length: number) => new Uint8Array(length).fill(9)
