import { type Failure, failure } from '../../shared/contract/failures.ts'
import type { Session as SessionState } from '../../shared/contract/views.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { openStorage, type Storage, type StorageOptions } from '../storage/database.ts'
import { StorageError } from '../storage/failure.ts'
import { changePassphrase, openerOf, openKey, readKeys, type SlotMeans, sealAgain } from './keys/keys.ts'
import type { SecretBox } from './keys/secret-box.ts'
import { type Argon2Cost, isSafeStorageSlot } from './keys/slots.ts'
import type { Log } from './log.ts'
import { createProfile, databasePath, finishCreating } from './profile-files.ts'
import { failureOf } from './session-failure.ts'

/** What a messenger is built from. */
export interface SessionParts {
  readonly storage: Storage
  /** 32-byte Ed25519 seed. */
  readonly seed: Uint8Array
  readonly directory: string
  /** Aborted when the session is stopped while the messenger still starts. */
  readonly signal: AbortSignal
}

/** What the session needs of a messenger. */
export interface Stoppable {
  stop(): Promise<void>
}

export interface SessionOptions<Messenger extends Stoppable> {
  /** The profile's folder; made when a profile is created. */
  readonly directory: string
  /** Builds and starts the messenger. An error with a `failure` (as StorageError has) is an expected one. */
  readonly open: (parts: SessionParts) => Promise<Messenger>
  readonly log?: Log
  /** The system's keyring, where there is a way to it: a new profile opens with it unless a passphrase is chosen. */
  readonly secretBox?: SecretBox
  /** Tests and benchmarks: cost of new passphrase slots, and how storage is slowed. */
  readonly argon2Cost?: Argon2Cost
  readonly storage?: Pick<StorageOptions, 'commitDelayMs' | 'keepCopyAfterMs' | 'lockWaitMs'>
}

/** Is there an open profile, and how does one get there? Answers from the first millisecond. */
export interface Session<Messenger extends Stoppable> {
  state(): SessionState
  /** Returns a function that ends the listening. */
  onChange(listener: () => void): () => void
  /** The running messenger; undefined unless `open`. */
  messenger(): Messenger | undefined
  /** Makes a new profile and opens it. Without a passphrase the keyring opens it; where there is no keyring, nothing has to. */
  create(passphrase: string): Promise<Result<null, Failure>>
  /** Opens the profile that is there. After `failed` this is the way to try again. */
  unlock(passphrase: string): Promise<Result<null, Failure>>
  /** After `profile-damaged`: puts the last good copy in the place of the database, which is kept, and opens that. */
  restoreCopy(passphrase: string): Promise<Result<null, Failure>>
  /**
   * Another passphrase for the open profile; '' means none from now on: then the keyring opens it where there is one, else
   * nothing has to. `wrong-passphrase` when `current` does not open it.
   */
  changePassphrase(current: string, next: string): Promise<Result<null, Failure>>
  /** Stops the messenger and forgets the key. Refused where no passphrase is asked for: it would lock nothing. */
  lock(): Promise<Result<null, Failure>>
  /** Stops everything; nothing opens after it. Resolves when the profile is free for another process. */
  stop(): Promise<void>
}

/** Owns the way from a folder to a running messenger. Starts at once, and opens by itself when no passphrase is needed. */
export function createSession<Messenger extends Stoppable>(options: SessionOptions<Messenger>): Session<Messenger> {
  const { directory, secretBox, log = () => {} } = options
  const means: SlotMeans = { secretBox, cost: options.argon2Cost }
  const hasKeyring = secretBox !== undefined
  const listeners = new Set<() => void>()
  const stopping = new AbortController()
  let open: { readonly storage: Storage; readonly messenger: Messenger } | undefined
  let state: SessionState = stateOfFolder(directory, hasKeyring)
  // One thing at a time; each step waits for the one before.
  let work: Promise<unknown> = Promise.resolve()

  function become(next: SessionState): void {
    state = next
    log(
      'session changed',
      next.state === 'failed' ? { state: next.state, code: next.failure.code } : { state: next.state },
    )
    for (const listener of listeners) listener()
  }

  function fail(problem: Failure): Result<null, Failure> {
    become({ state: 'failed', failure: problem })
    return err(problem)
  }

  /** Runs one change of state after the others; whatever it throws ends in `failed`. */
  function change(step: () => Promise<Result<null, Failure>>): Promise<Result<null, Failure>> {
    const result = work.then(step).catch((error: unknown) => {
      if (!stopping.signal.aborted) return fail(failureOf(error, directory, log))
      become({ state: 'locked', asks: 'passphrase' })
      return err(failure('locked'))
    })
    work = result
    return result
  }

  /** create, unlock and restoreCopy: refused unless there is something to open. */
  function opening(step: (before: SessionState) => Promise<Result<null, Failure>>): Promise<Result<null, Failure>> {
    if (stopping.signal.aborted) return Promise.resolve(err(failure('locked')))
    if (state.state === 'open' || state.state === 'opening') return Promise.resolve(err(failure('already-open')))
    const before = state
    become({ state: 'opening' })
    return change(() => step(before))
  }

  async function openWith(
    passphrase: string,
    source: 'existing' | 'good-copy',
    ifWrong: SessionState = { state: 'locked', asks: 'passphrase' },
  ): Promise<Result<null, Failure>> {
    const keys = readKeys(directory)
    if (!keys.ok) return fail(keys.failure)
    if (keys.value === undefined) {
      become(stateOfFolder(directory, hasKeyring))
      return err(failure('profile-no-key', { found: 'missing' }))
    }
    const key = await openKey(keys.value, passphrase, stopping.signal, secretBox)
    if (!key.ok) {
      if (key.failure.code !== 'wrong-passphrase') return fail(key.failure)
      become(ifWrong)
      return key
    }
    finishCreating(directory, keys.value.profile)
    let isCurrent = true
    const onLoss = (error: Error) => {
      if (isCurrent) void change(() => lose(error))
    }
    const storage = await openStorage({
      ...options.storage,
      path: databasePath(directory),
      key: key.value.key,
      source,
      log,
      onLoss,
    })
    log('database opened', { ...storage.opened })
    try {
      const profile = await storage.request('profile.read')
      if (profile === undefined) throw new StorageError({ code: 'profile-damaged', detail: { found: 'no identity' } })
      stopping.signal.throwIfAborted()
      const { signal } = stopping
      open = { storage, messenger: await options.open({ storage, seed: profile.seed, directory, signal }) }
    } catch (error) {
      isCurrent = false
      await storage.close()
      throw error
    }
    become({ state: 'open', opensWith: key.value.by })
    if (key.value.isStale && secretBox) void change(() => renew(key.value.key, secretBox))
    return ok(null)
  }

  /** The old seal still opens, so a renewal that fails is tried at the next opening, and nobody has to know. */
  async function renew(key: Uint8Array, box: SecretBox): Promise<Result<null, Failure>> {
    const sealed = await sealAgain(directory, key, box, stopping.signal).catch(() => undefined)
    log('key sealed again', { isDone: sealed?.ok === true })
    return ok(null)
  }

  /** What an open profile says of itself after a change; keys that cannot be read say nothing. */
  function opened(): SessionState {
    const keys = readKeys(directory)
    const opensWith = keys.ok && keys.value !== undefined ? openerOf(keys.value, hasKeyring) : undefined
    return opensWith === undefined ? { state: 'open' } : { state: 'open', opensWith }
  }

  async function close(): Promise<void> {
    const closing = open
    open = undefined
    try {
      await closing?.messenger.stop()
    } finally {
      await closing?.storage.close()
    }
  }

  /** The database cannot be trusted any more: everything stops, and the window says why. */
  async function lose(error: Error): Promise<Result<null, Failure>> {
    if (open === undefined) return ok(null)
    const reason = failureOf(error, directory, log)
    await close().catch((cause: unknown) => log('messenger did not stop cleanly', { cause: String(cause) }))
    return fail(reason)
  }

  const session: Session<Messenger> = {
    state: () => state,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    messenger: () => open?.messenger,
    create: (passphrase) =>
      opening(async () => {
        const made = await createProfile({ directory, passphrase, signal: stopping.signal, means })
        if (made.ok) return openWith(passphrase, 'existing')
        // Nothing was made yet: a passphrase can still be chosen instead.
        if (made.failure.code !== 'keyring-unavailable') return fail(made.failure)
        become(stateOfFolder(directory, hasKeyring))
        return made
      }),
    unlock: (passphrase) => opening(() => openWith(passphrase, 'existing')),
    restoreCopy(passphrase) {
      // A healthy database is newer than its copy.
      const isDamaged = state.state === 'failed' && state.failure.code === 'profile-damaged'
      if (!isDamaged) return Promise.resolve(err(failure('not-allowed', { because: 'not damaged' })))
      return opening((before) => openWith(passphrase, 'good-copy', before))
    },
    lock: () =>
      change(async () => {
        if (open === undefined) return err(failure('locked'))
        if (state.state === 'open' && (state.opensWith === 'nothing' || state.opensWith === 'keyring'))
          return err(failure('not-allowed', { because: 'no passphrase' }))
        await close()
        become({ state: 'locked', asks: 'passphrase' })
        return ok(null)
      }),
    changePassphrase: (current, next) =>
      change(async () => {
        if (open === undefined) return err(failure('locked'))
        const keys = readKeys(directory)
        if (!keys.ok) return keys
        if (keys.value === undefined) return err(failure('profile-no-key', { found: 'missing' }))
        const key = await openKey(keys.value, current, stopping.signal, secretBox)
        if (!key.ok) return key
        const changed = await changePassphrase(directory, key.value.key, next, stopping.signal, means)
        // Whatever came of it, the keys on disk say what holds now.
        become(opened())
        return changed
      }),
    async stop() {
      stopping.abort(new Error('the session was stopped'))
      await work
      await close()
      if (state.state === 'open' || state.state === 'opening') become({ state: 'locked', asks: 'passphrase' })
    },
  }
  const keys = readKeys(directory)
  const opener = keys.ok && keys.value !== undefined ? openerOf(keys.value, hasKeyring) : undefined
  if (opener === 'nothing' || opener === 'keyring') void session.unlock('')
  return session
}

/** What a folder promises before anything is opened. */
function stateOfFolder(directory: string, hasKeyring: boolean): SessionState {
  const keys = readKeys(directory)
  if (!keys.ok) return { state: 'failed', failure: keys.failure }
  if (keys.value === undefined) return { state: 'locked', asks: 'new' }
  if (openerOf(keys.value, hasKeyring) !== undefined) return { state: 'locked', asks: 'passphrase' }
  // No use in asking for a passphrase that opens nothing.
  const found = keys.value.slots.some(isSafeStorageSlot) ? 'keyring' : 'no slot'
  return { state: 'failed', failure: failure('profile-no-key', { found }) }
}
