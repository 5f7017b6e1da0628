import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { argon2id } from '@noble/hashes/argon2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import * as fc from 'fast-check'
import { keyOfPassphrase } from '../../../electron/app/keys/argon2.ts'
import {
  changePassphrase,
  makeKeys,
  openerOf,
  openKey,
  readKeys,
  writeFirstKeys,
} from '../../../electron/app/keys/keys.ts'
import { makeSlot, unsealKey } from '../../../electron/app/keys/seal.ts'
import { ARGON2_COST, isPassphraseSlot, type Keys, parseKeys } from '../../../electron/app/keys/slots.ts'
import { temporaryFolder } from '../../support/storage.ts'

const key = new Uint8Array(32).map((_, index) => index)
const profile = '0f'.repeat(16)
const cheap = { memoryKiB: 64, passes: 1, lanes: 1 }
const { signal } = new AbortController()

test('the right passphrase opens the key, any other does not', async () => {
  const keys = await made('correct horse')
  assert.deepEqual(await unsealKey(keys, 'correct horse', signal), { is: 'key', key, by: 'passphrase', isStale: false })
  for (const wrong of ['', 'correct hors', 'Correct horse', 'correct horse '])
    assert.deepEqual(await unsealKey(keys, wrong, signal), { is: 'wrong-passphrase' })
  assert.equal(openerOf(keys, true), 'passphrase')
  assert.equal(JSON.stringify(keys).includes(bytesToHex(key)), false)
})

test('the same passphrase typed on another keyboard opens it too', async () => {
  const keys = await made('Zo\u00eb')
  assert.equal((await unsealKey(keys, 'Zoe\u0308', signal)).is, 'key')
})

test('an empty passphrase makes a slot that says so and opens alone', async () => {
  const keys = await made('')
  assert.deepEqual(keys.slots, [{ kind: 'none', key: bytesToHex(key) }])
  assert.equal(openerOf(keys, true), 'nothing')
  assert.deepEqual(await unsealKey(keys, '', signal), { is: 'key', key, by: 'nothing', isStale: false })
})

test('a new slot costs 64 MiB and three passes, and the slot remembers what it cost', async () => {
  assert.deepEqual(ARGON2_COST, { memoryKiB: 65_536, passes: 3, lanes: 1 })
  const slot = await makeSlot(key, 'p', profile, signal, cheap)
  assert.deepEqual(isPassphraseSlot(slot) && slot.argon2id, cheap)
})

test('the worker computes Argon2id, and is ended when nobody waits any more', async () => {
  const salt = new Uint8Array(16).fill(3)
  const expected = argon2id('p', salt, { m: 64, t: 1, p: 1, dkLen: 32 })
  assert.deepEqual(await keyOfPassphrase('p', salt, cheap, signal), expected)
  const waiting = new AbortController()
  const slow = keyOfPassphrase('p', salt, { memoryKiB: 256 * 1024, passes: 8, lanes: 1 }, waiting.signal)
  waiting.abort(new Error('nobody waits'))
  await assert.rejects(slow, /nobody waits/)
})

test('a slot opens neither in another profile nor with any of its fields changed', async () => {
  const keys = await made('p')
  const [slot] = keys.slots
  assert.ok(slot && isPassphraseSlot(slot))
  const flip = (hex: string) => (hex.startsWith('0') ? `1${hex.slice(1)}` : `0${hex.slice(1)}`)
  const changed: Keys[] = [
    { ...keys, profile: flip(keys.profile) },
    { ...keys, slots: [{ ...slot, salt: flip(slot.salt) }] },
    { ...keys, slots: [{ ...slot, nonce: flip(slot.nonce) }] },
    { ...keys, slots: [{ ...slot, sealed: flip(slot.sealed) }] },
    { ...keys, slots: [{ ...slot, argon2id: { ...cheap, passes: 2 } }] },
  ]
  for (const one of changed) assert.deepEqual(await unsealKey(one, 'p', signal), { is: 'wrong-passphrase' })
})

test('a damaged open slot is told from a damaged database', async () => {
  const keys = await made('')
  const other: Keys = { ...keys, slots: [{ kind: 'none', key: 'ab'.repeat(32) }] }
  assert.deepEqual(await unsealKey(other, '', signal), { is: 'damaged' })
})

test('keys.json is written whole, for its owner only, and never over another', async (t) => {
  const folder = temporaryFolder(t)
  const keys = await made('')
  assert.deepEqual(readKeys(folder), { ok: true, value: undefined })
  assert.equal(writeFirstKeys(folder, keys).ok, true)
  assert.deepEqual(readKeys(folder), { ok: true, value: keys })
  if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'keys.json')).mode & 0o777, 0o600)
  const before = readFileSync(join(folder, 'keys.json'))
  const second = writeFirstKeys(folder, { ...keys, profile: 'aa'.repeat(16) })
  assert.equal(!second.ok && second.failure.code, 'profile-in-use')
  assert.deepEqual(readFileSync(join(folder, 'keys.json')), before)
  assert.deepEqual(readdirSync(folder), ['keys.json'])
})

test('a damaged or newer keys.json is named as that and left as it is', (t) => {
  const folder = temporaryFolder(t)
  const good = { version: 1, profile, check: 'ab'.repeat(8), slots: [{ kind: 'none', key: 'ab'.repeat(32) }] }
  const damaged: unknown[] = [
    '',
    '{',
    'null',
    '[]',
    { ...good, version: 2 },
    { ...good, slots: [] },
    { ...good, slots: [{ kind: 'none', key: 'short' }] },
    { ...good, slots: [{ kind: 'passphrase' }] },
    { ...good, slots: [{ kind: 'safe-storage' }] },
    { ...good, slots: [{ kind: 'safe-storage', sealed: 'abc' }] },
    { ...good, slots: [{ kind: 'safe-storage', sealed: 'ab'.repeat(5000) }] },
    { ...good, profile: undefined },
  ]
  for (const content of damaged) {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    writeFileSync(join(folder, 'keys.json'), text)
    const read = readKeys(folder)
    assert.deepEqual(!read.ok && read.failure, { code: 'profile-no-key', detail: { found: 'damaged' } }, text)
    assert.equal(readFileSync(join(folder, 'keys.json'), 'utf8'), text)
  }
})

test('no text makes reading keys throw or freeze: cost beyond reason is damage', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseKeys(text) === undefined))
  const sealed = { kind: 'passphrase', salt: 'ab'.repeat(16), nonce: 'ab'.repeat(24), sealed: 'ab'.repeat(48) }
  const withCost = (argon2id: unknown) =>
    parseKeys(JSON.stringify({ version: 1, profile, check: 'ab'.repeat(8), slots: [{ ...sealed, argon2id }] }))
  assert.ok(withCost(ARGON2_COST))
  for (const cost of [{ memoryKiB: 2 ** 30 }, { passes: 1e9 }, { lanes: 0 }, { passes: 1.5 }])
    assert.equal(withCost({ ...ARGON2_COST, ...cost }), undefined)
})

test('another passphrase takes the place of the old one; slots of newer versions stay', async (t) => {
  const folder = temporaryFolder(t)
  const newer = { kind: 'recovery', sealed: 'of a newer version' }
  const keys = await made('old')
  writeFirstKeys(folder, { ...keys, slots: [newer, ...keys.slots] })
  assert.equal((await changePassphrase(folder, key, 'new', signal, { cost: cheap })).ok, true)
  const changed = readKeys(folder)
  assert.ok(changed.ok && changed.value)
  assert.deepEqual(
    changed.value.slots.map((slot) => slot.kind),
    ['recovery', 'passphrase'],
  )
  const opened = await openKey(changed.value, 'new', signal)
  assert.deepEqual(opened, { ok: true, value: { key, by: 'passphrase', isStale: false } })
  assert.deepEqual(await openKey(changed.value, 'old', signal), { ok: false, failure: { code: 'wrong-passphrase' } })

  assert.equal((await changePassphrase(folder, key, '', signal)).ok, true)
  const open = readKeys(folder)
  assert.ok(open.ok && open.value)
  assert.equal(openerOf(open.value, false), 'nothing')
})

test('slots of which none can be opened here are named as that', async () => {
  const found = async (slot: Keys['slots'][number]) => {
    const opened = await openKey({ version: 1, profile, check: 'ab'.repeat(8), slots: [slot] }, 'p', signal)
    return !opened.ok && opened.failure
  }
  assert.deepEqual(await found({ kind: 'recovery' }), { code: 'profile-no-key', detail: { found: 'no slot' } })
  const sealed = { kind: 'safe-storage', sealed: 'ab' } as const
  assert.deepEqual(await found(sealed), { code: 'profile-no-key', detail: { found: 'keyring' } })
})

async function made(passphrase: string): Promise<Keys> {
  const keys = await makeKeys(key, passphrase, profile, signal, { cost: cheap })
  assert.ok(keys.ok)
  return keys.value
}
