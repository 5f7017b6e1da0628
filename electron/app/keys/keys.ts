import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Failure, failure } from '../../../shared/contract/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { writeDurably } from '../../storage/durable.ts'
import { failureOfSystem } from '../../storage/failure.ts'
import { checkOf, makeSlot, unsealKey } from './seal.ts'
import { type Argon2Cost, isNoneSlot, isPassphraseSlot, type Keys, parseKeys } from './slots.ts'

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

/** Does this profile open without asking? */
export const opensAlone = (keys: Keys): boolean => keys.slots.some(isNoneSlot)

/** The database key, opened with a passphrase (ignored when there is a slot without one). */
export async function openKey(
  keys: Keys,
  passphrase: string,
  signal: AbortSignal,
): Promise<Result<Uint8Array, Failure>> {
  const unsealed = await unsealKey(keys, passphrase, signal)
  switch (unsealed.is) {
    case 'key':
      return ok(unsealed.key)
    case 'wrong-passphrase':
      return err(failure('wrong-passphrase'))
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

/** Slots for a new profile, not yet on disk. */
export async function makeKeys(
  key: Uint8Array,
  passphrase: string,
  profile: string,
  signal: AbortSignal,
  cost?: Argon2Cost,
): Promise<Keys> {
  return { version: 1, profile, check: checkOf(key), slots: [await makeSlot(key, passphrase, profile, signal, cost)] }
}

/**
 * Another passphrase, or none. The new slot is on disk and opens before the old ones go; slots of other kinds stay.
 * After a crash in between, both passphrases open the profile.
 */
export async function changePassphrase(
  directory: string,
  key: Uint8Array,
  passphrase: string,
  signal: AbortSignal,
  cost?: Argon2Cost,
): Promise<Result<null, Failure>> {
  const read = readKeys(directory)
  if (!read.ok) return read
  if (read.value === undefined) return err(failure('profile-no-key', { found: 'missing' }))
  const before = read.value
  const slot = await makeSlot(key, passphrase, before.profile, signal, cost)
  const added = write(directory, { ...before, slots: [...before.slots, slot] }, false)
  if (!added.ok) return added
  const proof = await openKey({ ...before, slots: [slot] }, passphrase, signal)
  if (!proof.ok) return proof
  const kept = before.slots.filter((one) => !isNoneSlot(one) && !isPassphraseSlot(one))
  return write(directory, { ...before, slots: [...kept, slot] }, false)
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
