import type { EntryId } from '../../../../shared/domain/message.ts'
import type { StoredLog } from '../../../storage/tables/entries.ts'
import { createTimers } from '../clock.ts'
import { LOGS_MAX, type Stored } from '../log/log-book.ts'
import { keyText, type LogKey } from '../log/log-key.ts'
import { decodeFrame, type Frame, type Row } from './frames.ts'
import { createInbox, type Round } from './inbox.ts'
import { createOutbox } from './outbox.ts'
import { createPatience, createRewinds } from './patience.ts'
import { createRemote } from './remote.ts'
import { logsWith, newestOf, rowsOf, tipsText, vectorsOf } from './rows.ts'
import type { Session, SessionOptions } from './session-types.ts'
import { upTo } from './vector.ts'

const OPENING_TIMEOUT_MS = 10_000
const GOODBYE_TIMEOUT_MS = 5_000
const GOODBYE_CHECK_MS = 20
// In either direction. Each one is kept, logged and shown.
const REFUSALS_MAX = 64

/** Begins to speak on a stream that has just been opened by either side. */
export function startSession(options: SessionOptions): Session {
  const { self, peer, conversation, stream, turn, storage, book, clock, flights, events } = options
  const wanted = new Set<EntryId>()
  const refusedByThem = new Set<string>()
  const refusedByMe = new Set<string>()
  const reminded = new Set<string>()
  /** Tips of forked logs when last compared, so that the same fork is not sent twice. */
  const comparedForks = new Map<string, string>()
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
  let refusals = 0

  const inbox = createInbox({
    contact: peer,
    book,
    clock,
    from: stream,
    isMember: (author) => author === self || author === peer,
    isStopped: (log) => refusedByMe.has(keyText(log)) || options.refusalOf(log) !== undefined,
    storing,
    finished,
    failed,
  })
  const outbox = createOutbox({
    ...{ self, stream, storage, book, clock, flights, failed },
    ...{ rowsOf: myRows, sent: events.sent },
  })
  const stopListening = book.onStored(stored)

  function myRows(log: StoredLog): Row[] {
    return rowsOf(log, options.isTellingRead() && log.author !== self)
  }

  function greet(): void {
    outbox.say({ say: 'hello', turn })
    for (const frame of vectorsOf(book.of(conversation).flatMap(myRows))) outbox.say(frame)
    timers.later(OPENING_TIMEOUT_MS, () => {
      if (!isLive) abort(new Error('the other side did not say what it holds'))
    })
  }

  async function read(): Promise<void> {
    try {
      for await (const bytes of stream) {
        const frames = decodeFrame(bytes)
        if (!frames) throw violation('a frame was damaged')
        for (const frame of frames) await handle(frame)
        events.heard()
      }
      await stream.close()
    } catch (error) {
      return failed(error)
    }
    end('closed')
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
    // A failure has been told and is tried again with the next row; what I may write meanwhile is the writer's care.
    if (instance === options.instance() && remote.hasMore(key)) events.doubted().catch(() => {})
    const log = book.get(key)
    if (!log) return
    const cover = remote.cover(log)
    const read = Math.min(cover, Math.max(0, ...remote.rows(key).map((row) => row.read)))
    const receipts = flights.land(key, cover, clock.now())
    if (receipts.length > 0) events.progressed()
    events.told(key, { cover, read, receipts })
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

  async function refused({ log, seq, reason }: Extract<Frame, { say: 'refusal' }>): Promise<void> {
    countRefusal()
    if (log.conversation !== conversation || !book.get(log) || refusedByThem.has(keyText(log))) return
    refusedByThem.add(keyText(log))
    outbox.halt(log)
    await events.stopped(log, { seq, reason, isMine: false })
  }

  function countRefusal(): void {
    if (++refusals > REFUSALS_MAX) throw violation('too many refusals')
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
    if (from === stream) events.progressed()
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
  async function storing(entries: Stored['entries']): Promise<void> {
    // Every log costs memory here for ever: nobody gets more of them than databases they can have had.
    if (logsWith(entries, peer, book) > LOGS_MAX) throw violation('too many logs')
    const isMineAndNew = ({ entry }: Stored['entries'][number]) =>
      entry.author === self && entry.instance === options.instance() && entry.seq > (book.get(entry)?.tips[0].seq ?? 0)
    if (entries.some(isMineAndNew)) await events.doubted()
  }

  // Acknowledged means durable: this runs when the round is on disk.
  async function finished({ taken, gaps, refused: refusedNow }: Round): Promise<void> {
    outbox.tellRows([...taken.values()].map(({ log }) => log))
    const back = gaps.filter((log) => rewinds.isDue(keyText(log), book.get(log)?.tips[0].seq ?? 0))
    if (back.length > 0) outbox.tellRows(back, true)
    for (const { log, seq, reason } of refusedNow) {
      countRefusal()
      refusedByMe.add(keyText(log))
      reminded.add(keyText(log))
      await events.stopped(log, { seq, reason, isMine: true })
      outbox.say({ say: 'refusal', log, seq, reason })
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
    end(reason.message, reason)
  }

  function end(reason: string, error?: Error): void {
    if (isEnded) return
    isEnded = true
    stopListening()
    inbox.close()
    outbox.finish()
    timers.stop()
    events.ended({ reason, isHostile, ...(error ? { error } : {}) })
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
    sentUpTo: outbox.sentUpTo,
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
