import type { CommandInput, CommandName, CommandOutput } from '../../../shared/contract/commands.ts'
import { type Failure, failure } from '../../../shared/contract/failures.ts'
import { DRAFT_MAX_BYTES, TEXT_MAX_BYTES } from '../../../shared/domain/limits.ts'
import type { ConversationId, EntryId, Message } from '../../../shared/domain/message.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Storage } from '../../storage/database.ts'
import { StorageError } from '../../storage/failure.ts'
import type { Shown } from '../../storage/tables/messages.ts'
import { isPeerId } from '../wire/peer-id.ts'
import type { Clock } from './clock.ts'
import { type Body, EMOJI_MAX_BYTES } from './log/body.ts'
import { directConversationId } from './log/conversation-id.ts'
import type { LogBook } from './log/log-book.ts'
import { LogFullError, type Writer } from './log/writer.ts'
import { type ConversationPeople, mayWriteTo } from './people.ts'
import { search } from './search.ts'
import type { ChatList } from './view/chat-list.ts'
import type { Hearers } from './view/hearers.ts'
import type { FoldedMessage } from './view/messages.ts'

const TYPING_EVERY_MS = 2_500

type Answer<Name extends CommandName> = Promise<Result<CommandOutput<Name>, Failure>>

/** The commands `conversation.*` and `message.*` of the contract, under the second half of their names. */
export interface ConversationCommands {
  open(input: CommandInput<'conversation.open'>): Answer<'conversation.open'>
  /** Everything that had arrived here up to and including this message is read. */
  read(input: CommandInput<'conversation.read'>): Answer<'conversation.read'>
  draft(input: CommandInput<'conversation.draft'>): Answer<'conversation.draft'>
  typing(input: CommandInput<'conversation.typing'>): Answer<'conversation.typing'>
  /** Answers when the message is durable. */
  send(input: CommandInput<'message.send'>): Answer<'message.send'>
  edit(input: CommandInput<'message.edit'>): Answer<'message.edit'>
  delete(input: CommandInput<'message.delete'>): Answer<'message.delete'>
  /** Takes a message off this screen only. */
  hide(input: CommandInput<'message.hide'>): Answer<'message.hide'>
  react(input: CommandInput<'message.react'>): Answer<'message.react'>
  history(input: CommandInput<'message.history'>): Answer<'message.history'>
  search(input: CommandInput<'message.search'>): Answer<'message.search'>
}

interface Options {
  readonly storage: Pick<Storage, 'request'>
  readonly self: PeerId
  readonly clock: Clock
  readonly people: ConversationPeople
  readonly book: LogBook
  readonly writer: Writer
  readonly chats: ChatList
  readonly hearers: Pick<Hearers, 'hidden'>
  toMessages(conversation: ConversationId, shown: Shown): readonly FoldedMessage[]
  tellRead(conversation: ConversationId): void
  sayTyping(contact: PeerId): void
}

/** Makes the commands. */
export function createCommands(options: Options): ConversationCommands {
  const { storage, self, clock, people, book, writer, chats, hearers, toMessages, tellRead, sayTyping } = options
  const typedAt = new Map<ConversationId, number>()

  async function write(conversation: ConversationId, body: Body): Promise<Result<{ message: EntryId }, Failure>> {
    const contact = chats.contactOf(conversation)
    if (contact === undefined) return err(failure('not-found'))
    if (!mayWriteTo(people, contact)) return err(failure('not-allowed'))
    return orFailure(async () => ok({ message: await writer.write(conversation, contact, body) }))
  }

  async function find(conversation: ConversationId, id: EntryId): Promise<Message | undefined> {
    const shown = await storage.request('messages.byId', [id])
    const entry = shown.entries[0]
    const isHere = entry && book.get({ conversation, author: entry.author, instance: entry.instance })
    return isHere ? toMessages(conversation, shown)[0]?.message : undefined
  }

  async function change(
    conversation: ConversationId,
    id: EntryId,
    body: Body,
    isAllowed: (message: Message) => boolean,
  ): Promise<Result<null, Failure>> {
    const message = await find(conversation, id)
    if (!message) return err(failure('not-found'))
    if (!isAllowed(message)) return err(failure('not-allowed'))
    const written = await write(conversation, body)
    return written.ok ? ok(null) : written
  }

  return {
    async open({ contact }) {
      if (!isPeerId(contact) || contact === self) return err(failure('not-found'))
      const id = directConversationId(self, contact)
      if (!chats.contactOf(id) && !mayWriteTo(people, contact)) return err(failure('not-found'))
      return orFailure(async () => {
        await storage.request('conversations.open', { id, contact, at: clock.now() })
        chats.add({ id, contact, isOpened: true })
        await chats.changed(id)
        return ok({ conversation: id })
      })
    },
    read: ({ conversation, upTo }) =>
      orFailure(async () => {
        const rows = await storage.request('conversations.markRead', { id: conversation, upTo })
        if (!rows) return ok(null)
        book.setRead(conversation, rows)
        tellRead(conversation)
        await chats.changed(conversation)
        return ok(null)
      }),
    async draft({ conversation, text }) {
      const tooLong = checkLength(text, DRAFT_MAX_BYTES)
      if (tooLong) return err(tooLong)
      if (chats.contactOf(conversation) === undefined) return err(failure('not-found'))
      return orFailure(async () => {
        await storage.request('conversations.setDraft', { id: conversation, draft: text })
        chats.setDraft(conversation, text)
        return ok(null)
      })
    },
    async typing({ conversation }) {
      const contact = chats.contactOf(conversation)
      if (contact === undefined) return err(failure('not-found'))
      const now = clock.now()
      if (Math.abs(now - (typedAt.get(conversation) ?? -TYPING_EVERY_MS)) < TYPING_EVERY_MS) return ok(null)
      typedAt.set(conversation, now)
      sayTyping(contact)
      return ok(null)
    },
    async send({ conversation, text, inReplyTo }) {
      const problem = checkText(text)
      if (problem) return err(problem)
      if (inReplyTo !== undefined && !(await find(conversation, inReplyTo))) return err(failure('not-found'))
      typedAt.delete(conversation)
      return write(conversation, { kind: 'text', text, ...(inReplyTo === undefined ? {} : { inReplyTo }) })
    },
    async edit({ conversation, message, text }) {
      const problem = checkText(text)
      if (problem) return err(problem)
      const isAllowed = ({ isMine, body }: Message) => isMine && body.kind === 'text'
      return change(conversation, message, { kind: 'edit', target: message, text }, isAllowed)
    },
    delete: ({ conversation, message }) =>
      change(conversation, message, { kind: 'delete', target: message }, ({ isMine }) => isMine),
    hide: ({ conversation, message }) =>
      orFailure(async () => {
        const contact = chats.contactOf(conversation)
        if (contact === undefined) return err(failure('not-found'))
        if (!(await storage.request('messages.hide', { conversation, message }))) return err(failure('not-found'))
        // A conversation of which everything was taken away stays where it is.
        await storage.request('conversations.open', { id: conversation, contact, at: clock.now() })
        chats.add({ id: conversation, contact, isOpened: true })
        hearers.hidden(conversation, message)
        await chats.changed(conversation)
        return ok(null)
      }),
    async react({ conversation, message, emoji, on }) {
      if (!isEmoji(emoji)) return err(failure('invalid-input'))
      const body: Body = { kind: 'reaction', target: message, emoji, isOn: on }
      return change(conversation, message, body, ({ body: { kind } }) => kind !== 'deleted')
    },
    async history({ conversation, limit, ...place }) {
      const places = [place.before, place.after, place.around].filter((one) => one !== undefined)
      if (places.length > 1) return err(failure('invalid-input'))
      return orFailure(async () => {
        // Where the unread begin is read anew when a conversation opens, not with every further page.
        const [page] = await Promise.all([
          storage.request('messages.page', {
            ...{ id: conversation, limit },
            ...(place.before === undefined ? {} : { before: place.before }),
            ...(place.after === undefined ? {} : { after: place.after }),
            ...(place.around === undefined ? {} : { around: place.around }),
          }),
          place.before === undefined && place.after === undefined ? chats.changed(conversation) : undefined,
        ])
        if (!page) return err(failure('not-found'))
        const messages = toMessages(conversation, page).map(({ message }) => message)
        const [first, last] = [messages[0], messages.at(-1)]
        const firstUnread = chats.firstUnreadOf(conversation)
        const draft = chats.draftOf(conversation)
        return ok({
          messages,
          ...(page.hasOlder && first ? { before: first.order } : {}),
          ...(page.hasNewer && last ? { after: last.order } : {}),
          ...(firstUnread === undefined ? {} : { firstUnread }),
          ...(draft === undefined ? {} : { draft }),
        })
      })
    },
    search: (input) => orFailure(async () => ok({ hits: await search(input, { storage, toMessages }) })),
  }
}

/** Turns an expected failure, mostly of the disk, into a value. */
async function orFailure<Value>(work: () => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StorageError) return err(error.failure)
    if (error instanceof LogFullError) return err(failure('not-allowed', { because: 'log-full' }))
    throw error
  }
}

function checkText(text: string): Failure | undefined {
  return text.trim() === '' ? failure('empty') : checkLength(text, TEXT_MAX_BYTES)
}

function checkLength(text: string, limit: number): Failure | undefined {
  const length = Buffer.byteLength(text, 'utf8')
  return length > limit ? failure('too-long', { limit, unit: 'bytes', length }) : undefined
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One picture as a person sees it. */
function isEmoji(text: string): boolean {
  if (Buffer.byteLength(text, 'utf8') > EMOJI_MAX_BYTES || !/\p{Emoji}/u.test(text) || /^[\d#*]$/.test(text))
    return false
  return [...graphemes.segment(text)].length === 1
}
