import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createSession, type SessionParts } from '../../../electron/app/session.ts'
import { failureSentence } from '../../../renderer/words/failure.ts'
import type { Failure } from '../../../shared/contract/failures.ts'
import { eventually } from '../../support/eventually.ts'
import { temporaryFolder } from '../../support/storage.ts'
import { type TestKeyring, testKeyring } from '../../support/test-keyring.ts'

// A session over a real folder and database, with a keyring turned by hand.

test('with a keyring a new profile needs no passphrase, and opens by itself from then on', async (t) => {
  const { directory, keyring, seed } = await madeInKeyring(t)
  assert.deepEqual(slotsOf(directory), ['safe-storage'])
  const session = start(t, directory, keyring)
  await eventually(() => session.state().state === 'open')
  assert.deepEqual(session.state(), { state: 'open', opensWith: 'keyring' })
  assert.deepEqual(session.messenger()?.seed, seed)
  assert.equal(codeOf(await session.lock()), 'not-allowed')
})

test('a keyring that fails while a profile is made leaves the choice open, and no key beside the data', async (t) => {
  const [directory, keyring] = [temporaryFolder(t), testKeyring()]
  keyring.state = 'locked'
  const session = start(t, directory, keyring)
  assert.equal(codeOf(await session.create('')), 'keyring-unavailable')
  assert.deepEqual(session.state(), { state: 'locked', asks: 'new' })
  assert.deepEqual(readdirSync(directory), [])
  assert.equal(codeOf(await session.create('secret')), 'ok')
  assert.deepEqual(session.state(), { state: 'open', opensWith: 'passphrase' })
})

test('without a keyring the empty passphrase is what it was: the key lies open, and that is said', async (t) => {
  const [directory, keyring] = [temporaryFolder(t), testKeyring()]
  keyring.state = 'absent'
  const session = start(t, directory, keyring)
  assert.equal(codeOf(await session.create('')), 'ok')
  assert.deepEqual(session.state(), { state: 'open', opensWith: 'nothing' })
})

test('a locked keyring is a sentence, costs nothing, and another try opens the profile', async (t) => {
  const { directory, keyring, seed } = await madeInKeyring(t)
  const before = filesOf(directory)
  keyring.state = 'locked'
  const session = start(t, directory, keyring)
  await eventually(() => session.state().state === 'failed')
  assert.equal(failureOf(session).code, 'keyring-unavailable')
  assert.match(failureSentence(failureOf(session)), /does not answer.*Unlock it and try again/)
  assert.deepEqual(filesOf(directory), before)
  keyring.state = 'there'
  assert.equal(codeOf(await session.unlock('')), 'ok')
  assert.deepEqual(session.messenger()?.seed, seed)
})

test('a keyring made anew is a sentence, and nothing is lost or begun anew', async (t) => {
  const { directory, keyring } = await madeInKeyring(t)
  const before = filesOf(directory)
  keyring.forget()
  const session = start(t, directory, keyring)
  await eventually(() => session.state().state === 'failed')
  assert.equal(failureOf(session).code, 'keyring-changed')
  assert.match(failureSentence(failureOf(session)), /no longer opens this profile.*made anew/)
  assert.notEqual(codeOf(await session.create('other')), 'ok')
  assert.deepEqual(filesOf(directory), before)
})

test('in a shell without a keyring the profile says where it opens', async (t) => {
  const { directory, keyring } = await madeInKeyring(t)
  const before = filesOf(directory)
  const session = start(t, directory)
  assert.deepEqual(failureOf(session), { code: 'profile-no-key', detail: { found: 'keyring' } })
  assert.match(failureSentence(failureOf(session)), /open it in the desktop app, or choose a passphrase there/)
  assert.equal(codeOf(await session.unlock('guess')), 'profile-no-key')
  assert.deepEqual(filesOf(directory), before)

  const desktop = start(t, directory, keyring)
  await eventually(() => desktop.state().state === 'open')
  assert.equal(codeOf(await desktop.changePassphrase('', 'chosen')), 'ok')
  assert.deepEqual(desktop.state(), { state: 'open', opensWith: 'passphrase' })
  await desktop.stop()
  const browser = start(t, directory)
  assert.equal(codeOf(await browser.unlock('chosen')), 'ok')
})

test('a profile without a passphrase stays as it is until somebody wants it in the keyring', async (t) => {
  const directory = temporaryFolder(t)
  const browser = start(t, directory)
  await browser.create('')
  await browser.stop()
  const desktop = start(t, directory, testKeyring())
  await eventually(() => desktop.state().state === 'open')
  assert.deepEqual(slotsOf(directory), ['none'])
  assert.equal(codeOf(await desktop.changePassphrase('', '')), 'ok')
  assert.deepEqual(desktop.state(), { state: 'open', opensWith: 'keyring' })
  assert.deepEqual(slotsOf(directory), ['safe-storage'])
})

test('a passphrase that is removed gives the key to the keyring, or keeps it when the keyring is silent', async (t) => {
  const { directory, keyring } = await madeInKeyring(t)
  const session = start(t, directory, keyring)
  await eventually(() => session.state().state === 'open')
  await session.changePassphrase('', 'chosen')
  keyring.state = 'locked'
  assert.equal(codeOf(await session.changePassphrase('chosen', '')), 'keyring-unavailable')
  assert.deepEqual(session.state(), { state: 'open', opensWith: 'passphrase' })
  assert.deepEqual(slotsOf(directory), ['passphrase'])
  keyring.state = 'there'
  assert.equal(codeOf(await session.changePassphrase('chosen', '')), 'ok')
  assert.deepEqual(session.state(), { state: 'open', opensWith: 'keyring' })
  await session.changePassphrase('', 'chosen')
  keyring.state = 'absent'
  assert.equal(codeOf(await session.changePassphrase('chosen', '')), 'ok')
  assert.deepEqual(session.state(), { state: 'open', opensWith: 'nothing' })
})

test('after a crash in the middle of choosing a passphrase, the keyring and the passphrase both open it', async (t) => {
  const { directory, keyring, seed } = await madeInKeyring(t)
  const session = start(t, directory, keyring)
  await eventually(() => session.state().state === 'open')
  await session.changePassphrase('', 'chosen')
  // The moment between the two writes: the new slot is on disk, and is being tried.
  const crashed = temporaryFolder(t)
  let copied = false
  keyring.beforeOpen = () => {
    if (copied) return
    copied = true
    cpSync(join(directory, 'keys.json'), join(crashed, 'keys.json'))
  }
  await session.changePassphrase('chosen', '')
  await session.stop()
  keyring.beforeOpen = () => undefined
  cpSync(join(directory, 'database'), join(crashed, 'database'))
  assert.deepEqual(slotsOf(crashed), ['passphrase', 'safe-storage'])

  const browser = start(t, crashed)
  assert.equal(codeOf(await browser.unlock('chosen')), 'ok')
  await browser.stop()
  const desktop = start(t, crashed, keyring)
  await eventually(() => desktop.state().state === 'open')
  assert.deepEqual(desktop.messenger()?.seed, seed)
  await desktop.stop()
  // And when the keyring fails, the passphrase is asked for, works, and can lock.
  keyring.forget()
  const later = start(t, crashed, keyring)
  await eventually(() => later.state().state === 'locked')
  assert.equal(codeOf(await later.unlock('chosen')), 'ok')
  assert.deepEqual(later.state(), { state: 'open', opensWith: 'passphrase' })
  assert.equal(codeOf(await later.lock()), 'ok')
})

test('a seal that grew old is renewed by itself; a renewal that fails costs nothing', async (t) => {
  const { directory, keyring } = await madeInKeyring(t)
  keyring.renew()
  const before = readFileSync(join(directory, 'keys.json'), 'utf8')
  const { seal } = keyring
  keyring.seal = () => Promise.reject(new Error('not now'))
  const first = start(t, directory, keyring)
  await eventually(() => first.state().state === 'open')
  await first.stop()
  assert.equal(readFileSync(join(directory, 'keys.json'), 'utf8'), before)
  keyring.seal = seal
  const second = start(t, directory, keyring)
  await eventually(
    () => readFileSync(join(directory, 'keys.json'), 'utf8') !== before && slotsOf(directory).length === 1,
  )
  assert.deepEqual(second.state(), { state: 'open', opensWith: 'keyring' })
  await second.stop()
  const third = start(t, directory, keyring)
  await eventually(() => third.state().state === 'open')
})

test('a keyring that waits for somebody does not keep the program from ending', async (t) => {
  const { directory, keyring } = await madeInKeyring(t)
  keyring.open = () => new Promise(() => {})
  const session = start(t, directory, keyring)
  assert.equal(session.state().state, 'opening')
  await session.stop()
  assert.equal(session.state().state, 'locked')
})

test('a key that the keyring does not know for this profile is damage, and nothing is written over', async (t) => {
  const { directory, keyring } = await madeInKeyring(t)
  const file = join(directory, 'keys.json')
  const keys = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...keys, check: 'ab'.repeat(8) }))
  const before = filesOf(directory)
  const session = start(t, directory, keyring)
  await eventually(() => session.state().state === 'failed')
  assert.deepEqual(failureOf(session), { code: 'profile-no-key', detail: { found: 'damaged' } })
  assert.deepEqual(filesOf(directory), before)
})

interface FakeMessenger extends SessionParts {
  stop(): Promise<void>
}

function start(t: TestContext, directory: string, keyring?: TestKeyring) {
  const session = createSession<FakeMessenger>({
    directory,
    open: async (parts) => ({ ...parts, stop: async () => undefined }),
    argon2Cost: { memoryKiB: 64, passes: 1, lanes: 1 },
    storage: { lockWaitMs: 0 },
    ...(keyring === undefined ? {} : { secretBox: keyring }),
  })
  t.after(() => session.stop())
  return session
}

type TestSession = ReturnType<typeof start>

/** A profile that only this keyring opens. */
async function madeInKeyring(t: TestContext) {
  const [directory, keyring] = [temporaryFolder(t), testKeyring()]
  const session = start(t, directory, keyring)
  assert.deepEqual(session.state(), { state: 'locked', asks: 'new' })
  assert.equal(codeOf(await session.create('')), 'ok')
  const seed = session.messenger()?.seed
  await session.stop()
  return { directory, keyring, seed }
}

function failureOf(session: TestSession): Failure {
  const state = session.state()
  assert.ok(state.state === 'failed', state.state)
  return state.failure
}

const codeOf = (result: Awaited<ReturnType<TestSession['unlock']>>) => (result.ok ? 'ok' : result.failure.code)
const slotsOf = (directory: string): string[] =>
  JSON.parse(readFileSync(join(directory, 'keys.json'), 'utf8')).slots.map(({ kind }: { kind: string }) => kind)
const filesOf = (folder: string) =>
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name)).toString('base64')])
