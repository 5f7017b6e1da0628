import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Database, openDriver } from '../../../electron/storage/driver.ts'
import { StorageError } from '../../../electron/storage/failure.ts'
import { migrate, versionOf } from '../../../electron/storage/migrate.ts'
import { migrations } from '../../../electron/storage/migrations/index.ts'
import { openDatabase } from '../../../electron/storage/open.ts'
import * as profile from '../../../electron/storage/tables/profile.ts'
import { temporaryFolder } from '../../support/storage.ts'

const key = new Uint8Array(32).fill(1)

for (const version of migrations.keys()) {
  // Version 0 is a file without tables: nothing ever released left one, see the test of damaged files.
  if (version === 0) continue
  test(`a database of version ${version} opens as the newest and keeps who I am`, (t) => {
    const path = join(temporaryFolder(t), 'database')
    const seed = new Uint8Array(32).fill(5)
    const old = openDriver({ path, key, lockWaitMs: 0, mustExist: false })
    migrate(old, migrations.slice(0, version))
    profile.create(old, { seed, instance: new Uint8Array(16), name: 'Ada', createdAt: 1 })
    old.close()

    const { db } = openDatabase({
      do: 'open',
      path,
      key,
      source: 'existing',
      lockWaitMs: 0,
      keepCopyAfterMs: 0,
      commitDelayMs: 0,
    })
    t.after(() => db.close())
    assert.equal(versionOf(db), migrations.length)
    assert.deepEqual(new Uint8Array(profile.read(db)?.seed ?? []), seed)
  })
}

test('a database of a newer version is refused by name and not touched', (t) => {
  const db = emptyDatabase(t)
  migrate(db, ['CREATE TABLE a (x) ', 'CREATE TABLE b (x)', 'CREATE TABLE c (x)'])
  assert.throws(
    () => migrate(db, ['CREATE TABLE a (x)']),
    (error) =>
      error instanceof StorageError && error.failure.code === 'profile-newer' && error.failure.detail?.['found'] === 3,
  )
  assert.equal(versionOf(db), 3)
})

test('a migration that breaks halfway leaves the version before it, and is done whole the next time', (t) => {
  const db = emptyDatabase(t)
  assert.throws(() => migrate(db, ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)']))
  assert.equal(versionOf(db), 1)
  assert.deepEqual(tableNames(db), ['a'])
  migrate(db, ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE c (x)'])
  assert.equal(versionOf(db), 2)
  assert.deepEqual(tableNames(db), ['a', 'b', 'c'])
})

test('every table is strict, so that a column holds what its row type says', (t) => {
  const db = emptyDatabase(t)
  migrate(db)
  const loose = db.all<{ name: string }>(
    `SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
  )
  assert.deepEqual(loose, [])
})

function emptyDatabase(t: TestContext): Database {
  const path = join(temporaryFolder(t), 'database')
  const db = openDriver({ path, key, lockWaitMs: 0, mustExist: false })
  t.after(() => db.close())
  return db
}

const tableNames = (db: Database) =>
  db.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).map((row) => row.name)
