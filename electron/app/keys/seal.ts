import { randomBytes } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { keyOfPassphrase } from './argon2.ts'
import { openInKeyring } from './keyring.ts'
import type { SecretBox } from './secret-box.ts'
import {
  ARGON2_COST,
  type Argon2Cost,
  isNoneSlot,
  isPassphraseSlot,
  isSafeStorageSlot,
  type Keys,
  type Opener,
  type PassphraseSlot,
  type Slot,
} from './slots.ts'

/** First bytes of the key's hash, as keys.json carries them. */
export const checkOf = (key: Uint8Array): string => bytesToHex(sha256(key).subarray(0, 8))

/** A slot for this passphrase; an empty one gives the slot `none`. */
export async function makeSlot(
  key: Uint8Array,
  passphrase: string,
  profile: string,
  signal: AbortSignal,
  cost: Argon2Cost = ARGON2_COST,
): Promise<Slot> {
  if (passphrase === '') return { kind: 'none', key: bytesToHex(key) }
  const salt = new Uint8Array(randomBytes(16))
  const nonce = new Uint8Array(randomBytes(24))
  const wrapping = await keyOfPassphrase(passphrase, salt, cost, signal)
  const header = { kind: 'passphrase', argon2id: cost, salt: bytesToHex(salt), nonce: bytesToHex(nonce) } as const
  const sealed = xchacha20poly1305(wrapping, nonce, boundTo(profile, header)).encrypt(key)
  wrapping.fill(0)
  return { ...header, sealed: bytesToHex(sealed) }
}

/** A key that was opened. */
export interface OpenedKey {
  readonly key: Uint8Array
  readonly by: Opener
  /** The keyring wants it sealed again. */
  readonly isStale: boolean
}

/** What came of trying to open the slots. */
export type Unsealed =
  | ({ readonly is: 'key' } & OpenedKey)
  | { readonly is: 'wrong-passphrase' }
  | { readonly is: 'keyring-changed' | 'keyring-unavailable' }
  /** Only the keyring opens it, and this shell reaches none. */
  | { readonly is: 'keyring-elsewhere' }
  /** No slot that anything known here could open. */
  | { readonly is: 'no-slot' }
  /** A slot opened, but what lay in it is not the key. */
  | { readonly is: 'damaged' }

/**
 * Opens the key: without anything where a slot allows it, with the passphrase where one was typed, else with the keyring.
 * Where the keyring does not open it and a passphrase would, the answer is `wrong-passphrase`: that one is asked for.
 */
export async function unsealKey(
  keys: Keys,
  passphrase: string,
  signal: AbortSignal,
  secretBox?: SecretBox,
): Promise<Unsealed> {
  const open = keys.slots.find(isNoneSlot)
  if (open !== undefined) return checked(keys, hexToBytes(open.key), 'nothing')
  const withPassphrase = keys.slots.filter(isPassphraseSlot)
  const inKeyring = keys.slots.filter(isSafeStorageSlot)
  if (passphrase !== '')
    for (const slot of withPassphrase) {
      const wrapping = await keyOfPassphrase(passphrase, hexToBytes(slot.salt), slot.argon2id, signal)
      const key = unseal(wrapping, slot, keys.profile)
      wrapping.fill(0)
      if (key !== undefined) return checked(keys, key, 'passphrase')
    }
  // A passphrase that was typed and is wrong is not passed over in silence.
  const asksKeyring = inKeyring.length > 0 && (passphrase === '' || withPassphrase.length === 0)
  const opened = asksKeyring && secretBox ? await openInKeyring(inKeyring, secretBox, signal) : undefined
  if (opened?.is === 'secret') return checked(keys, opened.secret, 'keyring', opened.isStale)
  if (withPassphrase.length > 0) return { is: 'wrong-passphrase' }
  if (opened !== undefined) return { is: opened.is === 'changed' ? 'keyring-changed' : 'keyring-unavailable' }
  return { is: inKeyring.length > 0 ? 'keyring-elsewhere' : 'no-slot' }
}

function checked(keys: Keys, key: Uint8Array, by: Opener, isStale = false): Unsealed {
  return checkOf(key) === keys.check ? { is: 'key', key, by, isStale } : { is: 'damaged' }
}

function unseal(wrapping: Uint8Array, slot: PassphraseSlot, profile: string): Uint8Array | undefined {
  try {
    return xchacha20poly1305(wrapping, hexToBytes(slot.nonce), boundTo(profile, slot)).decrypt(hexToBytes(slot.sealed))
  } catch {
    // A tag that does not fit is the answer, not a fault.
    return undefined
  }
}

/** A sealed key opens only in its own profile and with the cost it was made with. */
function boundTo(profile: string, { kind, argon2id, salt }: Omit<PassphraseSlot, 'sealed' | 'nonce'>): Uint8Array {
  const { memoryKiB, passes, lanes } = argon2id
  return utf8ToBytes(['sightline:slot:1', profile, kind, memoryKiB, passes, lanes, salt].join('\0'))
}
