import assert from 'node:assert/strict'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Database, openDriver } from '../../../electron/storage/driver.ts'
import { makeCopy, putCopyInPlace } from '../../../electron/storage/good-copy.ts'
import { goodCopyPath } from '../../../electron/storage/good-copy-path.ts'
import { closeDatabase, openDatabase } from '../../../electron/storage/open.ts'
import { failureOf } from '../../../electron/storage/problem.ts'
import type { Opened, Source } from '../../../electron/storage/protocol.ts'
import * as profile from '../../../electron/storage/tables/profile.ts'
import * as relays from '../../../electron/storage/tables/relays.ts'
import { temporaryFolder } from '../../support/storage.ts'

// The engine without its worker: the same code, thousands of times faster to open.

const key = new Uint8Array(32).fill(7)
const PAGE_BYTES = 4096
const RELAYS = 60

test('a byte changed in any page of the database is noticed or harmless: never wrong data, never silently empty', (t) => {
  const { path, pages, content } = filledDatabase(t)
  const whole = readFileSync(path)
  let noticed = 0
  for (let page = 0; page < pages; page += 1) {
    const damaged = Buffer.from(whole)
    const offset = page * PAGE_BYTES + Math.floor(Math.random() * PAGE_BYTES)
    damaged[offset] = (damaged[offset] ?? 0) ^ 0x40
    writeFileSync(path, damaged)
    const found = readAll(path)
    if (found === 'profile-damaged') noticed += 1
    else assert.deepEqual(found, content, `page ${page}, byte ${offset}`)
    rmSync(`${path}-wal`, { force: true })
  }
  assert.ok(pages >= 10 && noticed >= pages - 2, `${noticed} of ${pages} damaged pages were noticed`)
  writeFileSync(path, whole)
  assert.deepEqual(readAll(path), content)
})

test('a database cut off after any page is noticed', (t) => {
  const { path, pages } = filledDatabase(t)
  const whole = readFileSync(path)
  for (let page = 0; page < pages; page += 1) {
    writeFileSync(path, whole.subarray(0, page * PAGE_BYTES))
    assert.equal(readAll(path), 'profile-damaged', `${page} of ${pages} pages`)
  }
})

test('a changed or cut write-ahead log gives an earlier state, never a wrong one', (t) => {
  const { path } = filledDatabase(t)
  const { db } = open(path)
  for (let count = 0; count < 20; count += 1) profile.nextNumber(db, 'n')
  const copy = join(temporaryFolder(t), 'database')
  copyFileSync(path, copy)
  const [main, log] = [readFileSync(copy), readFileSync(`${path}-wal`)]
  db.close()

  const seen = new Set<number>()
  for (let offset = 0; offset < log.length; offset += 1500) {
    const flipped = Buffer.from(log)
    flipped[offset] = (flipped[offset] ?? 0) ^ 0x40
    for (const damaged of [flipped, log.subarray(0, offset)]) {
      writeFileSync(copy, main)
      writeFileSync(`${copy}-wal`, damaged)
      const { db } = open(copy)
      seen.add(profile.nextNumber(db, 'n'))
      db.close()
    }
  }
  const numbers = [...seen].sort((a, b) => a - b)
  assert.ok(numbers.every((number) => number >= 1 && number <= 21) && numbers.length > 10, `states seen: ${numbers}`)

  writeFileSync(copy, main)
  writeFileSync(`${copy}-wal`, log)
  const intact = open(copy)
  assert.equal(profile.nextNumber(intact.db, 'n'), 21)
  intact.db.close()
})

test('a missing write-ahead log is noticed, and this database writes on under a new instance', (t) => {
  const { path } = filledDatabase(t)
  const { db } = open(path)
  const instance = profile.read(db)?.instance
  relays.remove(db, 'relay-1')
  const copy = join(temporaryFolder(t), 'database')
  copyFileSync(path, copy)
  copyFileSync(`${path}-wal`, `${copy}-wal`)
  db.close()

  const withLog = open(copy)
  assert.equal(withLog.opened.mayBeBehind, false)
  assert.deepEqual(profile.read(withLog.db)?.instance, instance)
  withLog.db.close()

  copyFileSync(path, copy)
  rmSync(`${copy}-wal`, { force: true })
  // The file as it lay there while open: closing `db` above has moved the log into `path`, but not the mark.
  const withoutLog = open(copy)
  assert.deepEqual(withoutLog.opened, { synchronous: 2, wasInterrupted: true, mayBeBehind: true })
  assert.notDeepEqual(profile.read(withoutLog.db)?.instance, instance)
  withoutLog.db.close()
})

test('a death while a database without its log is opened does not let the old instance go on', (t) => {
  const { path } = filledDatabase(t)
  const { db } = open(path)
  const instance = profile.read(db)?.instance
  const copy = join(temporaryFolder(t), 'database')
  copyFileSync(path, copy)
  db.close()

  // What opening does before it writes anything; the files as a death would leave them then.
  const opening = openDriver({ path: copy, key, lockWaitMs: 0, mustExist: true })
  opening.pragma('locking_mode = EXCLUSIVE')
  opening.pragma('journal_mode = WAL')
  opening.one('PRAGMA quick_check(1)')
  const left = join(temporaryFolder(t), 'database')
  for (const end of ['', '-wal']) copyFileSync(copy + end, left + end)
  opening.close()
  assert.equal(statSync(`${left}-wal`).size, 0, 'a log is there, and says nothing')

  const again = open(left)
  assert.equal(again.opened.mayBeBehind, true)
  assert.notDeepEqual(profile.read(again.db)?.instance, instance)
  again.db.close()
})

test('what is put in place of a damaged database has its new instance already there', (t) => {
  const folder = temporaryFolder(t)
  const { path } = filledDatabase(t, folder)
  const { db } = open(path)
  const before = profile.read(db)
  makeCopy(db, path, key)
  closeDatabase(db)
  putCopyInPlace({ path, key, lockWaitMs: 0 })
  // A death here: nothing of opening has happened yet.
  const placed = openDriver({ path, key, lockWaitMs: 0, mustExist: true })
  const after = profile.read(placed)
  placed.close()
  assert.deepEqual(after?.seed, before?.seed)
  assert.notDeepEqual(after?.instance, before?.instance)
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('restored')),
    [],
  )
})

test('a copy that does not read is not put in place, and nothing is moved', (t) => {
  const folder = temporaryFolder(t)
  const { path } = filledDatabase(t, folder)
  const { db } = open(path)
  makeCopy(db, path, key)
  closeDatabase(db)
  writeFileSync(goodCopyPath(path), Buffer.alloc(2 * PAGE_BYTES, 7))
  const files = readdirSync(folder).sort()
  assert.throws(
    () => open(path, 'good-copy'),
    (error) => failureOf(error)?.code === 'profile-damaged',
  )
  assert.deepEqual(readdirSync(folder).sort(), files)
})

test('the last good copy takes the place of a damaged database, which is kept; who I am stays, the instance is new', (t) => {
  const folder = temporaryFolder(t)
  const { path, content } = filledDatabase(t, folder)
  const { db } = open(path)
  const before = profile.read(db)
  makeCopy(db, path, key)
  relays.remove(db, 'relay-1')
  closeDatabase(db)
  truncateSync(path, 5 * PAGE_BYTES)
  const damaged = readFileSync(path)
  assert.equal(readAll(path), 'profile-damaged')

  const restored = open(path, 'good-copy')
  assert.equal(restored.opened.mayBeBehind, true)
  assert.equal(restored.opened.wasInterrupted, false)
  const after = profile.read(restored.db)
  assert.deepEqual(after?.seed, before?.seed)
  assert.notDeepEqual(after?.instance, before?.instance)
  closeDatabase(restored.db)
  assert.deepEqual(readAll(path), content)
  assert.equal(existsSync(goodCopyPath(path)), true)
  const [aside] = asideOf(folder)
  assert.deepEqual(aside && readFileSync(aside), damaged)
})

test('without a copy nothing is put in place and nothing is moved', (t) => {
  const { path } = filledDatabase(t)
  truncateSync(path, PAGE_BYTES)
  const damaged = readFileSync(path)
  assert.throws(
    () => open(path, 'good-copy'),
    (error) => failureOf(error)?.detail?.['found'] === 'no copy',
  )
  assert.deepEqual(readFileSync(path), damaged)
})

interface Content {
  readonly name: string | undefined
  readonly relays: readonly relays.StoredRelay[]
}

function filledDatabase(t: TestContext, folder = temporaryFolder(t)) {
  const path = join(folder, 'database')
  const { db } = open(path, 'new')
  profile.create(db, { seed: new Uint8Array(32).fill(3), instance: new Uint8Array(16), name: 'Ada', createdAt: 1 })
  for (let index = 0; index < RELAYS; index += 1)
    relays.put(db, {
      id: `relay-${index}`,
      name: `Relay ${index}`,
      addresses: [`/dns4/${'relay'.repeat(100)}.example/tcp/${index}`],
      source: 'entered',
      addedAt: index,
    })
  const content = contentOf(db)
  closeDatabase(db)
  return { path, content, pages: readFileSync(path).length / PAGE_BYTES }
}

function open(path: string, source: Source = 'existing'): { readonly db: Database; readonly opened: Opened } {
  return openDatabase({ do: 'open', path, key, source, lockWaitMs: 0, keepCopyAfterMs: 0, commitDelayMs: 0 })
}

const contentOf = (db: Database): Content => ({ name: profile.read(db)?.name, relays: relays.list(db) })

/** Everything in the database, or the code of the failure that it gives. */
function readAll(path: string): Content | string | undefined {
  try {
    const { db } = open(path)
    try {
      return contentOf(db)
    } finally {
      db.close()
    }
  } catch (error) {
    const known = failureOf(error)
    if (known === undefined) throw error
    return known.code
  }
}

function asideOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.includes('.damaged-'))
    .map((name) => join(folder, name))
}
