import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Storage } from '../../storage/database.ts'
import type { NewReceipt } from '../../storage/tables/receipts.ts'
import type { Told } from '../../storage/tables/vectors.ts'
import type { Clock } from './clock.ts'
import { keyText, type LogKey } from './log/log-key.ts'

/** How far my logs have come with each reader: what is on disk, kept in memory, and never more than that. */
export interface ReachedBook {
  load(): Promise<void>
  of(log: LogKey, member: PeerId): { readonly cover: number; readonly read: number }
  /** A reader told more. Numbers only grow; what is no news costs nothing. */
  tell(log: LogKey, member: PeerId, told: { cover: number; read: number; receipts: readonly NewReceipt[] }): void
  stop(): void
}

// A disk that is full stays so for a while.
const RETRY_MS = 5_000

interface Options {
  readonly storage: Pick<Storage, 'request'>
  readonly clock: Clock
  /** Called when it is on disk, with the first and last entry that changed. */
  readonly changed: (log: LogKey, change: { readonly fromSeq: number; readonly toSeq: number }) => void
  /** It could not be written; it is tried again. */
  readonly failed: (error: unknown) => void
}

/** What was told and is not on disk yet. */
interface Waiting {
  readonly told: Told
  readonly receipts: readonly NewReceipt[]
}

/** Makes the book. What is told while one step is being written goes together in the next. */
export function createReachedBook({ storage, clock, changed, failed }: Options): ReachedBook {
  const rows = new Map<string, Told>()
  const waiting = new Map<string, Waiting>()
  let isWorking = false
  let cancelRetry: (() => void) | undefined
  let isStopped = false

  const name = (log: LogKey, member: PeerId) => `${keyText(log)} ${member}`

  async function work(): Promise<void> {
    isWorking = true
    try {
      while (waiting.size > 0) await write([...waiting])
    } catch (error) {
      failed(error)
      // Nobody tells it again while the stream lives, so it has to be tried again here.
      if (!isStopped) cancelRetry = clock.after(RETRY_MS, retry)
    } finally {
      isWorking = false
    }
  }

  function retry(): void {
    cancelRetry = undefined
    void work()
  }

  async function write(batch: readonly (readonly [string, Waiting])[]): Promise<void> {
    await storage.request('vectors.tell', {
      told: batch.map(([, { told }]) => told),
      receipts: batch.flatMap(([, { receipts }]) => receipts),
    })
    for (const [name, written] of batch) {
      const before = rows.get(name) ?? { seq: 0, read: 0 }
      const { told } = written
      rows.set(name, told)
      const now = waiting.get(name)
      if (now === written) waiting.delete(name)
      else if (now) waiting.set(name, { ...now, receipts: now.receipts.slice(written.receipts.length) })
      const isReadNews = told.read > before.read
      changed(told, { fromSeq: (isReadNews ? before.read : before.seq) + 1, toSeq: told.seq })
    }
  }

  return {
    async load() {
      for (const told of await storage.request('vectors.list')) rows.set(name(told, told.member), told)
    },
    of(log, member) {
      const row = rows.get(name(log, member))
      return { cover: row?.seq ?? 0, read: row?.read ?? 0 }
    },
    tell({ conversation, author, instance }, member, { cover, read, receipts }) {
      const log = { conversation, author, instance }
      const key = name(log, member)
      const unwritten = waiting.get(key)
      const before = unwritten?.told ?? rows.get(key) ?? { seq: 0, read: 0 }
      if (cover <= before.seq && read <= before.read) return
      const told: Told = {
        ...log,
        member,
        seq: Math.max(cover, before.seq),
        read: Math.max(read, before.read),
      }
      // A receipt belongs to what is acknowledged for the first time.
      const fresh = receipts.flatMap((receipt) =>
        receipt.toSeq <= before.seq ? [] : [{ ...receipt, fromSeq: Math.max(receipt.fromSeq, before.seq + 1) }],
      )
      waiting.set(key, { told, receipts: [...(unwritten?.receipts ?? []), ...fresh] })
      if (!isWorking && !cancelRetry) void work()
    },
    stop() {
      isStopped = true
      cancelRetry?.()
    },
  }
}
