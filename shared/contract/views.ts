import type { Attempt } from '../domain/attempt.ts'
import type { Contact, Invite, Nearby } from '../domain/contact.ts'
import type { Path } from '../domain/line.ts'
import type { Conversation, ConversationId } from '../domain/message.ts'
import type { NatReport } from '../domain/nat-report.ts'
import type { Peer, PeerId } from '../domain/peer.ts'
import type { Relay } from '../domain/relay.ts'
import type { Settings } from '../domain/settings.ts'
import type { Failure } from './failures.ts'

/** Is there an open profile behind the window? */
export type Session =
  /** `new`: no profile yet, a passphrase is to be chosen. `passphrase`: one is to be typed. */
  | { readonly state: 'locked'; readonly asks: 'new' | 'passphrase' }
  | { readonly state: 'opening' }
  /** What opens it: a passphrase, the system's keyring, or nothing at all (the key lies beside the data). Absent = not known. */
  | { readonly state: 'open'; readonly opensWith?: 'passphrase' | 'keyring' | 'nothing' }
  | { readonly state: 'failed'; readonly failure: Failure }

export interface Shell {
  readonly kind: 'electron' | 'loopback'
  readonly profile: string
  readonly version: string
  readonly platform: 'linux' | 'windows' | 'macos' | 'other'
  // What a desktop may have and a browser has not; absent = not known yet.
  readonly hasTray?: boolean
  readonly canNotify?: boolean
  /** The system keeps keys for whoever is logged in. Not on a Linux without a keyring, where it would only look like one. */
  readonly hasKeyring?: boolean
}

/** What reached the app from outside the window and waits to be shown there. Kept until the window takes it. */
export type Arrival = { readonly id: string } & (
  | /** Somebody opened a `sightline://` link. Nothing was dialled: the window shows whom it leads to, and asks. */
  { readonly kind: 'link'; readonly link: string }
  /** A notification of this conversation was pressed. */
  | { readonly kind: 'conversation'; readonly conversation: ConversationId }
  /** A notification of a request, or an entry of a menu, was pressed. */
  | { readonly kind: 'page'; readonly page: 'chats' | 'people' | 'network' | 'settings' }
  /** “Add a person” of the menu was chosen. */
  | { readonly kind: 'add-person' }
)

export interface Self {
  readonly id: PeerId
  /** Empty until the first run asked for it. */
  readonly name: string
  /** How a newcomer would reach me now: `none` = nobody can reach me through my link yet. */
  readonly reach: Path
  /** Relays that hold a place for me, by name or short id. */
  readonly reachableThrough: readonly { readonly relay: PeerId; readonly name?: string }[]
}

/**
 * What the window can watch: tables of small rows by key. Tables of one row use the key `''`.
 * The first push carries all rows, later ones what changed and what went.
 */
export interface Views {
  session: Session
  shell: Shell
  /** by arrival id, oldest first */
  arrivals: Arrival
  self: Self
  settings: Settings
  /** by peer id */
  people: Contact
  /** by peer id */
  nearby: Nearby
  /** by invite id */
  invites: Invite
  /** by conversation id */
  conversations: Conversation
  /** by peer id: every connection, contacts or not */
  peers: Peer
  /** by peer id */
  relays: Relay
  network: NatReport
  /** by attempt id: what was tried lately to get on without a relay, the newest of each kind and peer */
  attempts: Attempt
}

export type ViewName = keyof Views

export const viewNames = [
  'session',
  'shell',
  'arrivals',
  'self',
  'settings',
  'people',
  'nearby',
  'invites',
  'conversations',
  'peers',
  'relays',
  'network',
  'attempts',
] as const satisfies readonly ViewName[]

/** One step of a view. `isWhole`: forget what you had. A gap in `revision` means: watch again. */
export interface ViewPush<Row = unknown> {
  readonly revision: number
  readonly isWhole: boolean
  readonly rows: readonly (readonly [key: string, row: Row])[]
  readonly gone: readonly string[]
}
