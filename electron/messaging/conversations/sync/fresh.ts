import type { SignedEntry } from '../log/entry.ts'
import { keyText, type LogKey } from '../log/log-key.ts'
import type { SoundEntry } from '../log/validity.ts'

// More than that is history, and read from disk.
const MAX_ENTRIES = 128

/** An entry as it leaves, from disk or from memory. */
export interface Leaving extends SignedEntry {
  readonly id: string
  readonly seq: number
}

/** Entries that were stored a moment ago, so that sending them need not wait for the disk again. */
export interface Fresh {
  add(entries: readonly SoundEntry[]): void
  /** Those of a log that follow a seq without a gap, as many as fit; none when the disk has to be asked. */
  after(log: LogKey, seq: number, maxBytes: number): readonly Leaving[]
  clear(): void
}

/** Remembers the last few of each log. */
export function createFresh(): Fresh {
  const logs = new Map<string, Leaving[]>()
  return {
    add(entries) {
      for (const { id, entry, signed } of entries) {
        const list = logs.get(keyText(entry)) ?? []
        list.push({ ...signed, id, seq: entry.seq })
        if (list.length > MAX_ENTRIES) list.shift()
        logs.set(keyText(entry), list)
      }
    },
    after(log, seq, maxBytes) {
      const left = (logs.get(keyText(log)) ?? []).filter((one) => one.seq > seq)
      logs.set(keyText(log), left)
      let bytes = 0
      const fitting = left.findIndex((one, index) => {
        bytes += one.bytes.length + one.signature.length
        return one.seq !== seq + 1 + index || bytes > maxBytes
      })
      return fitting === -1 ? left : left.slice(0, fitting)
    },
    clear: () => logs.clear(),
  }
}
