import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Storage } from '../../../electron/storage/database.ts'
import { type Database, openDriver } from '../../../electron/storage/driver.ts'
import { migrate } from '../../../electron/storage/migrate.ts'
import { type RequestInput, type RequestName, type RequestOutput, tables } from '../../../electron/storage/requests.ts'
import type { Chance, Time } from './time.ts'

const KEY = new Uint8Array(32).fill(9)
const open = (path: string): Database => {
  const db = openDriver({ path, key: KEY, lockWaitMs: 0, mustExist: false })
  // Durability is simulated here: what a crash keeps is decided below, not by the machine under the test.
  db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON')
  return db
}

/** An empty migrated database to copy from: migrating takes longer than a whole scene. */
export function makeTemplate(folder: string): string {
  const path = join(folder, 'template')
  const db = open(path)
  migrate(db)
  db.close()
  return path
}

interface Job {
  run(): void
  answer(): void
}

/** The real tables in a real database, whose commits take simulated time and whose crashes are chosen. */
export interface Disk {
  /** The face for the messenger that runs now. After a crash, its requests are never answered. */
  mount(): Pick<Storage, 'request'>
  /** `lost`: a transaction that was being written is gone; `kept`: it is there, though nobody was told; `quiet`: there was none. */
  crash(): 'lost' | 'kept' | 'quiet'
  /** Keeps a copy of what is committed. Not while a transaction is open. */
  keepCopy(): boolean
  /** Puts the copy back. Only after a crash. */
  restoreCopy(): boolean
  /** Hex ids of all entries that are committed. */
  entries(): ReadonlySet<string>
  readonly db: Database
  close(): void
}

interface Options {
  readonly folder: string
  readonly name: string
  readonly template: string
  readonly time: Time
  readonly chance: Chance
  /** Called with the entries of every commit that is synced. */
  synced(ids: readonly string[]): void
}

export function createDisk({ folder, name, template, time, chance, synced }: Options): Disk {
  const path = join(folder, name)
  const copy = join(folder, `${name}.copy`)
  copyFileSync(template, path)
  let db = open(path)
  let hasCopy = false
  let lastArrival = 0
  let mounted = {}
  let queue: Job[] = []
  let writing: { readonly jobs: readonly Job[]; readonly cancel: () => void } | undefined
  let plan: (() => void) | undefined

  const entries = () => new Set(db.all<{ id: string }>('SELECT lower(hex(id)) AS id FROM entry').map(({ id }) => id))

  function tellSynced(): void {
    const rows = db.all<{ id: string; arrival: number }>(
      'SELECT lower(hex(id)) AS id, arrival FROM entry WHERE arrival > ? ORDER BY arrival',
      lastArrival,
    )
    lastArrival = rows.at(-1)?.arrival ?? lastArrival
    synced(rows.map(({ id }) => id))
  }

  function schedule(): void {
    if (plan || writing || queue.length === 0) return
    plan = time.at(chance.between(0, 8), () => {
      plan = undefined
      const jobs = queue
      queue = []
      // Begun here, synced later: what happens to it when the power goes in between is chance.
      db.exec('BEGIN')
      for (const job of jobs) job.run()
      const cancel = time.at(chance.between(0, 25), () => {
        writing = undefined
        db.exec('COMMIT')
        tellSynced()
        for (const job of jobs) job.answer()
        schedule()
      })
      writing = { jobs, cancel }
    })
  }

  return {
    get db() {
      return db
    },
    mount() {
      const me = {}
      mounted = me
      return {
        request<Name extends RequestName>(name: Name, ...input: RequestInput<Name>): Promise<RequestOutput<Name>> {
          return new Promise((resolve, reject) => {
            if (mounted !== me) return
            let settle = () => {}
            // As through a worker: nothing is shared.
            const given = structuredClone(input)
            queue.push({
              run() {
                db.exec('SAVEPOINT job')
                try {
                  const output = structuredClone(call(db, name, given))
                  db.exec('RELEASE job')
                  // The function that the name stands for has this output.
                  settle = () => resolve(output as RequestOutput<Name>)
                } catch (error) {
                  db.exec('ROLLBACK TO job; RELEASE job')
                  settle = () => reject(error)
                }
              },
              answer: () => settle(),
            })
            schedule()
          })
        },
      }
    },
    crash() {
      mounted = {}
      queue = []
      plan?.()
      plan = undefined
      if (!writing) return 'quiet'
      writing.cancel()
      writing = undefined
      const isKept = chance.happens(0.5)
      db.exec(isKept ? 'COMMIT' : 'ROLLBACK')
      if (isKept) tellSynced()
      return isKept ? 'kept' : 'lost'
    },
    keepCopy() {
      if (writing) return false
      copyFileSync(path, copy)
      hasCopy = true
      return true
    },
    restoreCopy() {
      if (!hasCopy) return false
      db.close()
      copyFileSync(copy, path)
      db = open(path)
      lastArrival = 0
      return true
    },
    entries,
    close: () => db.close(),
  }
}

function call(db: Database, name: string, input: readonly unknown[]): unknown {
  const [table = '', request = ''] = name.split('.')
  const functions: Readonly<Record<string, object>> = tables
  const run: unknown = Reflect.get(functions[table] ?? {}, request)
  if (typeof run !== 'function') throw new Error(`there is no request ${name}`)
  return run(db, ...input)
}
