import { setTimeout as pause } from 'node:timers/promises'
import type { Message } from '../../../shared/domain/message.ts'
import { eventually } from '../../support/eventually.ts'
import type { Person } from '../stage/person.ts'
import { countNumbered, type NumberedCount, numberedText, numberIn, together } from './numbered.ts'

/** Two contacts and their conversation. Its id is the same at both ends. */
export interface Pair {
  readonly a: Person
  readonly b: Person
  readonly conversation: string
}

/** Texts that arrived in a conversation, each with the time it was first heard of (`performance.now()`). */
export interface Earshot {
  when(text: string): number | undefined
  stop(): void
}

/** Listens in a conversation at one end, as a page does that has it open. */
export function listen(person: Person, conversation: string): Earshot {
  const heard = new Map<string, number>()
  const stop = person.messenger.bridge.hear(conversation, ({ messages }) => {
    const at = performance.now()
    for (const { body, isMine } of messages)
      if (!isMine && body.kind === 'text' && !heard.has(keyOf(body.text))) heard.set(keyOf(body.text), at)
  })
  return { when: (text) => heard.get(keyOf(text)), stop }
}

// Texts of the lab differ at their beginning, and 16 KiB of each are not worth keeping.
const keyOf = (text: string): string => text.slice(0, 64)

/** Sends one message each way and resolves with the milliseconds until both had arrived. */
export async function exchange({ a, b, conversation }: Pair, text: string, withinMs: number): Promise<number> {
  const ears = [listen(a, conversation), listen(b, conversation)]
  const [fromA, fromB] = [`${text} of a`, `${text} of b`]
  const startedAt = performance.now()
  try {
    await Promise.all([
      a.do('message.send', { conversation, text: fromA }),
      b.do('message.send', { conversation, text: fromB }),
    ])
    const arrived = await eventually(
      () => {
        const [atA, atB] = [ears[0]?.when(fromB), ears[1]?.when(fromA)]
        return atA === undefined || atB === undefined ? undefined : { at: Math.max(atA, atB) }
      },
      { withinMs, what: `${text}: a message each way` },
    )
    return arrived.at - startedAt
  } finally {
    for (const ear of ears) ear.stop()
  }
}

/** Numbered messages that flow both ways until they are stopped. */
export interface Traffic {
  /** Ends it, waits for what is under way (for `lateMs`), and counts at both ends. */
  finish(): Promise<NumberedCount & { readonly sent: number; readonly lateMs: number }>
}

const EVERY_MS = 50
// What has not come by then counts as lost.
const ARRIVES_WITHIN_MS = 40_000

/** Starts 20 numbered messages a second in each direction. */
export function startTraffic({ a, b, conversation }: Pair, series: string): Traffic {
  const flows = [
    { from: a, to: b, name: `${series}>`, sent: 0, sending: [] as Promise<unknown>[] },
    { from: b, to: a, name: `${series}<`, sent: 0, sending: [] as Promise<unknown>[] },
  ]
  const failures: unknown[] = []
  const timer = setInterval(() => {
    for (const flow of flows) {
      const text = numberedText(flow.name, flow.sent++)
      flow.sending.push(flow.from.do('message.send', { conversation, text }).catch((error) => failures.push(error)))
    }
  }, EVERY_MS)
  return {
    async finish() {
      clearInterval(timer)
      await Promise.all(flows.flatMap(({ sending }) => sending))
      if (failures.length > 0) throw new Error('a message was not taken', { cause: failures[0] })
      const endedAt = performance.now()
      const counts = await Promise.all(
        flows.map(async ({ to, name, sent }) => {
          const arrived = await waitForNumbers(to, conversation, name, sent)
          return countNumbered(sent, arrived)
        }),
      )
      const sent = flows.reduce((sum, flow) => sum + flow.sent, 0)
      return { ...together(counts), sent, lateMs: performance.now() - endedAt }
    },
  }
}

/** The numbers of a series at its receiving end, in the order in which they were stored there. Waits for all, but not for ever. */
async function waitForNumbers(person: Person, conversation: string, series: string, sent: number): Promise<number[]> {
  const deadline = performance.now() + ARRIVES_WITHIN_MS
  for (;;) {
    const messages = await history(person, conversation)
    const numbers = [...messages]
      .sort((x, y) => x.arrival - y.arrival)
      .flatMap(({ body }) => (body.kind === 'text' ? [numberIn(series, body.text)] : []))
      .filter((number) => number !== undefined)
    if (new Set(numbers).size >= sent || performance.now() > deadline) return numbers
    await pause(200)
  }
}

/** A whole conversation, oldest first. */
export async function history(who: Person, conversation: string): Promise<Message[]> {
  const pages: Message[][] = []
  let page = await who.do('message.history', { conversation, limit: 200 })
  pages.unshift([...page.messages])
  while (page.before !== undefined) {
    page = await who.do('message.history', { conversation, limit: 200, before: page.before })
    pages.unshift([...page.messages])
  }
  return pages.flat()
}
