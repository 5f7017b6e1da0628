import type { EntryId } from '../../../../shared/domain/message.ts'
import type { StoredLog } from '../../../storage/tables/entries.ts'
import { createTimers } from '../clock.ts'
import type { Stored } from '../log/log-book.ts'
import { keyText, type LogKey } from '../log/log-key.ts'
import { createFlights } from './flights.ts'
import { decodeFrame, type Frame, type Row } from './frames.ts'
import { createInbox, type Round } from './inbox.ts'
import { createOutbox } from './outbox.ts'
import { createPatience, createRewinds } from './patience.ts'
import { createRemote } from './remote.ts'
import type { Session, SessionOptions } from './session-types.ts'
import { upTo } from './vector.ts'

const OPENING_TIMEOUT_MS = 10_000
const GOODBYE_TIMEOUT_MS = 5_000
const GOODBYE_CHECK_MS = 20
// A row is at most 180 bytes.
const ROWS_MAX = 256

/** Begins to speak on a stream that has just been opened by either side. */
export function startSession(options: SessionOptions): Session {
  const { self, peer, conversation, stream, turn, storage, book, clock, events } = options
  const wanted = new Set<EntryId>()
  const refusedByThem = new Set<string>()
  const reminded = new Set<string>()
  /** Tips of forked logs when last compared, so that the same fork is not sent twice. */
  const comparedForks = new Map<string, string>()
  const flights = createFlights()
  const remote = createRemote(conversation, book, flights)
  const patience = createPatience(clock)
  const rewinds = createRewinds(clock)
  const timers = createTimers(clock)
  let remoteTurn: number | undefined
  let isLive = false
  let isLeaving = false
  let hasSaidDone = false
  let isEnded = false
  let isHostile = false

  const inbox = createInbox({
    contact: peer,
    book,
    clock,
    from: stream,
    isMember: (author) => author === self || author === peer,
    isStopped: (log) => options.refusalOf(log) !== undefined,
    storing,
    finished,
    failed,
  })
  const outbox = createOutbox({ stream, storage, book, clock, flights, rowsOf, sent: events.sent, failed })
  const stopListening = book.onStored(stored)

  function rowsOf(log: StoredLog): Row[] {
    const { author, instance } = log
    const read = options.isTellingRead() && author !== self ? log.read : 0
    return log.tips.map(({ seq, head }) => ({
      log: { conversation, author, instance },
      seq,
      head,
      read: Math.min(read, seq),
    }))
  }

  function greet(): void {
    outbox.say({ say: 'hello', turn })
    const rows = book.of(conversation).flatMap(rowsOf)
    for (let at = 0; ; at += ROWS_MAX) {
      const isComplete = at + ROWS_MAX >= rows.length
      outbox.say({ say: 'vector', rows: rows.slice(at, at + ROWS_MAX), isComplete, isRewind: false })
      if (isComplete) break
    }
    timers.later(OPENING_TIMEOUT_MS, () => {
      if (!isLive) abort(new Error('the other side did not say what it holds'))
    })
  }

  async function read(): Promise<void> {
    let reason = 'closed'
    try {
      for await (const bytes of stream) {
        const frames = decodeFrame(bytes)
        if (!frames) throw violation('a frame was damaged')
        for (const frame of frames) await handle(frame)
        events.heard()
      }
      await stream.close()
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error)
      stream.abort(error instanceof Error ? error : new Error(reason))
    }
    end(reason)
  }

  function violation(what: string): Error {
    isHostile = true
    return new Error(what)
  }

  async function handle(frame: Frame): Promise<void> {
    if (frame.say === 'hello') {
      remoteTurn ??= frame.turn
      return
    }
    if (remoteTurn === undefined) throw violation('the other side did not greet')
    switch (frame.say) {
      case 'vector':
        return vector(frame)
      case 'entries':
        if (frame.log.conversation !== conversation) throw violation('entries of a conversation that is not shared')
        remindOfRefusal(frame.log)
        return inbox.add(frame.log, frame.entries)
      case 'refusal':
        return refused(frame)
      case 'want':
        return want(frame)
      case 'typing':
        if (frame.conversation === conversation) events.typing()
        return
      case 'done':
        leave()
        hasSaidDone = true
    }
  }

  // Step 1 and 2: what the other side holds, when the stream opens and whenever it has stored more.
  async function vector(frame: Extract<Frame, { say: 'vector' }>): Promise<void> {
    const logs = await remote.learn(frame.rows)
    if (!logs) throw violation('too many logs')
    for (const log of logs) acknowledged(log)
    if (frame.isRewind) {
      if (!patience.costs()) throw violation('asked to go back too often')
      for (const key of logs) {
        const log = book.get(key)
        if (log) compare(log)
      }
    }
    if (frame.isComplete && !isLive) {
      isLive = true
      for (const log of book.of(conversation)) {
        if (!remote.knows(log)) remote.setEmpty(log)
        compare(log)
      }
      events.live()
    }
  }

  function acknowledged({ author, instance }: LogKey): void {
    const key = { conversation, author, instance }
    if (author !== self) return
    if (instance === options.instance() && remote.hasMore(key)) events.doubted()
    const log = book.get(key)
    if (!log) return
    const cover = remote.cover(log)
    const read = Math.min(cover, Math.max(0, ...remote.rows(key).map((row) => row.read)))
    events.told(key, { cover, read, receipts: flights.land(key, cover, clock.now()) })
  }

  /** Works out what the other side lacks of a log, and sends that. */
  function compare(log: StoredLog): void {
    const name = keyText(log)
    if (refusedByThem.has(name) || isEnded) return
    if (log.forkSeq !== undefined) comparedForks.set(name, tipsText(log))
    const lack = remote.lack(log)
    if (lack.kind === 'after') outbox.goOn(log, lack.cursor)
    else if (lack.kind === 'nothing') outbox.skip(log, log.tips[0].seq)
    else if (!wanted.has(lack.head)) {
      wanted.add(lack.head)
      void ask(log, lack.head).catch(failed)
    }
  }

  async function ask(log: StoredLog, head: EntryId): Promise<void> {
    const { author, instance } = log
    const known = await storage.request('entries.locator', { conversation, author, instance, seq: log.tips[0].seq })
    outbox.say({ say: 'want', log: { conversation, author, instance }, head, known })
  }

  async function want({ log, known }: Extract<Frame, { say: 'want' }>): Promise<void> {
    if (!patience.costs()) throw violation('asked for branches too often')
    if (!book.get(log) || log.conversation !== conversation) return
    const places = (await book.parents(known)).filter((place) => keyText(place.log) === keyText(log))
    outbox.goOn(log, upTo(Math.max(0, ...places.map((place) => place.seq))))
  }

  function refused({ log, seq, reason }: Extract<Frame, { say: 'refusal' }>): void {
    if (log.conversation !== conversation || !book.get(log)) return
    refusedByThem.add(keyText(log))
    outbox.halt(log)
    events.stopped(log, { seq, reason, isMine: false })
  }

  /** They may have forgotten, or be another program by now: they learn once per stream why nothing is taken. */
  function remindOfRefusal(log: LogKey): void {
    const refusal = options.refusalOf(log)
    if (!refusal || reminded.has(keyText(log))) return
    reminded.add(keyText(log))
    outbox.say({ say: 'refusal', log, ...refusal })
  }

  // Step 2: something was stored, by this stream or from elsewhere.
  function stored({ conversation: where, entries, logs, from }: Stored): void {
    if (where !== conversation || isEnded) return
    const ids = new Set(entries.map(({ id }) => id))
    for (const log of logs) {
      // Entries of mine came back to me: that the other side holds them can be told only now.
      if (remote.took(log, ids)) acknowledged(log)
      const isForkNews = log.forkSeq !== undefined && comparedForks.get(keyText(log)) !== tipsText(log)
      if (from === stream && log.forkSeq === undefined) outbox.skip(log, newestOf(log, entries))
      else if (isLive && (isForkNews || !remote.knows(log))) {
        if (!remote.knows(log)) remote.setEmpty(log)
        compare(log)
      }
    }
    if (isLive && !isLeaving) outbox.wake(logs, from === stream ? [] : entries)
  }

  /** Entries of mine that I do not hold, with my signature: the proof. Said first, so that a crash cannot come in between. */
  function storing(entries: Stored['entries']): void {
    const isMineAndNew = ({ entry }: Stored['entries'][number]) =>
      entry.author === self && entry.instance === options.instance() && entry.seq > (book.get(entry)?.tips[0].seq ?? 0)
    if (entries.some(isMineAndNew)) events.doubted()
  }

  // Acknowledged means durable: this runs when the round is on disk.
  async function finished({ taken, gaps, refused: refusals }: Round): Promise<void> {
    outbox.tellRows([...taken.values()].map(({ log }) => log))
    const back = gaps.filter((log) => rewinds.isDue(keyText(log), book.get(log)?.tips[0].seq ?? 0))
    if (back.length > 0) outbox.tellRows(back, true)
    for (const { log, seq, reason } of refusals) {
      reminded.add(keyText(log))
      outbox.say({ say: 'refusal', log, seq, reason })
      events.stopped(log, { seq, reason, isMine: true })
    }
  }

  function leave(): void {
    if (isLeaving || isEnded) return
    isLeaving = true
    outbox.finish()
    outbox.say({ say: 'done' })
    timers.later(GOODBYE_TIMEOUT_MS, () => abort(new Error('the other side did not say goodbye')))
    const close = () => {
      if (hasSaidDone && inbox.isEmpty && outbox.isIdle) void stream.close().catch(failed)
      else timers.later(GOODBYE_CHECK_MS, close)
    }
    timers.later(GOODBYE_CHECK_MS, close)
  }

  function failed(error: unknown): void {
    abort(error instanceof Error ? error : new Error(String(error)))
  }

  function abort(reason: Error): void {
    stream.abort(reason)
    end(reason.message)
  }

  function end(reason: string): void {
    if (isEnded) return
    isEnded = true
    stopListening()
    inbox.close()
    outbox.finish()
    timers.stop()
    events.ended({ reason, isHostile })
  }

  greet()
  void read()

  return {
    stream,
    get isLive() {
      return isLive && !isEnded
    },
    get isLeaving() {
      return isLeaving || isEnded
    },
    get turn() {
      return self > peer ? turn : remoteTurn
    },
    sentUpTo: flights.sentUpTo,
    tellRead(logs) {
      if (isLive && !isEnded) outbox.tellRows(logs)
    },
    sayTyping() {
      if (isLive && !isLeaving) outbox.say({ say: 'typing', conversation })
    },
    leave,
    abort,
  }
}

const newestOf = (log: LogKey, entries: Stored['entries']): number =>
  Math.max(0, ...entries.map(({ entry }) => (keyText(entry) === keyText(log) ? entry.seq : 0)))
const tipsText = (log: StoredLog): string => log.tips.map((tip) => tip.head).join(' ')
