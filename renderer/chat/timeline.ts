import { compareOrder, type Message } from '../../shared/domain/message.ts'

/** Puts new or changed messages among those known, each once and in the order all replicas share. */
export function merge(known: readonly Message[], news: readonly Message[]): readonly Message[] {
  if (news.length === 0) return known
  const byId = new Map(known.map((message) => [message.id, message]))
  let isSorted = true
  for (const message of news) {
    isSorted = isSorted && byId.has(message.id)
    byId.set(message.id, message)
  }
  const all = [...byId.values()]
  // A change of a known message keeps its place: only new ones can disturb the order.
  return isSorted ? all : all.sort((one, other) => compareOrder(one.order, other.order))
}

/** The message of others that arrived last, wherever it stands. */
export function lastArrived(messages: readonly Message[]): Message | undefined {
  let last: Message | undefined
  for (const message of messages) {
    if (!message.isMine && (last === undefined || message.arrival > last.arrival)) last = message
  }
  return last
}

/** The newest message of mine: the one whose delivery is shown. */
export const lastMine = (messages: readonly Message[]): Message | undefined =>
  messages.findLast((message) => message.isMine)
