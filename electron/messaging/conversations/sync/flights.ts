import type { Path } from '../../../../shared/domain/line.ts'
import type { EntryId } from '../../../../shared/domain/message.ts'
import type { NewReceipt } from '../../../storage/tables/receipts.ts'
import { keyText, type LogKey } from '../log/log-key.ts'

/** Entries of one log of mine that were handed to a connection together and are not acknowledged. */
interface Flight {
  /** The stream that carries them. */
  readonly stream: object
  readonly log: LogKey
  readonly fromSeq: number
  readonly toSeq: number
  readonly ids: readonly EntryId[]
  readonly path: Path
  readonly sentAt: number
}

/**
 * What is under way to one contact: how it went is only known here until it is acknowledged. All streams to the
 * contact share it, because the acknowledgement may come on another one: after a move, or after a loss.
 */
export interface Flights {
  depart(flight: Flight): void
  /** Is this entry among those under way? Spares asking the database. */
  has(id: EntryId): boolean
  /** The other side holds everything of a log up to here: receipts for what is new in that. */
  land(log: LogKey, upTo: number, at: number): readonly NewReceipt[]
  /** What a stream carries of a log after this seq was dropped there, or is sent again. */
  turnBack(stream: object, log: LogKey, seq: number): void
  /** The other side has told all it holds: what streams that have ended carried and it does not hold is lost. */
  forget(isOpen: (stream: object) => boolean): void
}

/** Makes the flights to one contact. */
export function createFlights(): Flights {
  const flights = new Map<string, readonly Flight[]>()
  const ids = new Set<EntryId>()

  /** Keeps of each flight of a log what this leaves of it. */
  function keep(name: string, left: (flight: Flight) => Flight | undefined): void {
    const rest: Flight[] = []
    for (const flight of flights.get(name) ?? []) {
      const kept = left(flight)
      if (kept) rest.push(kept)
      else for (const id of flight.ids) ids.delete(id)
    }
    if (rest.length > 0) flights.set(name, rest)
    else flights.delete(name)
  }

  return {
    depart(flight) {
      const name = keyText(flight.log)
      flights.set(name, [...(flights.get(name) ?? []), flight])
      for (const id of flight.ids) ids.add(id)
    },
    has: (id) => ids.has(id),
    land(log, upTo, at) {
      const receipts: NewReceipt[] = []
      // Of two that carried the same, the first counts.
      let landed = 0
      keep(keyText(log), (flight) => {
        const fromSeq = Math.max(flight.fromSeq, landed + 1)
        const toSeq = Math.min(flight.toSeq, upTo)
        if (fromSeq <= toSeq) {
          landed = toSeq
          receipts.push(receiptOf({ ...flight, fromSeq, toSeq }, at))
        }
        return flight.toSeq > upTo ? { ...flight, fromSeq: Math.max(flight.fromSeq, upTo + 1) } : undefined
      })
      return receipts
    },
    turnBack(stream, log, seq) {
      keep(keyText(log), (flight) => {
        if (flight.stream !== stream || flight.toSeq <= seq) return flight
        return flight.fromSeq <= seq ? { ...flight, toSeq: seq } : undefined
      })
    },
    forget(isOpen) {
      for (const name of [...flights.keys()]) keep(name, (flight) => (isOpen(flight.stream) ? flight : undefined))
    },
  }
}

function receiptOf({ log, fromSeq, toSeq, path: { line, transport }, sentAt }: Flight, at: number): NewReceipt {
  return {
    ...log,
    fromSeq,
    toSeq,
    line: line.kind,
    ...(transport === undefined ? {} : { transport }),
    ...('relay' in line ? { relay: line.relay } : {}),
    sentAt,
    acknowledgedAt: at,
  }
}
