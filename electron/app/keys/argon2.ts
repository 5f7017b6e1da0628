import { Worker } from 'node:worker_threads'
import { workerUrl } from '../../storage/worker-url.ts'
import type { Argon2Work } from './argon2-worker.ts'
import type { Argon2Cost } from './slots.ts'

/** Makes a 32-byte key of a passphrase. In a worker of its own: it takes seconds and would stop everything else. */
export function keyOfPassphrase(
  passphrase: string,
  salt: Uint8Array,
  cost: Argon2Cost,
  signal: AbortSignal,
): Promise<Uint8Array> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  // The same characters may be composed differently by two keyboards.
  const workerData: Argon2Work = { passphrase: passphrase.normalize('NFC'), salt, cost }
  const worker = new Worker(workerUrl(import.meta.url, 'argon2-worker.ts', 'argon2-worker.js'), {
    name: 'argon2',
    workerData,
  })
  const stop = () => {
    reject(signal.reason)
    void worker.terminate()
  }
  signal.addEventListener('abort', stop, { once: true })
  worker.once('message', (key: Uint8Array) => resolve(key))
  worker.once('error', reject)
  worker.once('exit', () => {
    signal.removeEventListener('abort', stop)
    reject(new Error('the argon2 worker ended without a key'))
  })
  return promise
}
