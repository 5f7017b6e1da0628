import * as z from 'zod/mini'

// What keys.json holds. It is read at the door: whatever does not parse is damaged, and never written over.

/** Cost of Argon2id as it was when the slot was made. The upper ends keep a damaged file from freezing the machine. */
export const argon2Cost = z.strictObject({
  memoryKiB: z.int().check(z.minimum(8), z.maximum(1024 * 1024)),
  passes: z.int().check(z.minimum(1), z.maximum(16)),
  lanes: z.int().check(z.minimum(1), z.maximum(16)),
})
export type Argon2Cost = z.infer<typeof argon2Cost>

/** OWASP's second choice grows from 19 MiB; RFC 9106 asks for 64 MiB and three passes. About 1.8 s here, in a worker. */
export const ARGON2_COST: Argon2Cost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 }

const hex = (bytes: number) => z.string().check(z.regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`)))

/** The key as it is: whoever can read the folder can read the profile. Chosen by leaving the passphrase empty. */
const none = z.strictObject({ kind: z.literal('none'), key: hex(32) })
/** The key, sealed with XChaCha20-Poly1305 under a key that Argon2id makes of the passphrase. */
const passphrase = z.strictObject({
  kind: z.literal('passphrase'),
  argon2id: argon2Cost,
  salt: hex(16),
  nonce: hex(24),
  sealed: hex(48),
})
/** The key as the system's keyring sealed it. Only the desktop app reaches the keyring; the file's `check` binds it to its profile. */
const safeStorage = z.strictObject({
  kind: z.literal('safe-storage'),
  sealed: z.string().check(z.regex(/^([0-9a-f]{2})+$/), z.maxLength(8192)),
})
const known: readonly string[] = ['none', 'passphrase', 'safe-storage']
/** A slot of a newer version: kept as it is. */
const other = z.looseObject({ kind: z.string().check(z.refine((kind) => !known.includes(kind))) })

const keysFile = z.strictObject({
  version: z.literal(1),
  /** Made with the profile; sealed slots are bound to it. */
  profile: hex(16),
  /** First bytes of SHA-256 of the key: tells a damaged key from a damaged database. The key is random, so this gives nothing away. */
  check: hex(8),
  slots: z.array(z.union([none, passphrase, safeStorage, other])).check(z.minLength(1), z.maxLength(32)),
})

export type Keys = z.infer<typeof keysFile>
export type NoneSlot = z.infer<typeof none>
export type PassphraseSlot = z.infer<typeof passphrase>
export type SafeStorageSlot = z.infer<typeof safeStorage>
export type Slot = Keys['slots'][number]

/** What opens a profile: nothing at all when the key lies beside the data. */
export type Opener = 'nothing' | 'keyring' | 'passphrase'

/** Reads the text of keys.json; undefined when it is damaged or newer. */
export function parseKeys(text: string): Keys | undefined {
  try {
    return keysFile.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export const isNoneSlot = (slot: Slot): slot is NoneSlot => none.safeParse(slot).success
export const isPassphraseSlot = (slot: Slot): slot is PassphraseSlot => passphrase.safeParse(slot).success
export const isSafeStorageSlot = (slot: Slot): slot is SafeStorageSlot => safeStorage.safeParse(slot).success
