import { type Failure, failure } from '../../shared/contract/failures.ts'
import { type ViewName, viewNames } from '../../shared/contract/views.ts'
import { type Request, type Response, request } from '../../shared/contract/wire.ts'
import { err, type Result } from '../../shared/result.ts'
import type { Answer } from './answer.ts'
import { createBudget } from './budget.ts'
import type { ViewTables } from './views.ts'

/** What callers are served from: the three verbs of the contract. */
export interface Served {
  readonly answer: Answer
  readonly views: Pick<ViewTables, 'watch' | 'hear'>
}

/** The far end of one caller: a WebSocket, a pipe. */
export interface CallerLine {
  /** Carries one frame of text. */
  send(text: string): void
  /** Ends the connection because the other side does not speak the contract. */
  refuse(reason: string): void
}

export interface Caller {
  /** Takes one frame of text as it arrived. Never throws. */
  receive(text: string): void
  /** Ends every watch. Answers still under way are dropped. */
  close(): void
}

/** A page watches eleven views and hears one conversation; twice that for two pages behind one caller, and room. */
export const WATCHES_MAX = 64
/** A burst of a thousand messages is honest use; ten thousand calls a second are not. */
export const ASKS_BURST = 4000
const ASKS_PER_SECOND = 1000

/** Speaks shared/contract/wire.ts with one untrusted caller, whatever carries the frames. */
export function serve(served: Served, line: CallerLine, nowMs: () => number = () => performance.now()): Caller {
  const watches = new Map<number, () => void>()
  const asks = createBudget({ perSecond: ASKS_PER_SECOND, burst: ASKS_BURST, nowMs })
  let isClosed = false

  const reply = (response: Response) => {
    if (!isClosed) line.send(JSON.stringify(response))
  }
  const answerWith = (id: number, result: Result<unknown, Failure>) => reply({ did: 'answer', id, result })
  const stop = (id: number) => {
    watches.get(id)?.()
    watches.delete(id)
  }
  const begin = (id: number, start: () => () => void) => {
    stop(id)
    if (watches.size >= WATCHES_MAX) return answerWith(id, err(failure('too-many', { limit: WATCHES_MAX })))
    watches.set(id, start())
  }
  const act = (asked: Request) => {
    switch (asked.do) {
      case 'ask':
        if (!asks.take()) return answerWith(asked.id, err(failure('too-many')))
        // answer() never rejects: whatever happens inside is a Result.
        void served.answer(asked.name, asked.input).then((result) => answerWith(asked.id, result))
        return
      case 'watch': {
        const { id, name } = asked
        if (!isViewName(name)) return answerWith(id, err(failure('not-found', { view: name })))
        return begin(id, () => served.views.watch(name, (push) => reply({ did: 'push', id, name, push })))
      }
      case 'hear': {
        const { id, conversation } = asked
        return begin(id, () => served.views.hear(conversation, (change) => reply({ did: 'change', id, change })))
      }
      case 'stop':
        return stop(asked.id)
    }
  }

  return {
    receive(text) {
      if (isClosed) return
      const parsed = request.safeParse(parseJson(text))
      if (parsed.success) act(parsed.data)
      else line.refuse('That is not a frame of the contract.')
    },
    close() {
      isClosed = true
      for (const id of [...watches.keys()]) stop(id)
    },
  }
}

const isViewName = (name: string): name is ViewName => viewNames.some((other) => other === name)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
