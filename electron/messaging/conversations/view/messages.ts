import type { ConversationId, EntryId, Message } from '../../../../shared/domain/message.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { Shown, ShownEntry } from '../../../storage/tables/messages.ts'
import { decodeBody } from '../log/body.ts'
import { decodeEntry } from '../log/entry.ts'
import type { LogKey } from '../log/log-key.ts'
import { deliveryOf, passageFrom, type Reached, receiptOf } from './delivery.ts'
import { type Foldable, type Folded, fold } from './fold.ts'

/** How much of an answered message, or of the last one in the list of chats, is quoted, in characters. */
export const EXCERPT_MAX_CHARACTERS = 160

interface Options {
  readonly conversation: ConversationId
  readonly self: PeerId
  reached(log: LogKey): Reached
}

/** A message with the entry its text comes from. */
export interface FoldedMessage {
  readonly message: Message
  readonly textFrom: EntryId
}

/** Turns what was read from disk into messages, in the same order. */
export function toMessages(shown: Shown, { conversation, self, reached }: Options): readonly FoldedMessage[] {
  const changes = Map.groupBy(shown.changes, (change) => change.target)
  const receipts = new Map(shown.receipts.map((receipt) => [receipt.entry, receipt]))
  const answered = new Map(shown.answered.map((entry) => [entry.id, entry]))
  const foldedOf = (entry: ShownEntry): Folded => fold(foldable(entry), (changes.get(entry.id) ?? []).map(foldable))

  return shown.entries.map((entry) => {
    const { id, author, instance, seq, lamport, arrivedAt, arrival, isLate, replyTo } = entry
    const { body, textFrom, editedAt, reactions } = foldedOf(entry)
    const isMine = author === self
    const stored = receipts.get(id)
    const receipt = isMine && stored ? receiptOf(stored, arrivedAt) : undefined
    const passage = isMine || !entry.passage ? undefined : passageFrom(entry.passage)
    const target = replyTo === undefined ? undefined : answered.get(replyTo)
    const message: Message = {
      id,
      conversation,
      author,
      isMine,
      order: { lamport, author, instance, seq },
      writtenAt: foldable(entry).writtenAt,
      arrivedAt,
      arrival,
      body,
      ...(editedAt === undefined ? {} : { editedAt }),
      ...(replyTo === undefined || body.kind === 'deleted' ? {} : { inReplyTo: quote(replyTo, target, foldedOf) }),
      reactions,
      ...(isMine ? { delivery: deliveryOf(seq, reached({ conversation, author, instance })) } : {}),
      ...(receipt ? { receipt } : {}),
      ...(passage ? { passage } : {}),
      isLate,
    }
    return { message, textFrom }
  })
}

/** The beginning of a text, cut between what a person sees as characters. */
export function excerpt(text: string): string {
  if (text.length <= EXCERPT_MAX_CHARACTERS) return text
  let end = 0
  // A grapheme can be very long: the slice bounds the work.
  for (const { index, segment } of graphemes.segment(text.slice(0, 2 * EXCERPT_MAX_CHARACTERS))) {
    if (index + segment.length > EXCERPT_MAX_CHARACTERS) break
    end = index + segment.length
  }
  return `${text.slice(0, end).toWellFormed()}…`
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function quote(
  id: EntryId,
  target: ShownEntry | undefined,
  foldedOf: (entry: ShownEntry) => Folded,
): NonNullable<Message['inReplyTo']> {
  if (!target) return { id }
  if (target.isHidden) return { id, author: target.author, isHidden: true }
  const { body } = foldedOf(target)
  return { id, author: target.author, ...(body.kind === 'text' ? { text: excerpt(body.text) } : {}) }
}

function foldable({ id, author, instance, seq, lamport, bytes }: ShownEntry): Foldable {
  const entry = decodeEntry(bytes)
  const body = entry && decodeBody(entry.kind, entry.body)
  // Only what was judged is ever stored.
  if (!entry || !body || typeof body === 'string') throw new Error('a stored entry does not read back')
  return { id, order: { lamport, author, instance, seq }, writtenAt: entry.writtenAt, body }
}
