import { parentPort, workerData } from 'node:worker_threads'
import { argon2id } from '@noble/hashes/argon2.js'
import type { Argon2Cost } from './slots.ts'

/** What argon2.ts starts this worker with. */
export interface Argon2Work {
  readonly passphrase: string
  readonly salt: Uint8Array
  readonly cost: Argon2Cost
}

// Started by argon2.ts only, with this.
const { passphrase, salt, cost }: Argon2Work = workerData
const key = argon2id(passphrase, salt, { m: cost.memoryKiB, t: cost.passes, p: cost.lanes, dkLen: 32 })
parentPort?.postMessage(key)
