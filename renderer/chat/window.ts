import type { HistoryPage } from '../../shared/contract/commands.ts'
import type { MessagesChanged } from '../../shared/contract/events.ts'
import { compareOrder, type EntryId, type Message, type MessageOrder } from '../../shared/domain/message.ts'
import { merge } from './timeline.ts'

/** Where the log is to stand: at a message, where the unread begin, or at the newest. */
export type Place = { readonly at: 'message'; readonly id: EntryId } | { readonly at: 'unread' | 'newest' }

/** The stretch of a conversation that is held here: always without gaps, of bounded length, not always up to the present. */
export interface MessageWindow {
  readonly messages: readonly Message[]
  /** Continues towards the past; absent at the beginning of the conversation. */
  readonly before?: MessageOrder | undefined
  /** Continues towards the present; absent when the newest message is here. */
  readonly after?: MessageOrder | undefined
  readonly firstUnread?: EntryId | undefined
  /** What was typed and not sent, whole, when the page came. */
  readonly draft?: string | undefined
  /** Whether the last change was above the others: then the list keeps its place from the end. */
  readonly changedAt: 'start' | 'end'
  /** What made it longer last: where one reads follows from it. */
  readonly grewBy: 'older' | 'newer' | 'news'
  /** Grows when all messages were replaced at once: then nothing measured before counts. */
  readonly generation: number
  /** Where to go; another object means: go there now. */
  readonly place: Place
  /** Messages of others that arrived below while the window ends above the present. */
  readonly below: ReadonlySet<EntryId>
  /** The highest arrival seen anywhere, to tell what is new from what only changed. */
  readonly newestArrival: number
}

/** More than this is not held: what is far from where one reads goes and is fetched again. */
export const HELD_MOST = 600
const HELD_AFTER_TRIM = 480

const newest = (messages: readonly Message[], known: number): number =>
  messages.reduce((most, { arrival }) => Math.max(most, arrival), known)

/** A page takes the place of everything held. */
export function replaced(known: MessageWindow | undefined, page: HistoryPage, place: Place): MessageWindow {
  const { messages, before, after, firstUnread, draft } = page
  return {
    ...{ messages, before, after, firstUnread, place },
    draft: known === undefined ? draft : known.draft,
    changedAt: 'end',
    grewBy: 'newer',
    generation: (known?.generation ?? 0) + 1,
    below: after === undefined ? new Set() : (known?.below ?? new Set()),
    newestArrival: newest(messages, known?.newestArrival ?? 0),
  }
}

/** The newest page once more, as after a lost connection. Without a common message there may be a gap, so it starts anew. */
export function rejoined(known: MessageWindow, page: HistoryPage): MessageWindow {
  if (known.after !== undefined) return heard(known, { conversation: '', messages: page.messages })
  const ids = new Set(known.messages.map(({ id }) => id))
  if (page.before !== undefined && !page.messages.some(({ id }) => ids.has(id)))
    return replaced(known, page, { at: 'newest' })
  return {
    ...known,
    messages: merge(known.messages, page.messages),
    changedAt: 'end',
    grewBy: 'news',
    newestArrival: newest(page.messages, known.newestArrival),
  }
}

/** A page towards the past. */
export function withOlder(known: MessageWindow, { messages, before, firstUnread }: HistoryPage): MessageWindow {
  return {
    ...known,
    before,
    messages: merge(known.messages, messages),
    firstUnread: known.firstUnread ?? firstUnread,
    changedAt: 'start',
    grewBy: 'older',
  }
}

/** A page towards the present; at the present nothing is below any more. */
export function withNewer(known: MessageWindow, { messages, after }: HistoryPage): MessageWindow {
  return {
    ...known,
    after,
    messages: merge(known.messages, messages),
    changedAt: 'end',
    grewBy: 'newer',
    below: after === undefined ? new Set() : known.below,
    newestArrival: newest(messages, known.newestArrival),
  }
}

/** What is new or changed: inside the window it is shown, below it counted, elsewhere fetched when somebody goes there. */
export function heard(known: MessageWindow, { messages, gone = [] }: MessagesChanged): MessageWindow {
  const [first, last] = [known.messages[0], known.messages.at(-1)]
  const ids = new Set(known.messages.map(({ id }) => id))
  const below = new Set(known.below)
  const inside: Message[] = []
  for (const message of messages) {
    if (ids.has(message.id)) inside.push(message)
    else if (known.after !== undefined && (last === undefined || compareOrder(message.order, last.order) > 0)) {
      if (!message.isMine && message.arrival > known.newestArrival) below.add(message.id)
    } else if (known.before === undefined || first === undefined || compareOrder(message.order, first.order) > 0)
      inside.push(message)
  }
  for (const id of gone) below.delete(id)
  return {
    ...known,
    messages: without(merge(known.messages, inside), new Set(gone)),
    changedAt: 'end',
    grewBy: 'news',
    below,
    newestArrival: newest(messages, known.newestArrival),
  }
}

/** Takes messages away, and their words out of the answers to them. */
function without(messages: readonly Message[], gone: ReadonlySet<EntryId>): readonly Message[] {
  if (gone.size === 0) return messages
  return messages
    .filter(({ id }) => !gone.has(id))
    .map((message) => {
      const { inReplyTo } = message
      if (inReplyTo === undefined || !gone.has(inReplyTo.id)) return message
      const { text: _text, ...rest } = inReplyTo
      return { ...message, inReplyTo: { ...rest, isHidden: true as const } }
    })
}

/** Lets go of one end when too much is held. The two sides of a fork that share a place stay together. */
export function trimmed(known: MessageWindow, end: 'start' | 'end'): MessageWindow {
  const { messages } = known
  if (messages.length <= HELD_MOST) return known
  const sharesPlace = (at: number) => {
    const [one, other] = [messages[at - 1], messages[at]]
    return one !== undefined && other !== undefined && compareOrder(one.order, other.order) === 0
  }
  if (end === 'start') {
    let from = messages.length - HELD_AFTER_TRIM
    while (sharesPlace(from)) from--
    const kept = messages.slice(from)
    return from <= 0 ? known : { ...known, messages: kept, before: kept[0]?.order, changedAt: 'start' }
  }
  let to = HELD_AFTER_TRIM
  while (sharesPlace(to)) to++
  const kept = messages.slice(0, to)
  return to >= messages.length ? known : { ...known, messages: kept, after: kept.at(-1)?.order, changedAt: 'end' }
}
