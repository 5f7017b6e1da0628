import type { Failure } from './failure.ts'
import type { LineKind, Transport } from './line.ts'
import type { PeerId } from './peer.ts'
import type { RefusalReason } from './refusal.ts'

/** Hex of the SHA-256 that names a conversation. */
export type ConversationId = string
/** Hex of the SHA-256 of an entry's signed bytes. */
export type EntryId = string

/**
 * How far a message of mine has come. `written`: durable here. `sent`: handed to a connection.
 * `delivered`: durable there. `read`: shown there, and they tell.
 */
export type Delivery = 'written' | 'sent' | 'delivered' | 'read'

/** The way an entry took from one side to the other. */
export interface Passage {
  readonly line: LineKind
  readonly transport?: Transport
  readonly relay?: PeerId
}

/** How a message of mine travelled, from the moment it was written to the moment it was durable there. */
export interface PathReceipt extends Passage {
  readonly sentAt: number
  /** From written to handed to the connection, in milliseconds. */
  readonly waitedMs: number
  /** From handed over to acknowledged, in milliseconds. */
  readonly acknowledgedMs: number
}

export type MessageBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'deleted' }
  /** An entry of a kind this version does not know: kept, and shown as "needs a newer version". */
  | { readonly kind: 'unsupported' }

/** One message as shown: the text entry with its edits, deletion and reactions folded in. */
export interface Message {
  readonly id: EntryId
  readonly conversation: ConversationId
  readonly author: PeerId
  readonly isMine: boolean
  /** Position on screen; compare with compareOrder(). */
  readonly order: MessageOrder
  /** The author's wall clock: display only, never used to order. */
  readonly writtenAt: number
  /** When it was stored here. */
  readonly arrivedAt: number
  /** Its number in the order in which entries were stored here; what is read is counted by it (`Conversation.readUpTo`). */
  readonly arrival: number
  readonly body: MessageBody
  readonly editedAt?: number
  /** Without an author it is not here yet; without a text it was deleted, or taken off this screen (`isHidden`). */
  readonly inReplyTo?: {
    readonly id: EntryId
    readonly author?: PeerId
    readonly text?: string
    readonly isHidden?: true
  }
  readonly reactions: readonly { readonly emoji: string; readonly authors: readonly PeerId[] }[]
  /** Only on messages of mine. */
  readonly delivery?: Delivery
  readonly receipt?: PathReceipt
  /** Only on messages of others: the way this one came, when it was noted. */
  readonly passage?: Passage
  /** It landed above something I had already read. */
  readonly isLate: boolean
}

/** Why a log goes no further. */
export interface Stopped {
  readonly reason: RefusalReason | 'other'
  /** Who refused it: this side, or the contact. */
  readonly isRefusedHere: boolean
  /** Whose log it is: mine, or the contact's. */
  readonly isMine: boolean
}

/** Lamport clock, then author, then instance, then seq: the same order for everybody. */
export interface MessageOrder {
  readonly lamport: number
  readonly author: PeerId
  readonly instance: string
  readonly seq: number
}

export function compareOrder(a: MessageOrder, b: MessageOrder): number {
  return (
    a.lamport - b.lamport ||
    (a.author < b.author ? -1 : a.author > b.author ? 1 : 0) ||
    (a.instance < b.instance ? -1 : a.instance > b.instance ? 1 : 0) ||
    a.seq - b.seq
  )
}

/** One row of the list of chats. */
export interface Conversation {
  readonly id: ConversationId
  /** The other side of a direct conversation. */
  readonly contact: PeerId
  readonly lastText?: string
  readonly lastIsMine?: boolean
  readonly lastAt?: number
  /** Everything that arrived up to here is read; compare with `Message.arrival`. */
  readonly readUpTo: number
  readonly unread: number
  /** Those of the unread that landed above something already read, and the first of them that arrived. */
  readonly late?: { readonly count: number; readonly first: EntryId; readonly arrival: number }
  /** Messages of mine not yet acknowledged. */
  readonly waiting: number
  readonly draft?: string
  readonly isTyping: boolean
  /** A log in here stopped because an entry was refused. */
  readonly stopped?: Stopped
  /** What the contact sends cannot be stored here (a full disk); tried again by itself, and gone when it succeeds. */
  readonly failure?: Failure
  /** Two branches of one log exist: somebody's database runs in two places or was restored. */
  readonly isForked: boolean
}
