import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads'
import { type Job, runBatch } from './batch.ts'
import type { Database } from './driver.ts'
import { isCopyDue, makeCopy } from './good-copy.ts'
import { closeDatabase, openDatabase } from './open.ts'
import { problemOf } from './problem.ts'
import type { FromWorker, OpenRequest, ToWorker } from './protocol.ts'
import { tables } from './requests.ts'

// The one thread that has the database, its key and all SQL.

// Enough to make a slow sync cheap, few enough that the first in line does not wait long for the last.
const BATCH_MAX_JOBS = 256

if (parentPort === null) throw new Error('the storage worker was not started as a worker')
const port: MessagePort = parentPort
let open: { readonly db: Database; readonly request: OpenRequest } | undefined

port.on('message', (first: ToWorker) => {
  // Everything that waits by now shares one commit.
  const jobs: Job[] = []
  let message: ToWorker | undefined = first
  while (message !== undefined) {
    if (message.do === 'request') jobs.push(jobOf(message))
    if (message.do !== 'request' || jobs.length === BATCH_MAX_JOBS) work(jobs.splice(0))
    if (message.do === 'open') begin(message)
    if (message.do === 'close') return end()
    message = next()
  }
  work(jobs)
})

function next(): ToWorker | undefined {
  // The main side only ever posts ToWorker.
  const received: { message: ToWorker } | undefined = receiveMessageOnPort(port)
  return received?.message
}

function begin(request: OpenRequest): void {
  try {
    const { db, opened } = openDatabase(request)
    open = { db, request }
    tell({ did: 'open', opened })
    setTimeout(keepCopy, request.keepCopyAfterMs).unref()
  } catch (error) {
    tell({ did: 'not-open', problem: problemOf(error) })
  }
}

function end(): void {
  try {
    if (open !== undefined) closeDatabase(open.db)
  } catch (error) {
    tell({ did: 'log', event: 'database did not close cleanly', fields: { problem: problemOf(error) } })
  }
  open = undefined
  tell({ did: 'close' })
  port.close()
}

function work(jobs: readonly Job[]): void {
  if (jobs.length === 0) return
  if (open === undefined) throw new Error('a request came before the database was open')
  const { db, request } = open
  tell({ did: 'answer', answers: runBatch(db, jobs, () => pause(request.commitDelayMs)) })
}

function jobOf({ id, name, input }: Extract<ToWorker, { do: 'request' }>): Job {
  const [table = '', request = ''] = name.split('.')
  const functions: Readonly<Record<string, object>> = tables
  const functionsOfTable = Object.hasOwn(functions, table) ? functions[table] : undefined
  const run: unknown =
    functionsOfTable && Object.hasOwn(functionsOfTable, request) && Reflect.get(functionsOfTable, request)
  return {
    id,
    run(db) {
      if (typeof run !== 'function') throw new Error(`there is no request ${name}`)
      return run(db, ...input)
    },
  }
}

function keepCopy(): void {
  if (open === undefined || !isCopyDue(open.request.path)) return
  const startedAt = performance.now()
  try {
    makeCopy(open.db, open.request.path, open.request.key)
    tell({ did: 'log', event: 'good copy kept', fields: { tookMs: Math.round(performance.now() - startedAt) } })
  } catch (error) {
    tell({ did: 'log', event: 'good copy failed', fields: { problem: problemOf(error) } })
  }
}

/** Stands for a slow disk in tests and benchmarks. */
function pause(delayMs: number): void {
  if (delayMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delayMs)
}

function tell(message: FromWorker): void {
  port.postMessage(message)
}
