import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bytesToHex } from '@noble/hashes/utils.js'
import * as fc from 'fast-check'
import {
  changePassphrase,
  makeKeys,
  openKey,
  readKeys,
  sealAgain,
  writeFirstKeys,
} from '../../../electron/app/keys/keys.ts'
import { type Keys, parseKeys } from '../../../electron/app/keys/slots.ts'
import { temporaryFolder } from '../../support/storage.ts'
import { type TestKeyring, testKeyring } from '../../support/test-keyring.ts'

const key = new Uint8Array(32).map((_, index) => index)
const profile = '0f'.repeat(16)
const cost = { memoryKiB: 8, passes: 1, lanes: 1 }
const { signal } = new AbortController()

test('without a passphrase the keyring takes the key, and the file holds it no longer', async () => {
  const secretBox = testKeyring()
  const keys = await made('', secretBox)
  assert.deepEqual(kindsOf(keys), ['safe-storage'])
  assert.equal(JSON.stringify(keys).includes(bytesToHex(key)), false)
  const opened = await openKey(keys, '', signal, secretBox)
  assert.deepEqual(opened, { ok: true, value: { key, by: 'keyring', isStale: false } })
  assert.deepEqual(parseKeys(JSON.stringify(keys)), keys)
})

test('where no keyring is there the key lies open; one that is there and silent never leads to that', async () => {
  const secretBox = testKeyring()
  secretBox.state = 'absent'
  assert.deepEqual(kindsOf(await made('', secretBox)), ['none'])
  secretBox.state = 'locked'
  const refused = await makeKeys(key, '', profile, signal, { secretBox })
  assert.deepEqual(refused, { ok: false, failure: { code: 'keyring-unavailable' } })
})

test('a keyring that was made anew is told from one that is locked', async () => {
  const secretBox = testKeyring()
  const keys = await made('', secretBox)
  secretBox.state = 'locked'
  assert.deepEqual(await openKey(keys, '', signal, secretBox), err('keyring-unavailable'))
  secretBox.state = 'there'
  secretBox.forget()
  assert.deepEqual(await openKey(keys, '', signal, secretBox), err('keyring-changed'))
})

test('a key that the keyring holds for another profile does not open this one', async () => {
  const secretBox = testKeyring()
  const other = await makeKeys(key.toReversed(), '', profile, signal, { secretBox })
  assert.ok(other.ok)
  const keys: Keys = { ...(await made('', secretBox)), slots: other.value.slots }
  const opened = await openKey(keys, '', signal, secretBox)
  assert.deepEqual(opened, { ok: false, failure: { code: 'profile-no-key', detail: { found: 'damaged' } } })
})

test('where a passphrase opens the profile too, it is asked for when the keyring fails', async () => {
  const secretBox = testKeyring()
  const both = { ...(await made('p', secretBox)) }
  const keys: Keys = { ...both, slots: [...(await made('', secretBox)).slots, ...both.slots] }
  assert.equal((await openKey(keys, '', signal, secretBox)).ok, true)
  assert.deepEqual(await openKey(keys, 'wrong', signal, secretBox), err('wrong-passphrase'))
  secretBox.forget()
  assert.deepEqual(await openKey(keys, '', signal, secretBox), err('wrong-passphrase'))
  assert.equal((await openKey(keys, 'p', signal, secretBox)).ok, true)
})

test('a passphrase takes the place of the keyring, or Lock would lock nothing', async (t) => {
  const [folder, secretBox] = [temporaryFolder(t), testKeyring()]
  writeFirstKeys(folder, await made('', secretBox))
  assert.equal((await changePassphrase(folder, key, 'p', signal, { secretBox, cost })).ok, true)
  assert.deepEqual(kindsOf(onDisk(folder)), ['passphrase'])
  assert.equal((await changePassphrase(folder, key, '', signal, { secretBox, cost })).ok, true)
  assert.deepEqual(kindsOf(onDisk(folder)), ['safe-storage'])
})

test('what does not open when it is tried leaves the slots as they were', async (t) => {
  const [folder, secretBox] = [temporaryFolder(t), testKeyring()]
  const before = await made('p', secretBox)
  writeFirstKeys(folder, before)
  secretBox.isBroken = true
  assert.deepEqual(await changePassphrase(folder, key, '', signal, { secretBox, cost }), err('keyring-changed'))
  assert.deepEqual(onDisk(folder), before)
})

test('sealing again replaces the seal and nothing else', async (t) => {
  const [folder, secretBox] = [temporaryFolder(t), testKeyring()]
  const keys = await made('', secretBox)
  writeFirstKeys(folder, { ...keys, slots: [{ kind: 'recovery' }, ...keys.slots] })
  assert.equal((await sealAgain(folder, key, secretBox, signal)).ok, true)
  assert.deepEqual(kindsOf(onDisk(folder)), ['recovery', 'safe-storage'])
  assert.notDeepEqual(onDisk(folder).slots[1], keys.slots[0])
})

test('a keyring that waits for somebody does not keep a program from stopping', async () => {
  const secretBox = testKeyring()
  const keys = await made('', secretBox)
  const stopping = new AbortController()
  secretBox.open = () => new Promise(() => {})
  const opening = openKey(keys, '', stopping.signal, secretBox)
  stopping.abort(new Error('stopped'))
  await assert.rejects(opening, /stopped/)
})

// A crash leaves keys.json as it was at some moment. So every content it ever has is read, and must open with what opened
// the profile before the change or with what opens it after.
test('whatever changes, and wherever a crash falls, something opens the profile', async (t) => {
  const change = fc.record({
    next: fc.constantFrom('', '', 'one'),
    keyring: fc.constantFrom('there', 'there', 'absent', 'locked'),
    isBroken: fc.boolean(),
    doesSealAgain: fc.boolean(),
  })
  let between = 0
  const promise = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
    const [folder, secretBox] = [temporaryFolder(t), testKeyring()]
    let passphrase = ''
    writeFirstKeys(folder, await made(passphrase, secretBox))
    for (const { next, keyring, isBroken, doesSealAgain } of changes) {
      secretBox.state = keyring
      secretBox.isBroken = isBroken
      const seen = watchKeys(folder)
      secretBox.beforeOpen = seen.look
      const doing = doesSealAgain
        ? sealAgain(folder, key, secretBox, signal)
        : changePassphrase(folder, key, next, signal, { secretBox, cost })
      const changed = await doing
      const contents = seen.stop()
      secretBox.beforeOpen = () => undefined
      if (contents.length > 2) between += 1
      // The keyring that was there then is there again at the next start.
      secretBox.state = 'there'
      for (const text of contents) {
        const keys = parseKeys(text)
        assert.ok(keys, 'a moment without readable slots')
        const opens = async (typed: string) => (await openKey(keys, typed, signal, secretBox)).ok
        assert.ok((await opens(passphrase)) || (await opens(next)), `nothing opens ${kindsOf(keys)}`)
      }
      if (changed.ok && !doesSealAgain) passphrase = next
      const now = await openKey(onDisk(folder), passphrase, signal, secretBox)
      assert.ok(now.ok, 'what was chosen does not open the profile')
    }
  })
  const plain = { keyring: 'there', isBroken: false, doesSealAgain: false } as const
  const thereAndBack = [
    { ...plain, next: 'one' as const },
    { ...plain, next: '' as const },
  ]
  await fc.assert(promise, { numRuns: 10, examples: [[thereAndBack]] })
  assert.ok(between > 0, 'no change was seen half done')
})

/** Every content of keys.json from now on. Between two writes the slot is proven, which takes turns of the event loop. */
function watchKeys(folder: string): { look: () => void; stop: () => string[] } {
  const read = () => readFileSync(join(folder, 'keys.json'), 'utf8')
  const contents = [read()]
  let isStopped = false
  const look = () => {
    const text = read()
    if (text !== contents.at(-1)) contents.push(text)
  }
  const again = () => {
    if (isStopped) return
    look()
    setImmediate(again)
  }
  setImmediate(again)
  return {
    look,
    stop: () => {
      isStopped = true
      look()
      return contents
    },
  }
}

async function made(passphrase: string, secretBox: TestKeyring): Promise<Keys> {
  const keys = await makeKeys(key, passphrase, profile, signal, { secretBox, cost })
  assert.ok(keys.ok)
  return keys.value
}

function onDisk(folder: string): Keys {
  const keys = readKeys(folder)
  assert.ok(keys.ok && keys.value)
  return keys.value
}

const kindsOf = (keys: Keys) => keys.slots.map(({ kind }) => kind)
const err = (code: string) => ({ ok: false, failure: { code } })
