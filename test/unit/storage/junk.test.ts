import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Database } from '../../../electron/storage/driver.ts'
import { openDatabase } from '../../../electron/storage/open.ts'
import * as relays from '../../../electron/storage/tables/relays.ts'
import * as settings from '../../../electron/storage/tables/settings.ts'
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts'
import { temporaryFolder } from '../../support/storage.ts'

// The engine without its worker: only here can a column be given what no table module would write.

const JUNK = ['', '{', 'undefined', '"purple"', '7', 'null', '[]', '{"relayOnly":true}', '\u0000', '1e999']

for (const [name, value] of Object.entries(DEFAULT_SETTINGS))
  test(`the switch ${name} has its default while junk is in its row, and is named`, (t) => {
    const db = database(t)
    settings.change(db, { tellRead: false, theme: 'light' })
    const expected = { ...DEFAULT_SETTINGS, tellRead: false, theme: 'light', [name]: value }
    for (const junk of JUNK) {
      write(db, name, junk)
      assert.deepEqual([settings.read(db), settings.unusable(db)], [expected, [name]], junk)
    }
  })

test('a switch of another version is neither read nor named', (t) => {
  const db = database(t)
  for (const name of ['toString', '__proto__', 'someday']) write(db, name, 'true')
  assert.deepEqual(settings.read(db), DEFAULT_SETTINGS)
  assert.deepEqual(settings.unusable(db), [])
})

test('a relay whose addresses cannot be read is a relay without addresses, and the others stay', (t) => {
  const db = database(t)
  const relay = { addresses: ['/ip4/127.0.0.1/tcp/1'], source: 'entered', addedAt: 1 } as const
  for (const id of ['a', 'b']) relays.put(db, { ...relay, id })
  db.run('UPDATE relay SET addresses = ? WHERE id = ?', '["/ip4', 'a')
  assert.deepEqual(relays.list(db), [
    { ...relay, id: 'a', addresses: [] },
    { ...relay, id: 'b' },
  ])
})

function write(db: Database, name: string, value: string): void {
  db.run('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)', name, value)
}

function database(t: TestContext): Database {
  const { db } = openDatabase({
    ...{ do: 'open', path: join(temporaryFolder(t), 'database'), key: new Uint8Array(32).fill(7), source: 'new' },
    ...{ lockWaitMs: 0, keepCopyAfterMs: 0, commitDelayMs: 0 },
  })
  t.after(() => db.close())
  return db
}
