import { Worker } from 'node:worker_threads'
import { StorageError } from './failure.ts'
import type { FromWorker, Opened, Problem, Source, ToWorker } from './protocol.ts'
import type { RequestInput, RequestName, RequestOutput } from './requests.ts'
import { workerUrl } from './worker-url.ts'

export interface StorageOptions {
  /** The database file. Its log, its last good copy and what is put aside lie beside it under the same name. */
  readonly path: string
  /** 32 random bytes. */
  readonly key: Uint8Array
  /** Default: the one that is there. */
  readonly source?: Source
  /** How long to wait for another process to let go of it. */
  readonly lockWaitMs?: number
  /** When after opening a last good copy is made, if the one that is there is older than a day. */
  readonly keepCopyAfterMs?: number
  /** Tests and benchmarks only: every commit takes this much longer, as on a slow disk. */
  readonly commitDelayMs?: number
  readonly log?: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  /** Called at most once, when the open database turned out damaged or its worker died. Nothing can be trusted after it: close. */
  readonly onLoss?: (error: Error) => void
}

/** An open database. Requests are answered in the order they were made. */
export interface Storage {
  readonly opened: Opened
  /**
   * Runs one request in one transaction; what it wrote is on disk when it resolves.
   * Rejects with StorageError for expected failures and with Error for bugs; then it has left nothing behind.
   */
  request<Name extends RequestName>(name: Name, ...input: RequestInput<Name>): Promise<RequestOutput<Name>>
  /** Finishes what was asked, then closes. Resolves when the file is free. */
  close(): Promise<void>
}

/** Opens the database of a profile in a worker of its own. Rejects with StorageError. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { path, key, source = 'existing', lockWaitMs = 500, keepCopyAfterMs = 10_000, commitDelayMs = 0 } = options
  const worker = new Worker(workerUrl(import.meta.url, 'worker.ts', 'storage-worker.js'), { name: 'storage' })
  const pending = new Map<number, { resolve: (output: unknown) => void; reject: (error: Error) => void }>()
  const opening = Promise.withResolvers<Opened>()
  const ended = Promise.withResolvers<void>()
  let state: 'opening' | 'open' | 'closing' | 'ended' = 'opening'
  let lastId = 0
  let death: Error | undefined

  const post = (message: ToWorker) => worker.postMessage(message)
  const fail = (error: Error) => {
    death ??= error
    opening.reject(error)
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  }
  let isLost = false
  const lose = (error: Error) => {
    if (isLost) return
    isLost = true
    options.onLoss?.(error)
  }

  worker.on('message', (message: FromWorker) => {
    switch (message.did) {
      case 'open':
        state = 'open'
        return opening.resolve(message.opened)
      case 'not-open':
        state = 'closing'
        opening.reject(errorOf(message.problem))
        return post({ do: 'close' })
      case 'answer':
        for (const answer of message.answers) {
          const asked = pending.get(answer.id)
          pending.delete(answer.id)
          if ('output' in answer) {
            asked?.resolve(answer.output)
            continue
          }
          const error = errorOf(answer.problem)
          asked?.reject(error)
          if (error instanceof StorageError && error.failure.code === 'profile-damaged') lose(error)
        }
        return
      case 'log':
        return options.log?.(message.event, message.fields)
      case 'close':
        return
    }
  })
  worker.on('error', (error: Error) => fail(new Error('the storage worker threw', { cause: error })))
  worker.on('exit', () => {
    const wasOpen = state === 'open'
    state = 'ended'
    fail(new Error('the storage worker ended'))
    ended.resolve()
    if (wasOpen && death !== undefined) lose(death)
  })

  post({ do: 'open', path, key, source, lockWaitMs, keepCopyAfterMs, commitDelayMs })
  const opened = await opening.promise.catch(async (error: unknown) => {
    await ended.promise
    throw error
  })

  return {
    opened,
    async request<Name extends RequestName>(name: Name, ...input: RequestInput<Name>): Promise<RequestOutput<Name>> {
      if (state !== 'open') throw death ?? new Error(`the database is ${state}`)
      const id = ++lastId
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      // First: an input that cannot be sent is thrown here, and nobody waits for it.
      post({ do: 'request', id, name, input })
      pending.set(id, { resolve, reject })
      // The worker runs the function that the name stands for; its output has this type.
      return promise as Promise<RequestOutput<Name>>
    },
    async close() {
      if (state === 'open') {
        state = 'closing'
        post({ do: 'close' })
      }
      await ended.promise
    },
  }
}

function errorOf(problem: Problem): Error {
  if (problem.kind === 'failure') return new StorageError(problem.failure)
  const error = new Error(`storage: ${problem.message}`)
  error.stack = problem.stack
  return error
}
