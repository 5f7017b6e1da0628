import { createBudget } from '../../app/budget.ts'
import type { Caller, CallerLine } from '../../app/caller.ts'
import type { Log } from '../../app/log.ts'
import { isFrameTooLong, UNREAD_MAX_BYTES } from '../../program/frame-limits.ts'
import { logSeldom } from '../log-seldom.ts'

/** The callers of one window: one at a time, a new one for each document it shows. */
export interface Documents {
  /** Takes what arrived as one frame, whatever it is. Never throws. */
  receive(document: unknown, text: unknown): void
  /** Takes how much the document says it has read. */
  read(document: unknown, characters: unknown): void
  /** The document is gone: reloaded, crashed, closed. */
  gone(): void
}

export interface DocumentsOptions {
  readonly serve: (line: CallerLine) => Caller
  readonly send: (document: string, text: string) => void
  /** The document did not read and does again: it must start anew. */
  readonly reload: () => void
  readonly log: Log
  readonly nowMs?: () => number
}

/** Its name, chosen by the preload. */
const DOCUMENT_NAME = /^[\w-]{1,64}$/
// The contract's own budget (4,000 asks at once, 1,000 a second) belongs to a document; this one holds for all of a
// window's together, and is spent before anything is parsed.
const FRAMES = { perSecond: 4_000, burst: 20_000 }
// Reading a megabyte holds the messenger up for some milliseconds; people paste one now and then.
const CHARACTERS = { perSecond: 4 * 1024 * 1024, burst: 32 * 1024 * 1024 }
// Somebody who leans on the reload key makes thirty a second.
const DOCUMENTS = { perSecond: 2, burst: 60 }

export function createDocuments({ serve, send, reload, log, nowMs }: DocumentsOptions): Documents {
  const clock = nowMs === undefined ? {} : { nowMs }
  const frames = createBudget({ ...FRAMES, ...clock })
  const characters = createBudget({ ...CHARACTERS, ...clock })
  const documents = createBudget({ ...DOCUMENTS, ...clock })
  const dropped = logSeldom(log, 'frame of the window was dropped', nowMs)
  const foreign = logSeldom(log, 'frame of the window was not of the contract', nowMs)
  let current: { readonly name: string; readonly caller: Caller } | undefined
  // In UTF-16 units; the limit is one of memory, not of an exact figure.
  let unread = 0
  let stuck: string | undefined

  const gone = () => {
    current?.caller.close()
    current = undefined
    unread = 0
    stuck = undefined
  }

  const begin = (name: string): Caller => {
    gone()
    const caller = serve({
      send(text) {
        if (current?.name !== name) return
        unread += text.length
        if (unread <= UNREAD_MAX_BYTES) return send(name, text)
        log('window stopped reading')
        gone()
        stuck = name
      },
      // A window is not closed for one frame that is wrong: it would be a person's, and there is no other.
      refuse: foreign,
    })
    current = { name, caller }
    return caller
  }

  const awake = () => {
    stuck = undefined
    reload()
  }

  return {
    receive(document, text) {
      if (typeof text !== 'string' || typeof document !== 'string') return dropped()
      // Measured exactly only within the ration: that costs something too.
      if (!frames.take() || !characters.take(text.length) || isFrameTooLong(text)) return dropped()
      if (document === current?.name) return current.caller.receive(text)
      if (document === stuck) return awake()
      if (!DOCUMENT_NAME.test(document) || !documents.take()) return dropped()
      begin(document).receive(text)
    },
    read(document, read) {
      if (document === stuck && stuck !== undefined) return awake()
      if (document !== current?.name || typeof read !== 'number' || !(read > 0)) return
      unread = Math.max(0, unread - read)
    },
    gone,
  }
}
