import assert from 'node:assert/strict'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createSession, type Session, type SessionOptions, type SessionParts } from '../../../electron/app/session.ts'
import { failure } from '../../../shared/contract/failures.ts'
import { eventually } from '../../support/eventually.ts'
import { temporaryFolder } from '../../support/storage.ts'

const argon2Cost = { memoryKiB: 64, passes: 1, lanes: 1 }

test('a first run asks for a new passphrase, creates the profile and opens it', async (t) => {
  const directory = join(temporaryFolder(t), 'not', 'there', 'yet')
  const { session, states } = start(t, directory)
  assert.deepEqual(session.state(), { state: 'locked', asks: 'new' })
  assert.equal(session.messenger(), undefined)
  assert.equal((await session.create('secret')).ok, true)
  assert.deepEqual(states, ['opening', 'open'])
  assert.equal(session.messenger()?.seed.length, 32)
  assert.deepEqual(codeOf(await session.create('again')), 'already-open')
  if (process.platform !== 'win32') assert.equal(statSync(directory).mode & 0o777, 0o700)
})

test('a wrong passphrase stays locked and says so; the right one opens the same identity', async (t) => {
  const directory = temporaryFolder(t)
  const seed = await made(t, directory, 'secret')
  const { session, states } = start(t, directory)
  assert.deepEqual(session.state(), { state: 'locked', asks: 'passphrase' })
  for (const wrong of ['', 'Secret']) {
    assert.equal(codeOf(await session.unlock(wrong)), 'wrong-passphrase')
    assert.deepEqual(session.state(), { state: 'locked', asks: 'passphrase' })
  }
  assert.equal((await session.unlock('secret')).ok, true)
  assert.deepEqual(session.messenger()?.seed, seed)
  assert.deepEqual(states, ['opening', 'locked', 'opening', 'locked', 'opening', 'open'])
})

test('without a passphrase it opens by itself, and locking is refused because it would lock nothing', async (t) => {
  const directory = temporaryFolder(t)
  const seed = await made(t, directory, '')
  const { session } = start(t, directory)
  assert.equal(session.state().state, 'opening')
  await eventually(() => session.state().state === 'open')
  assert.deepEqual(session.messenger()?.seed, seed)
  assert.equal(codeOf(await session.lock()), 'not-allowed')
  assert.equal(session.state().state, 'open')
})

test('locking stops the messenger and frees the database; unlocking starts another', async (t) => {
  const directory = temporaryFolder(t)
  await made(t, directory, 'secret')
  const { session } = start(t, directory)
  await session.unlock('secret')
  const first = session.messenger()
  assert.equal((await session.lock()).ok, true)
  assert.equal(first?.isStopped, true)
  assert.equal(session.messenger(), undefined)
  assert.equal(existsSync(join(directory, 'database-wal')), false)
  assert.equal((await session.unlock('secret')).ok, true)
  assert.notEqual(session.messenger(), first)
})

test('a second session on the same profile is refused, and opens once the first has stopped', async (t) => {
  const directory = temporaryFolder(t)
  await made(t, directory, 'secret')
  const first = start(t, directory).session
  await first.unlock('secret')
  const second = start(t, directory).session
  assert.equal(codeOf(await second.unlock('secret')), 'profile-in-use')
  assert.equal(second.state().state, 'failed')
  await first.stop()
  assert.equal((await second.unlock('secret')).ok, true)
})

test('of two that create the same profile at once one wins, and its identity is the one that stays', async (t) => {
  const directory = temporaryFolder(t)
  const sessions = [start(t, directory).session, start(t, directory).session]
  await Promise.all(sessions.map((session) => session.create('secret')))
  const open = sessions.filter((session) => session.state().state === 'open')
  assert.equal(open.length, 1)
  const seed = open[0]?.messenger()?.seed
  await Promise.all(sessions.map((session) => session.stop()))
  const later = start(t, directory).session
  assert.equal((await later.unlock('secret')).ok, true)
  assert.deepEqual(later.messenger()?.seed, seed)
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.endsWith('.new')),
    [],
  )
})

test('a crash between the slots and the last step of creating costs nothing', async (t) => {
  const directory = temporaryFolder(t)
  const seed = await made(t, directory, 'secret')
  const { profile } = JSON.parse(readFileSync(join(directory, 'keys.json'), 'utf8'))
  renameSync(join(directory, 'database'), join(directory, `database.${profile}.new`))
  const { session } = start(t, directory)
  assert.equal((await session.unlock('secret')).ok, true)
  assert.deepEqual(session.messenger()?.seed, seed)
})

test('a profile that is damaged or half gone is never begun anew', async (t) => {
  const cases: readonly {
    readonly what: string
    readonly damage: (directory: string) => void
    readonly code: string
  }[] = [
    { what: 'no database', damage: (folder) => rmSync(join(folder, 'database')), code: 'profile-damaged' },
    {
      what: 'half a database',
      damage: (folder) => truncateSync(join(folder, 'database'), 8192),
      code: 'profile-damaged',
    },
    {
      what: 'damaged slots',
      damage: (folder) => writeFileSync(join(folder, 'keys.json'), '{"version":1'),
      code: 'profile-no-key',
    },
  ]
  for (const { what, damage, code } of cases) {
    const directory = join(temporaryFolder(t), 'profile')
    await made(t, directory, 'secret')
    damage(directory)
    const before = filesOf(directory)
    const { session } = start(t, directory)
    assert.equal(codeOf(await session.unlock('secret')), code, what)
    const state = session.state()
    assert.equal(state.state === 'failed' && state.failure.code, code, what)
    assert.notEqual((await session.create('other')).ok, true, what)
    assert.deepEqual(filesOf(directory), before, what)
  }
})

test('a database whose slots are gone is kept, not replaced by a new profile', async (t) => {
  const directory = temporaryFolder(t)
  await made(t, directory, 'secret')
  rmSync(join(directory, 'keys.json'))
  const before = filesOf(directory)
  const { session } = start(t, directory)
  assert.equal(codeOf(await session.create('other')), 'profile-no-key')
  assert.deepEqual(filesOf(directory), before)
})

test('a damaged database offers its last good copy with its date, and opens from it', async (t) => {
  const directory = temporaryFolder(t)
  const first = start(t, directory, { storage: { keepCopyAfterMs: 0 } }).session
  await first.create('secret')
  await first.messenger()?.storage.request('profile.rename', 'Ada')
  await eventually(() => existsSync(join(directory, 'database.good')))
  const seed = first.messenger()?.seed
  await first.stop()
  truncateSync(join(directory, 'database'), 8192)

  const { session } = start(t, directory)
  assert.equal(codeOf(await session.restoreCopy('secret')), 'not-allowed')
  const refused = await session.unlock('secret')
  assert.equal(typeof (!refused.ok && refused.failure.detail?.['goodCopyAt']), 'number')
  assert.equal(codeOf(await session.restoreCopy('wrong')), 'wrong-passphrase')
  assert.equal(session.state().state, 'failed')
  assert.equal((await session.restoreCopy('secret')).ok, true)
  assert.deepEqual(session.messenger()?.seed, seed)
  assert.equal(session.messenger()?.storage.opened.mayBeBehind, true)
})

test('damage that shows while the messenger runs stops it and is named', async (t) => {
  const directory = temporaryFolder(t)
  const { session } = start(t, directory)
  await session.create('secret')
  const messenger = session.messenger()
  // More than the database keeps in memory.
  for (let index = 0; index < 400; index += 1) void messenger?.storage.request('relays.put', relay(index))
  await messenger?.storage.request('relays.list')
  await session.lock()
  const path = join(directory, 'database')
  // Opening reads every page, so the damage has to come later: under the running database.
  copyFileSync(path, `${path}.whole`)
  await session.unlock('secret')
  const running = session.messenger()
  const bytes = readFileSync(`${path}.whole`)
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 4096 * 5), Buffer.alloc(bytes.length - 4096 * 5)]))
  await running?.storage.request('relays.list').catch(() => {})
  await eventually(() => session.state().state === 'failed')
  const state = session.state()
  assert.equal(state.state === 'failed' && state.failure.code, 'profile-damaged')
  assert.equal(running?.isStopped, true)
})

test('a messenger that cannot start leaves a reason, a free database, and another try', async (t) => {
  const directory = temporaryFolder(t)
  let tries = 0
  const { session } = start(t, directory, {
    open: async (parts) => {
      tries += 1
      if (tries === 1) throw Object.assign(new Error('taken'), { failure: failure('port-taken', { port: 1 }) })
      if (tries === 2) throw new Error('a bug')
      return messengerOf(parts)
    },
  })
  assert.equal(codeOf(await session.create('secret')), 'port-taken')
  assert.equal(codeOf(await session.unlock('secret')), 'internal')
  assert.equal((await session.unlock('secret')).ok, true)
})

test('stopping in the middle of opening ends the wait, and nothing opens after it', async (t) => {
  const directory = temporaryFolder(t)
  await made(t, directory, 'secret')
  // A slot that takes a minute to try; which key it holds does not matter.
  const file = join(directory, 'keys.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"memoryKiB": 64', '"memoryKiB": 524288'))
  const { session } = start(t, directory)
  const unlocking = session.unlock('secret')
  const startedAt = performance.now()
  await session.stop()
  assert.equal(codeOf(await unlocking), 'locked')
  assert.ok(performance.now() - startedAt < 2000)
  assert.equal(session.state().state, 'locked')
  assert.equal(codeOf(await session.unlock('secret')), 'locked')
})

interface FakeMessenger extends SessionParts {
  isStopped: boolean
  stop(): Promise<void>
}

function messengerOf(parts: SessionParts): FakeMessenger {
  return {
    ...parts,
    isStopped: false,
    async stop() {
      // The database is still there while the messenger says goodbye.
      await parts.storage.request('settings.read').catch(() => {})
      this.isStopped = true
    },
  }
}

function start(t: TestContext, directory: string, options: Partial<SessionOptions<FakeMessenger>> = {}) {
  const session: Session<FakeMessenger> = createSession({
    directory,
    open: async (parts) => messengerOf(parts),
    argon2Cost,
    ...options,
    storage: { lockWaitMs: 0, ...options.storage },
  })
  t.after(() => session.stop())
  const states: string[] = []
  session.onChange(() => states.push(session.state().state))
  return { session, states }
}

/** Makes a profile, leaves it, and returns its seed. */
async function made(t: TestContext, directory: string, passphrase: string): Promise<Uint8Array | undefined> {
  const { session } = start(t, directory)
  const created = await session.create(passphrase)
  assert.equal(created.ok, true)
  const seed = session.messenger()?.seed
  await session.stop()
  return seed
}

const codeOf = (result: Awaited<ReturnType<Session<FakeMessenger>['unlock']>>) =>
  result.ok ? 'ok' : result.failure.code
const filesOf = (folder: string) =>
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name)).toString('base64')])
const relay = (index: number) =>
  ({
    id: `relay-${index}`,
    addresses: ['x'.repeat(60_000)],
    source: 'entered',
    addedAt: index,
  }) as const

test('a changed passphrase opens the same identity from the next start on, the old one no longer', async (t) => {
  const directory = temporaryFolder(t)
  const seed = await made(t, directory, 'old')
  const first = start(t, directory).session
  assert.equal(codeOf(await first.changePassphrase('old', 'new')), 'locked')
  await first.unlock('old')
  assert.equal(codeOf(await first.changePassphrase('guess', 'new')), 'wrong-passphrase')
  assert.equal((await first.changePassphrase('old', 'new')).ok, true)
  await first.stop()
  const { session } = start(t, directory)
  assert.equal(codeOf(await session.unlock('old')), 'wrong-passphrase')
  assert.equal((await session.unlock('new')).ok, true)
  assert.deepEqual(session.messenger()?.seed, seed)
})

test('an open profile says whether it has a passphrase, and says so again when that changes', async (t) => {
  const directory = temporaryFolder(t)
  await made(t, directory, 'old')
  const { session } = start(t, directory)
  await session.unlock('old')
  assert.deepEqual(session.state(), { state: 'open', opensWith: 'passphrase' })
  let told = 0
  session.onChange(() => {
    told += 1
  })
  assert.equal((await session.changePassphrase('old', '')).ok, true)
  assert.deepEqual(session.state(), { state: 'open', opensWith: 'nothing' })
  assert.equal(told, 1)
  assert.equal((await session.changePassphrase('', 'new')).ok, true)
  assert.deepEqual(session.state(), { state: 'open', opensWith: 'passphrase' })
})
