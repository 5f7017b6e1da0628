import { replacing, withComponents } from '../parts/guard.ts'
import type { Components } from '../parts/transports.ts'

/** What strangers may leave in the hash table of one relay; it lives in memory, and ours needs next to nothing of it. */
const RECORDS_MAX = 5_000
export const RECORD_MAX_BYTES = 2 * 1024

/** Why a record is not kept. */
export type RecordRefusal = 'too-large' | 'no-room'

/** Keeps the books on records by name: how many there are, and whether another one fits. */
export function createRecordBudget(maxRecords = RECORDS_MAX) {
  const known = new Set<string>()
  return {
    /** Takes a record in or says why not; one that is there already may be replaced. */
    admit(name: string, bytes: number): RecordRefusal | undefined {
      if (bytes > RECORD_MAX_BYTES) return 'too-large'
      if (!known.has(name) && known.size >= maxRecords) return 'no-room'
      known.add(name)
      return undefined
    },
    forget(name: string): void {
      known.delete(name)
    },
  }
}

/** A part of libp2p that may keep only a bounded number of small records. What does not fit fails for whoever brings it. */
export function withBoundedStore<C extends Components, Service>(
  part: (components: C) => Service,
): (components: C) => Service {
  return withComponents(part, ({ datastore }) => {
    const budget = createRecordBudget()
    return {
      datastore: replacing(datastore, {
        put: async (key, value, options) => {
          const refusal = budget.admit(key.toString(), value.byteLength)
          if (refusal !== undefined) throw new RangeError(`record not kept: ${refusal}`)
          return datastore.put(key, value, options)
        },
        delete: async (key, options) => {
          budget.forget(key.toString())
          return datastore.delete(key, options)
        },
      }),
    }
  })
}
