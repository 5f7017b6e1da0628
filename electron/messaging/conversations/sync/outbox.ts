import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { FrameStream } from '../../../network/network.ts'
import type { Storage } from '../../../storage/database.ts'
import type { StoredLog, TravellingEntry } from '../../../storage/tables/entries.ts'
import type { Clock } from '../clock.ts'
import { NO_ENTRY } from '../log/entry.ts'
import { LOGS_MAX, type LogBook } from '../log/log-book.ts'
import { keyText, type LogKey } from '../log/log-key.ts'
import type { SoundEntry } from '../log/validity.ts'
import type { Flights } from './flights.ts'
import { encodeFrame, type Frame, type Row } from './frames.ts'
import { createFresh, type Leaving } from './fresh.ts'
import { type Cursor, upTo } from './vector.ts'

// Leaves room in a frame of 64 KiB for the log's name.
const BATCH_MAX_BYTES = 48 * 1024
// A row is at most 180 bytes.
const ROWS_MAX = 256
// The rows that open a stream are a few dozen frames. More means that the other side asks and does not read.
const SAID_MAX = 512

/** What one stream sends: answers first, then what the other side lacks, the log with least to send first. */
export interface Outbox {
  /** Sends a frame before any entries. */
  say(frame: Frame): void
  /** Tells the present rows of these logs. `isRewind`: what came after them was dropped. */
  tellRows(logs: readonly LogKey[], isRewind?: boolean): void
  /** Sends what comes after this place in a log, now and as it is written. */
  goOn(log: LogKey, from: Cursor): void
  /** The other side has this log up to here: it sent it. */
  skip(log: LogKey, seq: number): void
  /** These entries are new in these logs. */
  wake(logs: readonly StoredLog[], entries: readonly SoundEntry[]): void
  /** Sends no more of this log. */
  halt(log: LogKey): void
  /** Sends no more entries at all, answers still. */
  finish(): void
  /** How far a log of mine was handed to the connection; 0 = not at all. */
  sentUpTo(log: LogKey): number
  /** Has everything that was said left? */
  readonly isIdle: boolean
}

interface Options {
  readonly self: PeerId
  readonly stream: FrameStream
  readonly storage: Pick<Storage, 'request'>
  readonly book: LogBook
  readonly clock: Clock
  readonly flights: Flights
  rowsOf(log: StoredLog): readonly Row[]
  /** Entries of mine were handed to the connection. */
  sent(log: LogKey): void
  failed(error: unknown): void
}

/** Makes the outbox of one stream. Only one frame is on its way to the transport at a time. */
export function createOutbox(options: Options): Outbox {
  const { self, stream, storage, book, clock, flights, rowsOf, sent, failed } = options
  const said: Frame[] = []
  const changedRows = new Map<string, LogKey>()
  const rewoundRows = new Map<string, LogKey>()
  const cursors = new Map<string, Cursor>()
  const fresh = createFresh()
  const dirty = new Map<string, LogKey>()
  const sentSeqs = new Map<string, number>()
  let isWorking = false
  let isFinished = false

  const wakeUp = () => {
    if (!isWorking) void work()
  }

  async function work(): Promise<void> {
    isWorking = true
    try {
      for (;;) {
        const frame = nextAnswer()
        const log = isFinished ? undefined : shortest()
        if (frame) await stream.send(encodeFrame(frame))
        else if (log) await sendEntries(log)
        // Nothing may be awaited between finding nothing to do and saying so.
        else return
      }
    } catch (error) {
      failed(error)
    } finally {
      isWorking = false
    }
  }

  function nextAnswer(): Frame | undefined {
    const frame = said.shift()
    if (frame) return frame
    const rows = takeRows(rewoundRows, nothingOf)
    if (rows.length > 0) return { say: 'vector', rows, isComplete: false, isRewind: true }
    const changed = takeRows(changedRows, () => [])
    if (changed.length > 0) return { say: 'vector', rows: changed, isComplete: false, isRewind: false }
    return undefined
  }

  function takeRows(logs: Map<string, LogKey>, ofUnknown: (log: LogKey) => Row[]): Row[] {
    const rows: Row[] = []
    for (const [name, key] of logs) {
      if (rows.length >= ROWS_MAX) break
      logs.delete(name)
      const log = book.get(key)
      rows.push(...(log ? rowsOf(log) : ofUnknown(key)))
    }
    return rows
  }

  async function sendEntries(log: LogKey): Promise<void> {
    const name = keyText(log)
    const cursor = cursors.get(name)
    dirty.delete(name)
    if (!cursor) return
    const entries = await entriesAfter(log, cursor)
    const [first] = entries
    const last = entries.at(-1)
    // While the database was asked, the other side may have asked to go on elsewhere.
    if (!first || !last || cursors.get(name) !== cursor || isFinished) {
      if (cursors.get(name) !== cursor && cursors.has(name)) dirty.set(name, log)
      return
    }
    cursors.set(name, 'arrival' in last ? { seq: last.seq, arrival: last.arrival } : upTo(last.seq))
    const now = book.get(log)
    if (now && (now.forkSeq !== undefined || last.seq < now.tips[0].seq)) dirty.set(name, log)
    const isMine = log.author === self
    // Of what others wrote, nobody asks how it went on from here.
    if (isMine) {
      const [ids, path, sentAt] = [entries.map(({ id }) => id), stream.path(), clock.now()]
      flights.depart({ stream, log: logKeyOf(log), fromSeq: first.seq, toSeq: last.seq, ids, path, sentAt })
      sentSeqs.set(name, Math.max(last.seq, sentSeqs.get(name) ?? 0))
    }
    await stream.send(encodeFrame({ say: 'entries', log, entries }))
    if (isMine) sent(log)
  }

  async function entriesAfter(log: LogKey, cursor: Cursor): Promise<readonly (Leaving | TravellingEntry)[]> {
    // Of a forked log the order of arrival counts, which only the disk knows.
    const isForked = book.get(log)?.forkSeq !== undefined
    const inMemory = isForked ? [] : fresh.after(log, cursor.seq, BATCH_MAX_BYTES)
    if (inMemory.length > 0) return inMemory
    return storage.request('entries.after', { ...logKeyOf(log), ...cursor, maxBytes: BATCH_MAX_BYTES })
  }

  function shortest(): LogKey | undefined {
    let best: { readonly log: LogKey; readonly left: number } | undefined
    for (const [name, log] of dirty) {
      const left = (book.get(log)?.tips[0].seq ?? 0) - (cursors.get(name)?.seq ?? 0)
      if (!best || left < best.left) best = { log, left }
    }
    return best?.log
  }

  return {
    say(frame) {
      // Nobody waits for a typing notice that is late.
      if (frame.say === 'typing' && said.length > 0) return
      if (said.length >= SAID_MAX) return failed(new Error('the other side does not take its answers'))
      said.push(frame)
      wakeUp()
    },
    tellRows(logs, isRewind = false) {
      const rows = isRewind ? rewoundRows : changedRows
      for (const log of logs) rows.set(keyText(log), logKeyOf(log))
      if (rows.size > 2 * LOGS_MAX) return failed(new Error('the other side does not take its answers'))
      wakeUp()
    },
    goOn(log, from) {
      cursors.set(keyText(log), from)
      // What comes after that is sent again, and counted again.
      flights.turnBack(stream, log, from.seq)
      dirty.set(keyText(log), logKeyOf(log))
      wakeUp()
    },
    skip(log, seq) {
      const cursor = cursors.get(keyText(log))
      if (!cursor || cursor.seq < seq) cursors.set(keyText(log), upTo(seq))
    },
    wake(logs, entries) {
      fresh.add(entries)
      for (const log of logs) {
        const cursor = cursors.get(keyText(log))
        if (cursor && (log.forkSeq !== undefined || cursor.seq < log.tips[0].seq))
          dirty.set(keyText(log), logKeyOf(log))
      }
      if (dirty.size > 0) wakeUp()
    },
    halt(log) {
      cursors.delete(keyText(log))
      dirty.delete(keyText(log))
    },
    finish() {
      isFinished = true
      dirty.clear()
      fresh.clear()
    },
    sentUpTo: (log) => sentSeqs.get(keyText(log)) ?? 0,
    get isIdle() {
      return !isWorking && said.length === 0 && changedRows.size === 0 && rewoundRows.size === 0
    },
  }
}

/** Of a log that is not held at all, one can only be told to go back to its beginning. */
const nothingOf = (log: LogKey): Row[] => [{ log, seq: 0, head: NO_ENTRY, read: 0 }]
const logKeyOf = ({ conversation, author, instance }: LogKey): LogKey => ({ conversation, author, instance })
