import type { SafeStorage } from 'electron'
import type { Shell } from '../../../shared/contract/views.ts'
import type { Opened, SecretBox } from '../../app/keys/secret-box.ts'
import type { Log } from '../../app/log.ts'

/** A keyring may ask the person to unlock it first. */
const PROMPT_WAIT_MS = 60_000

/** What is used of Electron's safeStorage. */
export type Keyring = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'> &
  // Linux only.
  Partial<Pick<SafeStorage, 'getSelectedStorageBackend'>>

/**
 * The system's keyring through Electron's safeStorage, to be used once the app is ready. It promises nothing that the
 * system does not keep: on a Linux without a keyring Chromium still "encrypts", with a key that everybody knows.
 */
export function createSecretBox({
  safeStorage,
  platform,
  log,
  waitMs = PROMPT_WAIT_MS,
}: {
  readonly safeStorage: Keyring
  readonly platform: Shell['platform']
  readonly log: Log
  readonly waitMs?: number
}): SecretBox {
  let isKnownPresent = false

  const encrypt = (text: string) => bounded(safeStorage.encryptStringAsync(text), waitMs)

  /** The first letters of what was sealed name the key: on Linux v10 is the one everybody knows. */
  const protects = (sealed: Uint8Array) => sealed.length > 0 && !(platform === 'linux' && keyName(sealed) === 'v10')

  async function look(): Promise<boolean> {
    if (platform === 'linux') {
      const backend = safeStorage.getSelectedStorageBackend?.() ?? 'unknown'
      if (backend === 'basic_text' || backend === 'unknown') return false
    }
    // The desktop may promise a keyring whose service is down; what it seals tells.
    return (
      (await bounded(safeStorage.isAsyncEncryptionAvailable(), waitMs)) && protects(await encrypt('is a keyring there'))
    )
  }

  /** Is the key that sealed this among those the system gives now? */
  async function hasKeyOf(sealed: Uint8Array): Promise<boolean> {
    try {
      return keyName(await encrypt('which key is there')) === keyName(sealed)
    } catch {
      return false
    }
  }

  async function whyNot(sealed: Uint8Array, error: unknown): Promise<Opened> {
    const isTemporary = error instanceof TimeUp || /temporarily unavailable|before app is ready/.test(String(error))
    // Without its key nothing was tried. Only a key that is there and does not fit is another one.
    return isTemporary || !(await hasKeyOf(sealed)) ? { is: 'unavailable' } : { is: 'changed' }
  }

  return {
    async isPresent() {
      // The system gives its key once to a running program: what was there stays.
      if (isKnownPresent) return true
      isKnownPresent = await look().catch((error: unknown) => {
        log('keyring did not answer', { error: nameOf(error) })
        return false
      })
      return isKnownPresent
    },
    async seal(secret) {
      const sealed = await encrypt(Buffer.from(secret).toString('hex'))
      if (!protects(sealed)) throw new Error('the keyring does not protect what it seals')
      return new Uint8Array(sealed)
    },
    async open(sealed) {
      try {
        const { result, shouldReEncrypt } = await bounded(safeStorage.decryptStringAsync(Buffer.from(sealed)), waitMs)
        // Something else lay in it, so it is not what was sealed here.
        if (!/^([0-9a-f]{2})+$/.test(result)) return { is: 'changed' }
        return { is: 'secret', secret: new Uint8Array(Buffer.from(result, 'hex')), isStale: shouldReEncrypt }
      } catch (error) {
        const reason = await whyNot(sealed, error)
        log('keyring did not open the key', { is: reason.is, error: nameOf(error) })
        return reason
      }
    },
  }
}

class TimeUp extends Error {
  override readonly name = 'TimeUp'
}

async function bounded<T>(work: Promise<T>, waitMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TimeUp('the keyring took too long')), waitMs)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}

const keyName = (sealed: Uint8Array): string => Buffer.from(sealed.subarray(0, 3)).toString('latin1')
const nameOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown')
