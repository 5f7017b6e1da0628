import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Storage } from '../../storage/database.ts'
import type { NewReceipt } from '../../storage/tables/receipts.ts'
import type { Told } from '../../storage/tables/vectors.ts'
import { keyText, type LogKey } from './log/log-key.ts'

/** How far my logs have come with each reader: what is on disk, kept in memory. */
export interface ReachedBook {
  load(): Promise<void>
  of(log: LogKey, member: PeerId): { readonly cover: number; readonly read: number }
  /** A reader told more. Numbers only grow; what is no news costs nothing. */
  tell(log: LogKey, member: PeerId, told: { cover: number; read: number; receipts: readonly NewReceipt[] }): void
}

interface Options {
  readonly storage: Pick<Storage, 'request'>
  /** Called when it is on disk, with the first and last entry that changed. */
  readonly changed: (log: LogKey, change: { readonly fromSeq: number; readonly toSeq: number }) => void
  readonly failed: (error: unknown) => void
}

/** Makes the book. What is told while one step is being written goes together in the next. */
export function createReachedBook({ storage, changed, failed }: Options): ReachedBook {
  const rows = new Map<string, Told>()
  let waiting: { told: Told; before: { seq: number; read: number }; receipts: readonly NewReceipt[] }[] = []
  let isWorking = false

  const name = (log: LogKey, member: PeerId) => `${keyText(log)} ${member}`

  async function work(): Promise<void> {
    isWorking = true
    try {
      while (waiting.length > 0) {
        const batch = waiting
        waiting = []
        await storage.request('vectors.tell', {
          told: batch.map(({ told }) => told),
          receipts: batch.flatMap(({ receipts }) => receipts),
        })
        for (const { told, before } of batch) {
          const isReadNews = told.read > before.read
          changed(told, { fromSeq: (isReadNews ? before.read : before.seq) + 1, toSeq: told.seq })
        }
      }
    } catch (error) {
      failed(error)
    } finally {
      isWorking = false
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
      const before = rows.get(name(log, member)) ?? { seq: 0, read: 0 }
      if (cover <= before.seq && read <= before.read) return
      const told: Told = {
        ...log,
        member,
        seq: Math.max(cover, before.seq),
        read: Math.max(read, before.read),
      }
      rows.set(name(log, member), told)
      // A receipt belongs to what is acknowledged for the first time.
      const fresh = receipts.flatMap((receipt) =>
        receipt.toSeq <= before.seq ? [] : [{ ...receipt, fromSeq: Math.max(receipt.fromSeq, before.seq + 1) }],
      )
      waiting.push({ told, before, receipts: fresh })
      if (!isWorking) void work()
    },
  }
}
