import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Job, runBatch } from '../../../electron/storage/batch.ts'
import { type Database, openDriver } from '../../../electron/storage/driver.ts'
import { temporaryFolder } from '../../support/storage.ts'

test('a request that throws leaves nothing behind and does not touch the others of its batch', (t) => {
  const db = databaseWithNotes(t)
  const answers = runBatch(db, [
    write(1, 'before'),
    { id: 2, run: (db) => note(db, 'half') && boom() },
    write(3, 'after'),
  ])
  assert.deepEqual(notes(db), ['before', 'after'])
  assert.deepEqual(
    answers.map((answer) => [answer.id, 'problem' in answer ? answer.problem.kind : 'done']),
    [
      [1, 'done'],
      [2, 'bug'],
      [3, 'done'],
    ],
  )
})

test('a whole batch is committed once, and a batch that only reads not at all', (t) => {
  const db = databaseWithNotes(t)
  let commits = 0
  const count = () => {
    commits += 1
  }
  runBatch(db, [write(1, 'a'), write(2, 'b'), write(3, 'c')], count)
  assert.equal(commits, 1)
  runBatch(db, [read(1), read(2)], count)
  runBatch(db, [read(1)], count)
  assert.equal(commits, 1)
  runBatch(db, [write(1, 'd')], count)
  assert.equal(commits, 2)
})

test('when the disk fills up, what fits is kept whole and the rest is refused by name', (t) => {
  const db = databaseWithNotes(t)
  db.pragma('max_page_count = 24')
  const text = 'x'.repeat(3000)
  const answers = Array.from({ length: 10 }, (_, round) =>
    runBatch(db, [write(3 * round, text), write(3 * round + 1, text), write(3 * round + 2, text)]),
  ).flat()
  const done = answers.filter((answer) => 'output' in answer)
  const refused = answers.flatMap((answer) => ('problem' in answer ? [answer.problem] : []))
  assert.ok(done.length > 5 && refused.length > 5, `${done.length} done, ${refused.length} refused`)
  assert.equal(notes(db).length, done.length)
  for (const problem of refused)
    assert.deepEqual(problem, { kind: 'failure', failure: { code: 'disk-full', detail: { sqlite: 'SQLITE_FULL' } } })
  db.pragma('max_page_count = 1000')
  assert.deepEqual(runBatch(db, [write(99, text)]), [{ id: 99, output: null }])
})

test('when a common commit fails, every request is tried again alone', (t) => {
  const db = databaseWithNotes(t)
  let commits = 0
  const failFirst = () => {
    commits += 1
    if (commits === 1) boom()
  }
  const answers = runBatch(db, [write(1, 'a'), write(2, 'b')], failFirst)
  assert.deepEqual(answers, [
    { id: 1, output: null },
    { id: 2, output: null },
  ])
  assert.deepEqual(notes(db), ['a', 'b'])
})

function databaseWithNotes(t: TestContext): Database {
  const path = join(temporaryFolder(t), 'database')
  const db = openDriver({ path, key: new Uint8Array(32), lockWaitMs: 0, mustExist: false })
  t.after(() => db.close())
  db.exec('CREATE TABLE note (text TEXT NOT NULL) STRICT')
  return db
}

const note = (db: Database, text: string) => db.run('INSERT INTO note (text) VALUES (?)', text)
const notes = (db: Database) => db.all<{ text: string }>('SELECT text FROM note ORDER BY rowid').map((row) => row.text)
const write = (id: number, text: string): Job => ({
  id,
  run(db) {
    note(db, text)
    return null
  },
})
const read = (id: number): Job => ({ id, run: (db) => notes(db).length })
function boom(): never {
  throw new Error('a bug')
}
