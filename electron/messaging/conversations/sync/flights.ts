import type { Path } from '../../../../shared/domain/line.ts'
import type { EntryId } from '../../../../shared/domain/message.ts'
import type { NewReceipt } from '../../../storage/tables/receipts.ts'
import { keyText, type LogKey } from '../log/log-key.ts'

/** Entries of one log that were handed to the connection together and are not acknowledged. */
interface Flight {
  readonly log: LogKey
  readonly fromSeq: number
  readonly toSeq: number
  readonly ids: readonly EntryId[]
  readonly path: Path
  readonly sentAt: number
}

/** What one stream has under way: how it went is only known here until it is acknowledged. */
export interface Flights {
  depart(flight: Flight): void
  /** How far a log was handed to the connection; 0 = not at all. */
  sentUpTo(log: LogKey): number
  /** Is this entry among those under way? Spares asking the database. */
  has(id: EntryId): boolean
  /** The other side holds everything of a log up to here: receipts for what is new in that. */
  land(log: LogKey, upTo: number, at: number): readonly NewReceipt[]
}

/** Makes the flights of one stream. */
export function createFlights(): Flights {
  const flights = new Map<string, Flight[]>()
  const sent = new Map<string, number>()
  const ids = new Set<EntryId>()

  return {
    depart(flight) {
      const name = keyText(flight.log)
      const list = flights.get(name) ?? []
      list.push(flight)
      flights.set(name, list)
      sent.set(name, Math.max(flight.toSeq, sent.get(name) ?? 0))
      for (const id of flight.ids) ids.add(id)
    },
    sentUpTo: (log) => sent.get(keyText(log)) ?? 0,
    has: (id) => ids.has(id),
    land(log, upTo, at) {
      const name = keyText(log)
      const receipts: NewReceipt[] = []
      const rest: Flight[] = []
      for (const flight of flights.get(name) ?? []) {
        const toSeq = Math.min(flight.toSeq, upTo)
        if (toSeq < flight.fromSeq) {
          rest.push(flight)
          continue
        }
        const { line, transport } = flight.path
        receipts.push({
          ...log,
          fromSeq: flight.fromSeq,
          toSeq,
          line: line.kind,
          ...(transport === undefined ? {} : { transport }),
          ...('relay' in line ? { relay: line.relay } : {}),
          sentAt: flight.sentAt,
          acknowledgedAt: at,
        })
        if (toSeq < flight.toSeq) rest.push({ ...flight, fromSeq: toSeq + 1 })
        else for (const id of flight.ids) ids.delete(id)
      }
      flights.set(name, rest)
      return receipts
    },
  }
}
