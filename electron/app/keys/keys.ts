import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Failure, failure } from '../../../shared/contract/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { writeDurably } from '../../storage/durable.ts'
import { failureOfSystem } from '../../storage/failure.ts'
import { isKeyringPresent, sealInKeyring } from './keyring.ts'
import { checkOf, makeSlot, type OpenedKey, unsealKey } from './seal.ts'
import type { SecretBox } from './secret-box.ts'
import {
  type Argon2Cost,
  isNoneSlot,
  isPassphraseSlot,
  isSafeStorageSlot,
  type Keys,
  type Opener,
  parseKeys,
  type Slot,
} from './slots.ts'

const FILE = 'keys.json'

/** Reads the slots of a profile; undefined when there is no profile yet. Damaged slots are a failure, never an empty profile. */
export function readKeys(directory: string): Result<Keys | undefined, Failure> {
  let text: string
  try {
    text = readFileSync(join(directory, FILE), 'utf8')
  } catch (error) {
    const code = systemCode(error)
    // Nothing there, or not even a folder: creating it will say why if it cannot.
    if (code === 'ENOENT' || code === 'ENOTDIR') return ok(undefined)
    return err(failure('profile-no-key', { found: 'unreadable', system: code }))
  }
  const keys = parseKeys(text)
  return keys === undefined ? err(failure('profile-no-key', { found: 'damaged' })) : ok(keys)
}

/** What a new slot is made with, beside the passphrase. */
export interface SlotMeans {
  /** The system's keyring, where this shell reaches one. It takes the key when no passphrase is chosen. */
  readonly secretBox?: SecretBox | undefined
  readonly cost?: Argon2Cost | undefined
}

/** What opens this profile here; undefined when nothing does. Where two things do, the one that asks nothing. */
export function openerOf(keys: Keys, hasKeyring: boolean): Opener | undefined {
  if (keys.slots.some(isNoneSlot)) return 'nothing'
  if (hasKeyring && keys.slots.some(isSafeStorageSlot)) return 'keyring'
  return keys.slots.some(isPassphraseSlot) ? 'passphrase' : undefined
}

/** The database key, opened with what there is: nothing, the typed passphrase, the keyring. */
export async function openKey(
  keys: Keys,
  passphrase: string,
  signal: AbortSignal,
  secretBox?: SecretBox,
): Promise<Result<OpenedKey, Failure>> {
  const unsealed = await unsealKey(keys, passphrase, signal, secretBox)
  switch (unsealed.is) {
    case 'key':
      return ok({ key: unsealed.key, by: unsealed.by, isStale: unsealed.isStale })
    case 'wrong-passphrase':
    case 'keyring-changed':
    case 'keyring-unavailable':
      return err(failure(unsealed.is))
    case 'keyring-elsewhere':
      return err(failure('profile-no-key', { found: 'keyring' }))
    case 'no-slot':
      return err(failure('profile-no-key', { found: 'no slot' }))
    case 'damaged':
      return err(failure('profile-no-key', { found: 'damaged' }))
  }
}

/** Puts the first slot of a new profile on disk. Never replaces slots that are there. */
export function writeFirstKeys(directory: string, keys: Keys): Result<null, Failure> {
  return write(directory, keys, true)
}

/** Slots for a new profile, not yet on disk. Without a passphrase the keyring takes the key, and only where there is none it lies open. */
export async function makeKeys(
  key: Uint8Array,
  passphrase: string,
  profile: string,
  signal: AbortSignal,
  means: SlotMeans = {},
): Promise<Result<Keys, Failure>> {
  const slot = await slotFor(key, passphrase, profile, signal, means)
  return slot.ok ? ok({ version: 1, profile, check: checkOf(key), slots: [slot.value] }) : slot
}

/** Another passphrase, or none: then the keyring, and only where there is none nothing. Slots of newer versions stay. */
export async function changePassphrase(
  directory: string,
  key: Uint8Array,
  passphrase: string,
  signal: AbortSignal,
  means: SlotMeans = {},
): Promise<Result<null, Failure>> {
  const before = readThere(directory)
  if (!before.ok) return before
  const slot = await slotFor(key, passphrase, before.value.profile, signal, means)
  if (!slot.ok) return slot
  const goes = (one: Slot) => isNoneSlot(one) || isPassphraseSlot(one) || isSafeStorageSlot(one)
  return exchange(directory, before.value, slot.value, goes, (keys) =>
    openKey(keys, passphrase, signal, means.secretBox),
  )
}

/** Seals the key anew in the keyring, which asked for it; the slots of other kinds stay. */
export async function sealAgain(
  directory: string,
  key: Uint8Array,
  secretBox: SecretBox,
  signal: AbortSignal,
): Promise<Result<null, Failure>> {
  const before = readThere(directory)
  if (!before.ok) return before
  const slot = await sealInKeyring(key, secretBox, signal)
  if (!slot.ok) return slot
  return exchange(directory, before.value, slot.value, isSafeStorageSlot, (keys) =>
    openKey(keys, '', signal, secretBox),
  )
}

/**
 * Puts one slot in the place of others. It is on disk and opens before the old ones go; one that does not open goes
 * itself. After a crash in between, both the old and the new open the profile.
 */
async function exchange(
  directory: string,
  before: Keys,
  slot: Slot,
  goes: (slot: Slot) => boolean,
  open: (keys: Keys) => Promise<Result<OpenedKey, Failure>>,
): Promise<Result<null, Failure>> {
  const added = write(directory, { ...before, slots: [...before.slots, slot] }, false)
  if (!added.ok) return added
  const proof = await open({ ...before, slots: [slot] })
  if (!proof.ok) {
    // Where this cannot be written either, a slot too many stays: the old ones open the profile all the same.
    write(directory, before, false)
    return proof
  }
  return write(directory, { ...before, slots: [...before.slots.filter((one) => !goes(one)), slot] }, false)
}

async function slotFor(
  key: Uint8Array,
  passphrase: string,
  profile: string,
  signal: AbortSignal,
  { secretBox, cost }: SlotMeans,
): Promise<Result<Slot, Failure>> {
  // A keyring that is there and fails to seal is said; the key is never laid open in its stead.
  if (passphrase === '' && secretBox !== undefined && (await isKeyringPresent(secretBox, signal)))
    return sealInKeyring(key, secretBox, signal)
  return ok(await makeSlot(key, passphrase, profile, signal, cost))
}

function readThere(directory: string): Result<Keys, Failure> {
  const read = readKeys(directory)
  if (!read.ok) return read
  return read.value === undefined ? err(failure('profile-no-key', { found: 'missing' })) : ok(read.value)
}

function write(directory: string, keys: Keys, mustBeNew: boolean): Result<null, Failure> {
  try {
    writeDurably(join(directory, FILE), Buffer.from(`${JSON.stringify(keys, null, 2)}\n`), { mustBeNew })
    return ok(null)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return err(failure('profile-in-use', { found: 'other keys' }))
    const known = failureOfSystem(systemCode(error))
    if (known === undefined) throw error
    return err(known)
  }
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
