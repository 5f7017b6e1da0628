import {
  compareOrder,
  type EntryId,
  type Message,
  type MessageBody,
  type MessageOrder,
} from '../../../../shared/domain/message.ts'
import type { Body } from '../log/body.ts'

/** An entry as folding sees it. */
export interface Foldable {
  readonly id: EntryId
  readonly order: MessageOrder
  readonly writtenAt: number
  readonly body: Body
}

/** What a message looks like after everything that changes it. */
export interface Folded {
  readonly body: MessageBody
  /** The entry whose text is shown: the message itself or its last edit. */
  readonly textFrom: EntryId
  readonly editedAt?: number
  readonly reactions: Message['reactions']
}

/**
 * Applies edits, deletions and reactions to a message. The same set of changes gives the same result in any order.
 * Edits and deletions count only from the author of the message; a deletion is final; of several edits, and of several
 * reactions of one person with one emoji, the last on screen order counts.
 */
export function fold(message: Foldable, changes: readonly Foldable[]): Folded {
  const { author } = message.order
  const sorted = changes.filter((change) => change.id !== message.id).sort(compareFoldable)
  const isDeleted = sorted.some(({ body, order }) => body.kind === 'delete' && order.author === author)
  if (isDeleted) return { body: { kind: 'deleted' }, textFrom: message.id, reactions: [] }
  const reactions = reactionsOf(sorted)
  if (message.body.kind !== 'text') return { body: { kind: 'unsupported' }, textFrom: message.id, reactions }
  const edit = sorted.findLast(({ body, order }) => body.kind === 'edit' && order.author === author)
  if (edit?.body.kind !== 'edit')
    return { body: { kind: 'text', text: message.body.text }, textFrom: message.id, reactions }
  return { body: { kind: 'text', text: edit.body.text }, textFrom: edit.id, editedAt: edit.writtenAt, reactions }
}

/** Screen order; the two sides of a fork that share a place are told apart by their ids. */
export function compareFoldable(a: Foldable, b: Foldable): number {
  return compareOrder(a.order, b.order) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Emojis by their first reaction, people by theirs. */
function reactionsOf(sorted: readonly Foldable[]): Message['reactions'] {
  const last = new Map<string, Foldable>()
  for (const change of sorted)
    if (change.body.kind === 'reaction') {
      const key = JSON.stringify([change.order.author, change.body.emoji])
      last.delete(key)
      last.set(key, change)
    }
  const authors = new Map<string, string[]>()
  for (const { body, order } of last.values())
    if (body.kind === 'reaction' && body.isOn)
      authors.set(body.emoji, [...(authors.get(body.emoji) ?? []), order.author])
  return [...authors].map(([emoji, people]) => ({ emoji, authors: people }))
}
