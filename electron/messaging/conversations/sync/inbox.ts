import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { RefusalReason } from '../../../../shared/domain/refusal.ts'
import type { FrameStream } from '../../../network/network.ts'
import type { Clock } from '../clock.ts'
import { NO_ENTRY, type SignedEntry } from '../log/entry.ts'
import type { LogBook } from '../log/log-book.ts'
import { keyText, type LogKey } from '../log/log-key.ts'
import { judgeEntry, judgePlace, type Parent, type SoundEntry } from '../log/validity.ts'
import { passageOf } from './passage.ts'

// What one stream brings in: judged in small steps, stored in one transaction, then answered. The reader of the stream
// goes on meanwhile until the inbox is full, so that slow commits are shared by what has come in since the last one.

const ROUND_MAX_ENTRIES = 256
const FULL_ENTRIES = 1024
const FULL_BYTES = 2 * 1024 * 1024
// A signature takes about 0.1 ms to verify.
const CHECKED_AT_ONCE = 16

/** What became of the entries of one round, by log. */
export interface Round {
  /** Stored, or held before: to be acknowledged. */
  readonly taken: ReadonlyMap<string, { readonly log: LogKey; readonly seq: number }>
  /** The entry before one of these is not held. */
  readonly gaps: readonly LogKey[]
  readonly refused: readonly { readonly log: LogKey; readonly seq: number; readonly reason: RefusalReason }[]
}

interface Options {
  readonly contact: PeerId
  readonly book: LogBook
  readonly clock: Clock
  /** The stream, so that what it brought is not sent back, and the way it goes is kept with that. */
  readonly from: Pick<FrameStream, 'path'>
  isMember(author: PeerId): boolean
  isStopped(log: LogKey): boolean
  /** Called with what fits, before it is stored; what it throws ends the round, with nothing of it stored. */
  storing(entries: readonly SoundEntry[]): Promise<void>
  /** Called when a round is durable, before the next begins. */
  finished(round: Round): Promise<void>
  /** Storing failed: nothing of this round is acknowledged. */
  failed(error: unknown): void
}

export interface Inbox {
  /** Takes entries of one log. Resolves when there is room for more. */
  add(log: LogKey, entries: readonly SignedEntry[]): Promise<void>
  readonly isEmpty: boolean
  /** Forgets what waits. */
  close(): void
}

/** Makes the inbox of one stream. */
export function createInbox(options: Options): Inbox {
  const { contact, book, clock, from, isMember, isStopped, storing, finished, failed } = options
  let waiting: { readonly log: LogKey; readonly signed: SignedEntry }[] = []
  let waitingBytes = 0
  let isWorking = false
  let isClosed = false
  let roomAgain: (() => void)[] = []

  const isFull = () => waiting.length >= FULL_ENTRIES || waitingBytes >= FULL_BYTES

  async function work(): Promise<void> {
    isWorking = true
    try {
      while (waiting.length > 0 && !isClosed) {
        const round = waiting.splice(0, ROUND_MAX_ENTRIES)
        for (const { signed } of round) waitingBytes -= signed.bytes.length
        if (!isFull()) for (const resolve of roomAgain.splice(0)) resolve()
        await finished(await take(round))
      }
    } catch (error) {
      failed(error)
    } finally {
      isWorking = false
      for (const resolve of roomAgain.splice(0)) resolve()
    }
  }

  async function take(round: readonly { readonly log: LogKey; readonly signed: SignedEntry }[]): Promise<Round> {
    const refused = new Map<string, Round['refused'][number]>()
    const sound: SoundEntry[] = []
    let checked = 0
    for (const { log, signed } of round) {
      if (isStopped(log) || refused.has(keyText(log))) continue
      if (++checked % CHECKED_AT_ONCE === 0) await clock.breathe()
      const verdict = judgeEntry(signed, log, isMember)
      if (typeof verdict === 'string') {
        const seq = (book.get(log)?.tips[0].seq ?? 0) + 1
        refused.set(keyText(log), { log, seq, reason: verdict })
      } else sound.push(verdict)
    }
    return placed(sound, refused)
  }

  async function placed(sound: readonly SoundEntry[], refused: Map<string, Round['refused'][number]>): Promise<Round> {
    const parents = await parentsOf(sound)
    const fitting: SoundEntry[] = []
    const gaps = new Map<string, LogKey>()
    const misplaced = new Set<string>()
    for (const one of sound) {
      const log = logOf(one)
      // What follows a refused entry would only look like a gap.
      if (misplaced.has(keyText(log))) continue
      const verdict = judgePlace(one, parents.get(one.entry.previous))
      if (verdict === 'gap') gaps.set(keyText(log), log)
      else if (verdict !== 'fits') {
        misplaced.add(keyText(log))
        refused.set(keyText(log), { log, seq: one.entry.seq, reason: verdict })
      } else {
        fitting.push(one)
        parents.set(one.id, { id: one.id, log, seq: one.entry.seq, lamport: one.entry.lamport })
      }
    }
    await storing(fitting)
    const passage = passageOf(from.path())
    const outcomes = await book.store({
      ...{ contact, entries: fitting, at: clock.now(), isOwn: false, from },
      ...(passage ? { passage } : {}),
    })
    const taken = new Map<string, { readonly log: LogKey; readonly seq: number }>()
    for (const [index, one] of fitting.entries()) {
      const log = logOf(one)
      const name = keyText(log)
      if (outcomes[index] === 'gap') gaps.set(name, log)
      else taken.set(name, { log, seq: Math.max(one.entry.seq, taken.get(name)?.seq ?? 0) })
    }
    return { taken, gaps: [...gaps.values()], refused: [...refused.values()] }
  }

  /** The entries that these name as the one before: mostly the end of the log in memory, or one of this round. */
  async function parentsOf(sound: readonly SoundEntry[]): Promise<Map<string, Parent>> {
    const parents = new Map<string, Parent>()
    for (const log of new Map(sound.map((one) => [keyText(one.entry), logOf(one)])).values())
      for (const { head, seq, lamport } of book.get(log)?.tips ?? []) parents.set(head, { id: head, log, seq, lamport })
    const here = new Set(sound.map((one) => one.id))
    const missing = new Set(
      sound.map((one) => one.entry.previous).filter((id) => id !== NO_ENTRY && !parents.has(id) && !here.has(id)),
    )
    for (const parent of await book.parents([...missing])) parents.set(parent.id, parent)
    return parents
  }

  return {
    async add(log, entries) {
      if (isClosed) return
      for (const signed of entries) {
        waiting.push({ log, signed })
        waitingBytes += signed.bytes.length
      }
      if (!isWorking) void work()
      if (isFull()) await new Promise<void>((resolve) => roomAgain.push(resolve))
    },
    get isEmpty() {
      return waiting.length === 0 && !isWorking
    },
    close() {
      isClosed = true
      waiting = []
      waitingBytes = 0
      for (const resolve of roomAgain.splice(0)) resolve()
      roomAgain = []
    },
  }
}

function logOf({ entry: { conversation, author, instance } }: SoundEntry): LogKey {
  return { conversation, author, instance }
}
