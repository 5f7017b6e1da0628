import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openStorage, type Storage } from '../../../electron/storage/database.ts'
import { StorageError } from '../../../electron/storage/failure.ts'
import { goodCopyPath } from '../../../electron/storage/good-copy-path.ts'
import { eventually } from '../../support/eventually.ts'
import { temporaryFolder } from '../../support/storage.ts'

const key = new Uint8Array(32).fill(7)
const ROUNDS = 12

test(`after kill -9 at ${ROUNDS} random moments everything acknowledged is there, and the profile opens at once`, async (t) => {
  const path = join(temporaryFolder(t), 'database')
  let newest = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const writer = startWriter(path, round === 0 ? 'new' : 'existing')
    t.after(() => writer.child.kill('SIGKILL'))
    await eventually(() => writer.isOpen())
    // A death at a moment that nobody chose; the only kind of wait here that is no wait for something.
    await wait(Math.random() * 60)
    await writer.die()

    const storage = await openStorage({ path, key })
    const next = await storage.request('profile.nextNumber', 'n')
    await storage.close()
    const acknowledged = writer.acknowledged() || newest
    assert.ok(next > acknowledged, `round ${round}: ${acknowledged} was acknowledged, the next number is ${next}`)
    // At most one batch may be written and not yet acknowledged.
    assert.ok(next <= acknowledged + 7 + 1, `round ${round}: ${next} after ${acknowledged}`)
    assert.equal(storage.opened.wasInterrupted, true)
    // One that wrote nothing cannot be told from one that lost its log.
    assert.equal(storage.opened.mayBeBehind && writer.acknowledged() > 0, false)
    newest = next
  }
  assert.ok(newest > ROUNDS * 7, `only ${newest} numbers were written in all`)
})

test('a profile is held by one process, and free again as soon as that one is killed', async (t) => {
  const path = join(temporaryFolder(t), 'database')
  const writer = startWriter(path, 'new')
  t.after(() => writer.child.kill('SIGKILL'))
  await eventually(() => writer.isOpen())
  assert.equal(await refusal(openStorage({ path, key, lockWaitMs: 50 })), 'profile-in-use')
  // Putting a copy in place must not pull the database away from under the other process either.
  await eventually(() => existsSync(goodCopyPath(path)))
  assert.equal(await refusal(openStorage({ path, key, lockWaitMs: 50, source: 'good-copy' })), 'profile-in-use')
  await writer.die()
  await (await openStorage({ path, key, lockWaitMs: 0 })).close()
})

/** The code of the failure; 'none' when it opened after all. */
async function refusal(opening: Promise<Storage>): Promise<string> {
  try {
    await (await opening).close()
    return 'none'
  } catch (error) {
    if (error instanceof StorageError) return error.failure.code
    throw error
  }
}

function startWriter(path: string, source: 'new' | 'existing') {
  const script = join(import.meta.dirname, '../../support/storage-writer.ts')
  const child: ChildProcess = spawn(process.execPath, [script, path, source], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  return {
    child,
    isOpen: () => text.startsWith('open\n'),
    /** The last number whose line arrived whole; 0 when none did. */
    acknowledged: () => Number(text.split('\n').at(-2)) || 0,
    async die() {
      const closed = once(child, 'close')
      child.kill('SIGKILL')
      await closed
    },
  }
}
