import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { RelayStartError } from '../network/relay-server/start-error.ts'

const FILE = 'relay.key'
const SEED_BYTES = 32

/**
 * The relay's 32-byte seed, from `relay.key` in its data directory, made on the first start. Whoever has it is the
 * relay: only the owner may read it. Throws `RelayStartError`.
 */
export function loadOrCreateSeed(directory: string): Uint8Array {
  const file = join(directory, FILE)
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    if (!existsSync(file)) writeSeed(file, randomBytes(SEED_BYTES))
    chmodSync(file, 0o600)
    return parseSeed(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (error instanceof RelayStartError) throw error
    throw new RelayStartError('data-unwritable', directory, { cause: error })
  }
}

function parseSeed(text: string, file: string): Uint8Array {
  const hex = text.trim()
  // Never replaced by itself: everybody who knows the relay knows it by this key.
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new RelayStartError('key-damaged', file)
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

/** Written beside and renamed, so that a power cut leaves a whole key or none. */
function writeSeed(file: string, seed: Uint8Array): void {
  const fresh = `${file}.new`
  const handle = openSync(fresh, 'w', 0o600)
  try {
    writeSync(handle, `${Buffer.from(seed).toString('hex')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(fresh, file)
}
