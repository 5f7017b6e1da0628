import { randomBytes } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { keyOfPassphrase } from './argon2.ts'
import {
  ARGON2_COST,
  type Argon2Cost,
  isNoneSlot,
  isPassphraseSlot,
  type Keys,
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

/** What came of trying to open the slots. */
export type Unsealed =
  | { readonly is: 'key'; readonly key: Uint8Array }
  | { readonly is: 'wrong-passphrase' }
  /** No slot that a passphrase or nothing at all could open. */
  | { readonly is: 'no-slot' }
  /** A slot opened, but what lay in it is not the key. */
  | { readonly is: 'damaged' }

/** Opens the key with this passphrase. A slot without one is tried first and makes the passphrase needless. */
export async function unsealKey(keys: Keys, passphrase: string, signal: AbortSignal): Promise<Unsealed> {
  const open = keys.slots.find(isNoneSlot)
  if (open !== undefined) return checked(keys, hexToBytes(open.key))
  const slots = keys.slots.filter(isPassphraseSlot)
  if (slots.length === 0) return { is: 'no-slot' }
  if (passphrase !== '')
    for (const slot of slots) {
      const wrapping = await keyOfPassphrase(passphrase, hexToBytes(slot.salt), slot.argon2id, signal)
      const key = unseal(wrapping, slot, keys.profile)
      wrapping.fill(0)
      if (key !== undefined) return checked(keys, key)
    }
  return { is: 'wrong-passphrase' }
}

function checked(keys: Keys, key: Uint8Array): Unsealed {
  return checkOf(key) === keys.check ? { is: 'key', key } : { is: 'damaged' }
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
