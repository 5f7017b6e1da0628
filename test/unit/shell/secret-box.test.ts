import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silent } from '../../../electron/app/log.ts'
import { createSecretBox, type Keyring } from '../../../electron/shell/system/secret-box.ts'

const secret = new Uint8Array(32).map((_, index) => index)
type Backend = ReturnType<NonNullable<Keyring['getSelectedStorageBackend']>>

test('on Linux the keyring counts only where a desktop has one and its key is a secret', async () => {
  const cases: readonly (readonly [Backend, string, boolean])[] = [
    ['gnome_libsecret', 'v11', true],
    ['kwallet6', 'v11', true],
    ['kwallet6', 'v12', true],
    ['basic_text', 'v10', false],
    ['basic_text', 'v11', false],
    // Before the app is ready.
    ['unknown', 'v11', false],
    // The desktop promises one, but its service is down: Chromium falls back to the key that everybody knows.
    ['gnome_libsecret', 'v10', false],
  ]
  for (const [backend, keyName, isPresent] of cases)
    assert.equal(await boxOf({ backend, keyName }).isPresent(), isPresent, `${backend} ${keyName}`)
  assert.equal(await boxOf({ isAvailable: false }).isPresent(), false)
  assert.equal(await boxOf({ isDown: true }).isPresent(), false)
})

test('elsewhere the system has a keyring unless it fails', async () => {
  for (const platform of ['macos', 'windows'] as const) {
    const system = { keyName: 'v10', backend: undefined }
    assert.equal(await boxOf(system, platform).isPresent(), true)
    assert.equal(await boxOf({ ...system, isAvailable: false }, platform).isPresent(), false)
    assert.equal(await boxOf({ ...system, isDown: true }, platform).isPresent(), false)
  }
})

test('a keyring that comes while the program runs is noticed', async () => {
  const system: System = { backend: 'unknown' }
  const box = boxOf(system)
  assert.equal(await box.isPresent(), false)
  system.backend = 'gnome_libsecret'
  assert.equal(await box.isPresent(), true)
})

test('what was sealed opens, and says when the system wants it sealed again', async () => {
  const system: System = {}
  const box = boxOf(system)
  const sealed = await box.seal(secret)
  assert.deepEqual(await box.open(sealed), { is: 'secret', secret, isStale: false })
  system.isStale = true
  assert.deepEqual(await box.open(sealed), { is: 'secret', secret, isStale: true })
})

test('nothing is sealed with the key that everybody knows', async () => {
  await assert.rejects(boxOf({ keyName: 'v10' }).seal(secret), /does not protect/)
})

test('a keyring made anew is changed; one that is locked, down or not asked yet is unavailable', async () => {
  const sealed = await boxOf({}).seal(secret)
  const wrong = 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.'
  const cases: readonly (readonly [System, 'changed' | 'unavailable'])[] = [
    [{ refuses: wrong }, 'changed'],
    [{ refuses: wrong, keyName: 'v10' }, 'unavailable'],
    [{ refuses: wrong, isDown: true }, 'unavailable'],
    [{ refuses: 'safeStorage.decryptStringAsync is temporarily unavailable. Please try again.' }, 'unavailable'],
    [{ refuses: 'safeStorage cannot be used before app is ready' }, 'unavailable'],
    [{ holds: 'something else' }, 'changed'],
    [{ holds: '' }, 'changed'],
  ]
  for (const [system, is] of cases) assert.deepEqual(await boxOf(system).open(sealed), { is }, JSON.stringify(system))
})

test('a prompt that nobody answers ends every wait', { timeout: 10_000 }, async () => {
  const box = boxOf({ isSilent: true })
  assert.equal(await box.isPresent(), false)
  await assert.rejects(box.seal(secret), /took too long/)
  assert.deepEqual(await box.open(new Uint8Array([1])), { is: 'unavailable' })
})

/** How the system behaves in a test; absent = a keyring that works. */
interface System {
  backend?: Backend | undefined
  keyName?: string
  isAvailable?: boolean
  /** It cannot encrypt. */
  isDown?: boolean
  isStale?: boolean
  /** Decrypting fails with these words. */
  refuses?: string
  /** What decrypting gives, whatever was sealed. */
  holds?: string
  /** It never answers. */
  isSilent?: boolean
}

function boxOf(system: System, platform: 'linux' | 'macos' | 'windows' = 'linux') {
  const never = <T>() => new Promise<T>(() => {})
  const safeStorage: Keyring = {
    ...(platform === 'linux' ? { getSelectedStorageBackend: () => system.backend ?? 'gnome_libsecret' } : {}),
    isAsyncEncryptionAvailable: async () => (system.isSilent ? never() : (system.isAvailable ?? true)),
    encryptStringAsync: async (text) => {
      if (system.isSilent) return never()
      if (system.isDown) throw new Error('Error while encrypting the text provided to safeStorage.encryptStringAsync.')
      return Buffer.from(`${system.keyName ?? 'v11'}${text}`)
    },
    decryptStringAsync: async (sealed) => {
      if (system.isSilent) return never()
      if (system.refuses !== undefined) throw new Error(system.refuses)
      const result = system.holds ?? sealed.toString().slice(3)
      return { result, shouldReEncrypt: system.isStale ?? false }
    },
  }
  return createSecretBox({ safeStorage, platform, log: silent, waitMs: 20 })
}
