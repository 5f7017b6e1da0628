import * as z from 'zod/mini'
import type { Invite, InvitePreview } from '../domain/contact.ts'
import { NOTE_MAX_CHARACTERS } from '../domain/limits.ts'
import type { ConversationId, EntryId, Message, MessageOrder } from '../domain/message.ts'
import { LANGUAGES, THEMES } from '../domain/settings.ts'

// Caps here only keep junk out; the limits people meet (limits.ts) are checked where they can be named in a sentence.
const text = (most: number) => z.string().check(z.maxLength(most))
const peerId = text(128)
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const link = text(4096)
const conversation = hash
const order = z.strictObject({
  lamport: z.int().check(z.nonnegative()),
  author: peerId,
  instance: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  seq: z.int().check(z.positive()),
})
const nothing = z.strictObject({})

/** Types a command's answer without parsing it: answers come from the messenger, which the window trusts. */
interface Answer<T> {
  readonly output?: T
}
const command = <Input extends z.ZodMiniType, Output = null>(input: Input, _output?: Answer<Output>) => ({
  input,
  ..._output,
})
const answers = <T>(): Answer<T> => ({})

/**
 * A page of messages, oldest first. `before` continues towards the past, absent at the beginning of the conversation;
 * `after` continues towards the present, absent at its end.
 */
export interface HistoryPage {
  readonly messages: readonly Message[]
  readonly before?: MessageOrder
  readonly after?: MessageOrder
  /** The first message not yet read that stands below everything read; `Conversation.late` knows those above. */
  readonly firstUnread?: EntryId
  /** What was typed here and not sent, whole; the list of chats shows its beginning only. */
  readonly draft?: string
}

export interface SearchHit {
  readonly conversation: ConversationId
  readonly message: EntryId
  readonly order: MessageOrder
  readonly author: string
  readonly at: number
  readonly text: string
}

/** Everything the window can ask for. One row here, one function in app/handlers, one call in a page. */
export const commands = {
  // the profile
  'profile.create': command(z.strictObject({ passphrase: text(1024) })),
  'profile.unlock': command(z.strictObject({ passphrase: text(1024) })),
  'profile.lock': command(nothing),
  /** After `profile-damaged` with a good copy: opens that copy; the damaged file is kept beside it. */
  'profile.restoreCopy': command(z.strictObject({ passphrase: text(1024) })),
  /** An empty `next` means: no passphrase from now on. */
  'profile.changePassphrase': command(z.strictObject({ current: text(1024), next: text(1024) })),
  'profile.rename': command(z.strictObject({ name: text(1_000_000) })),
  'settings.change': command(
    z.strictObject({
      relayOnly: z.optional(z.boolean()),
      tellRead: z.optional(z.boolean()),
      tellTyping: z.optional(z.boolean()),
      isVisible: z.optional(z.boolean()),
      mdns: z.optional(z.boolean()),
      portMapping: z.optional(z.boolean()),
      announce: z.optional(z.boolean()),
      acceptOwnLinks: z.optional(z.boolean()),
      theme: z.optional(z.enum(THEMES)),
      language: z.optional(z.enum(LANGUAGES)),
      notify: z.optional(z.boolean()),
      notifyText: z.optional(z.boolean()),
      closeToTray: z.optional(z.boolean()),
    }),
  ),
  /** Stops the messenger; only the loopback shell offers it (a desktop window has a menu). */
  'app.quit': command(nothing),
  /** The window shows what arrived from outside: the row goes. `not-found`: another window shows it already. */
  'arrival.taken': command(z.strictObject({ id: text(64) })),

  // people
  'invite.create': command(z.strictObject({ withDirectAddresses: z.boolean() }), answers<Invite>()),
  'invite.withdraw': command(z.strictObject({ id: text(64) })),
  /** Reads a link, a peer id or a multiaddr. Dials nothing. */
  'contact.preview': command(z.strictObject({ link }), answers<InvitePreview>()),
  'contact.add': command(
    z.strictObject({ link, note: text(NOTE_MAX_CHARACTERS * 40) }),
    answers<{ contact: string }>(),
  ),
  /** Asks someone visible nearby, without a link. */
  'contact.ask': command(z.strictObject({ id: peerId, note: text(NOTE_MAX_CHARACTERS * 40) })),
  'contact.accept': command(z.strictObject({ id: peerId })),
  'contact.ignore': command(z.strictObject({ id: peerId })),
  'contact.block': command(z.strictObject({ id: peerId })),
  'contact.unblock': command(z.strictObject({ id: peerId })),
  /** Takes back a request that was not answered. */
  'contact.cancel': command(z.strictObject({ id: peerId })),
  'contact.rename': command(z.strictObject({ id: peerId, givenName: text(1_000_000) })),
  'contact.relayOnly': command(z.strictObject({ id: peerId, on: z.boolean() })),
  'contact.verified': command(z.strictObject({ id: peerId, on: z.boolean() })),
  'contact.safetyNumber': command(z.strictObject({ id: peerId }), answers<{ digits: string }>()),

  // conversations
  'conversation.open': command(z.strictObject({ contact: peerId }), answers<{ conversation: ConversationId }>()),
  'conversation.read': command(z.strictObject({ conversation, upTo: hash })),
  'conversation.draft': command(z.strictObject({ conversation, text: text(1_000_000) })),
  'conversation.typing': command(z.strictObject({ conversation })),
  /** Answers when the message is durable here. `refused` with `too-long` names the limit. */
  'message.send': command(
    z.strictObject({ conversation, text: text(2_000_000), inReplyTo: z.optional(hash) }),
    answers<{ message: EntryId }>(),
  ),
  'message.edit': command(z.strictObject({ conversation, message: hash, text: text(2_000_000) })),
  'message.delete': command(z.strictObject({ conversation, message: hash })),
  /** Takes a message off this screen only, whoever wrote it: it stays in the log and with everybody else. */
  'message.hide': command(z.strictObject({ conversation, message: hash })),
  'message.react': command(z.strictObject({ conversation, message: hash, emoji: text(32), on: z.boolean() })),
  /** The newest page; or the one before or after a place; or the one around a message (`not-found` when it is not shown here). */
  'message.history': command(
    z.strictObject({
      conversation,
      before: z.optional(order),
      after: z.optional(order),
      around: z.optional(hash),
      limit: z.int().check(z.minimum(1), z.maximum(200)),
    }),
    answers<HistoryPage>(),
  ),
  'message.search': command(
    z.strictObject({
      words: text(200),
      conversation: z.optional(conversation),
      limit: z.int().check(z.minimum(1), z.maximum(100)),
    }),
    answers<{ hits: readonly SearchHit[] }>(),
  ),

  // the network
  'relay.add': command(z.strictObject({ address: link }), answers<{ relay: string }>()),
  'relay.remove': command(z.strictObject({ id: peerId })),
  /** Tries every relay and wanted contact again now instead of at the next planned time. */
  'network.retry': command(nothing),
} as const

export type CommandName = keyof typeof commands
export type CommandInput<Name extends CommandName> = z.infer<(typeof commands)[Name]['input']>
export type CommandOutput<Name extends CommandName> = (typeof commands)[Name] extends { readonly output?: infer Output }
  ? Exclude<Output, undefined>
  : null
