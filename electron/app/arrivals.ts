import { randomUUID } from 'node:crypto'
import type { Arrival } from '../../shared/contract/views.ts'
import type { Listing } from '../../shared/domain/listing.ts'

/** An arrival before it has its id. */
export type NewArrival = Arrival extends infer Each ? (Each extends Arrival ? Omit<Each, 'id'> : never) : never

/** What reached the app from outside the window, until a window has shown it. */
export interface Arrivals {
  add(arrival: NewArrival): void
  /** Whether it was still waiting: of two windows only one shows it. */
  taken(id: string): boolean
  readonly listing: Listing<Arrival>
}

/** A program that calls ours a thousand times must not fill its memory: the oldest go first. */
const WAITING_MAX = 8

export function createArrivals(): Arrivals {
  const waiting = new Map<string, Arrival>()
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  return {
    add(arrival) {
      const said = JSON.stringify(arrival)
      // Opened twice by an impatient finger.
      for (const { id, ...known } of waiting.values()) if (JSON.stringify(known) === said) waiting.delete(id)
      const [oldest] = waiting.keys()
      if (oldest !== undefined && waiting.size >= WAITING_MAX) waiting.delete(oldest)
      const id = randomUUID()
      // Spreading keeps the kind and what belongs to it together.
      waiting.set(id, { id, ...arrival } as Arrival)
      tell()
    },
    taken(id) {
      const isFirst = waiting.delete(id)
      if (isFirst) tell()
      return isFirst
    },
    listing: {
      rows: () => waiting,
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  }
}
