import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from './app.ts'
import { STAND_IN } from './environment.ts'
import { strict } from './record.ts'

/** Set by a test, at the start in the environment or later by `standIn.keyring.state`. */
export type KeyringState =
  | 'present'
  /** A Linux without a keyring: what is sealed is only scrambled. */
  | 'basic_text'
  /** It does not answer now. */
  | 'locked'
  | 'absent'
  /** Made anew: it does not know what it sealed before. */
  | 'changed'
  /** It opens what it sealed, and wants it sealed again. */
  | 'rotated'

const STATES: readonly KeyringState[] = ['present', 'basic_text', 'locked', 'absent', 'changed', 'rotated']
const isState = (text: string): text is KeyringState => STATES.some((state) => state === text)

export const keyring: { state: KeyringState } = { state: fromEnvironment() }

function fromEnvironment(): KeyringState {
  // Absent unless a test asks for it: a keyring changes what the first run says.
  const wanted = process.env[STAND_IN.keyring] ?? 'absent'
  if (!isState(wanted)) throw new Error(`stand-in: there is no keyring state “${wanted}”`)
  return wanted
}

const NAME_BYTES = 3
const IV_BYTES = 12
const TAG_BYTES = 16

/** As Chromium marks what it seals: with a key that everybody knows, or with the keyring's. */
const keyName = (): string => (keyring.state === 'basic_text' || keyring.state === 'absent' ? 'v10' : 'v11')

/** Survives the process, as a keyring does. */
function key(): Buffer {
  if (keyName() === 'v10') return Buffer.alloc(32, 'peanuts')
  if (keyring.state === 'changed') return Buffer.alloc(32, 'another')
  const file = join(app.getPath('userData'), 'stand-in.keyring')
  if (!existsSync(file)) {
    mkdirSync(app.getPath('userData'), { recursive: true })
    writeFileSync(file, randomBytes(32), { mode: 0o600 })
  }
  return readFileSync(file)
}

function mustAnswer(): void {
  if (!app.isReady()) throw new Error('safeStorage cannot be used before app is ready')
  if (keyring.state === 'locked') throw new Error('Encryption is temporarily unavailable')
}

export const safeStorage = strict('safeStorage', {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    mustAnswer()
    return keyring.state !== 'absent'
  },
  getSelectedStorageBackend() {
    if (!app.isReady()) return 'unknown'
    return keyName() === 'v10' ? 'basic_text' : 'gnome_libsecret'
  },
  async encryptStringAsync(text: string): Promise<Buffer> {
    mustAnswer()
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key(), iv)
    return Buffer.concat([Buffer.from(keyName()), iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  },
  async decryptStringAsync(sealed: Buffer): Promise<{ readonly shouldReEncrypt: boolean; readonly result: string }> {
    mustAnswer()
    if (sealed.subarray(0, NAME_BYTES).toString() !== keyName())
      throw new Error('Error while decrypting the ciphertext')
    const body = sealed.subarray(NAME_BYTES)
    const cipher = createDecipheriv('aes-256-gcm', key(), body.subarray(0, IV_BYTES))
    cipher.setAuthTag(body.subarray(-TAG_BYTES))
    const opened = Buffer.concat([cipher.update(body.subarray(IV_BYTES, -TAG_BYTES)), cipher.final()])
    return { shouldReEncrypt: keyring.state === 'rotated', result: opened.toString('utf8') }
  },
})
