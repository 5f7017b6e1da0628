import type { LineKind, Transport } from '../../shared/domain/line.ts'
import type { EntryId, Message, Passage } from '../../shared/domain/message.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import { startOfDay } from '../words/time.ts'

/** How a message travelled, as the margin draws it. `waiting`: not yet on its way. `unknown`: nobody noted it. */
type Way = 'direct' | 'relayed' | 'waiting' | 'unknown'

/** One message. Those of one author within a quarter hour make a run, of which the first says who and when. */
export interface Turn {
  readonly kind: 'turn'
  readonly key: string
  readonly message: Message
  readonly way: Way
  readonly isOpening: boolean
}

/** From here on the messages took another way. */
export interface Mark {
  readonly kind: 'mark'
  readonly key: string
  readonly way: 'direct' | 'lan' | 'relayed'
  readonly transport?: Transport
  readonly relay?: PeerId
  /** How long it took there and back; only known of what I sent. */
  readonly tripMs?: number
  readonly at: number
}

/** One row of the conversation's list. */
export type Row =
  | { readonly kind: 'beginning' | 'unread'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | Mark
  | Turn

const QUARTER_HOUR_MS = 15 * 60 * 1000

/** Lays messages, already in their order, out as rows. */
export function rowsOf(
  messages: readonly Message[],
  { hasBeginning, firstUnread }: { readonly hasBeginning: boolean; readonly firstUnread?: EntryId | undefined },
): readonly Row[] {
  const rows: Row[] = hasBeginning ? [{ kind: 'beginning', key: 'beginning' }] : []
  let day = Number.NEGATIVE_INFINITY
  let lastMarked: Mark['way'] | undefined
  let run: { author: PeerId; startedAt: number; way: Way; messages: Message[] } | undefined

  const close = () => {
    if (run !== undefined) for (const row of turnsOf(run.messages, run.way)) rows.push(row)
    run = undefined
  }

  for (const message of messages) {
    // A clock that goes back does not open an earlier day again.
    const itsDay = startOfDay(message.writtenAt)
    if (itsDay > day) {
      close()
      day = itsDay
      rows.push({ kind: 'day', key: `day ${itsDay}`, at: message.writtenAt })
    }
    if (message.id === firstUnread) {
      close()
      rows.push({ kind: 'unread', key: 'unread' })
    }
    const mark = markOf(message)
    if (mark !== undefined && lastMarked !== undefined && mark.way !== lastMarked) {
      close()
      rows.push(mark)
    }
    lastMarked = mark?.way ?? lastMarked

    const way = wayOf(message)
    if (run?.author !== message.author || message.writtenAt - run.startedAt >= QUARTER_HOUR_MS) close()
    if (run === undefined) run = { author: message.author, startedAt: message.writtenAt, way, messages: [] }
    else if (isKnown(way) && !isKnown(run.way)) run.way = way
    run.messages.push(message)
  }
  close()
  return rows
}

const isKnown = (way: Way): boolean => way === 'direct' || way === 'relayed'

function turnsOf(messages: readonly Message[], way: Way): Turn[] {
  return messages.map((message, at) => ({ kind: 'turn', key: message.id, message, way, isOpening: at === 0 }))
}

/** Whether two rows look the same, so that one need not be drawn again. */
export function isSameRow(one: Row, other: Row): boolean {
  if (one.kind === 'turn')
    return (
      other.kind === 'turn' &&
      one.message === other.message &&
      one.way === other.way &&
      one.isOpening === other.isOpening
    )
  if (one.kind === 'mark') return other.kind === 'mark' && one.key === other.key && one.way === other.way
  return one.kind === other.kind && one.key === other.key
}

const wayOfLine: Readonly<Record<LineKind, Mark['way'] | undefined>> = {
  direct: 'direct',
  lan: 'lan',
  relayed: 'relayed',
  upgrading: 'relayed',
  none: undefined,
  unknown: undefined,
}

/** What was noted of the way a message took, to them or to me. */
const passageOf = ({ receipt, passage }: Message): Passage | undefined => receipt ?? passage

/** The way one message took. */
function wayOf(message: Message): Way {
  const passage = passageOf(message)
  const way = passage && wayOfLine[passage.line]
  if (way !== undefined) return way === 'relayed' ? 'relayed' : 'direct'
  return message.delivery === 'written' ? 'waiting' : 'unknown'
}

function markOf(message: Message): Mark | undefined {
  const { receipt } = message
  const passage = passageOf(message)
  const way = passage && wayOfLine[passage.line]
  if (way === undefined) return undefined
  return {
    kind: 'mark',
    key: `mark ${message.id}`,
    way,
    ...(passage?.transport === undefined ? {} : { transport: passage.transport }),
    ...(passage?.relay === undefined ? {} : { relay: passage.relay }),
    ...(receipt === undefined ? {} : { tripMs: receipt.acknowledgedMs }),
    at: receipt?.sentAt ?? message.arrivedAt,
  }
}

/** The row of a message; -1 when it is not there. */
export const rowIndexOf = (rows: readonly Row[], id: EntryId): number =>
  rows.findIndex((row) => row.kind === 'turn' && row.message.id === id)
