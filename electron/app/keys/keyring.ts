import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { type Failure, failure } from '../../../shared/contract/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Opened, SecretBox } from './secret-box.ts'
import type { SafeStorageSlot } from './slots.ts'

/** Is there a keyring that protects what it seals? Asked anew each time: one may come while the program runs. */
export const isKeyringPresent = (secretBox: SecretBox | undefined, signal: AbortSignal): Promise<boolean> =>
  secretBox === undefined ? Promise.resolve(false) : unlessStopped(secretBox.isPresent(), signal)

/** A slot that only the keyring opens. */
export async function sealInKeyring(
  key: Uint8Array,
  secretBox: SecretBox,
  signal: AbortSignal,
): Promise<Result<SafeStorageSlot, Failure>> {
  // Whatever kept the keyring from sealing, what helps is the same: unlock it, or choose a passphrase.
  const sealed = await unlessStopped(
    secretBox.seal(key).catch(() => undefined),
    signal,
  )
  if (sealed === undefined) return err(failure('keyring-unavailable'))
  return ok({ kind: 'safe-storage', sealed: bytesToHex(sealed) })
}

/** Opens the first slot that the keyring knows. A slot it cannot try now leaves hope, so that is what is answered then. */
export async function openInKeyring(
  slots: readonly SafeStorageSlot[],
  secretBox: SecretBox,
  signal: AbortSignal,
): Promise<Opened> {
  let answer: Opened = { is: 'changed' }
  for (const { sealed } of slots) {
    const opened = await unlessStopped(secretBox.open(hexToBytes(sealed)), signal)
    if (opened.is === 'secret') return opened
    if (opened.is === 'unavailable') answer = opened
  }
  return answer
}

/** A keyring may wait a minute for somebody to unlock it; a program that is told to stop does not. */
async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
