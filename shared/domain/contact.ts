import type { Path } from './line.ts'
import type { PeerId } from './peer.ts'

/**
 * How a person and self stand to each other; on disk.
 * `none → asked → mutual`, `none → asks-me → mutual | ignored | blocked`.
 */
export type ContactState = 'none' | 'asked' | 'asks-me' | 'mutual' | 'ignored' | 'blocked'

/** A person I know, or who asks to know me. Names are cleaned (names.ts) before they get here. */
export interface Contact {
  readonly id: PeerId
  /** The name the person chose; untrusted. */
  readonly name: string
  /** The name I gave this person, shown instead. */
  readonly givenName?: string
  readonly state: ContactState
  /** What they wrote with their request. */
  readonly note?: string
  /** Creation time of the link of mine they used; absent when they came without one. */
  readonly usedInviteOf?: number
  /** They used a link that I had withdrawn by then or since: it speaks for them no more than none at all. */
  readonly usedInviteIsWithdrawn?: boolean
  /** The name of another contact that this one resembles (UTS #39 skeleton). */
  readonly looksLike?: string
  readonly isRelayOnly: boolean
  readonly isVerified: boolean
  /** When we last heard from this person; absent = never. */
  readonly lastSeen?: number
  readonly path: Path
  readonly since: number
}

/** Someone visible on the local network or on a relay of mine. */
export interface Nearby {
  readonly id: PeerId
  readonly name: string
  readonly via: 'lan' | 'relay'
}

/** What a link says before anything is dialled. */
export interface InvitePreview {
  readonly id: PeerId
  readonly name: string
  readonly addresses: readonly string[]
  readonly createdAt?: number
  /** Peer ids of the relays in it. */
  readonly relays: readonly PeerId[]
  /** Set when this person is already known. */
  readonly known?: ContactState
}

/** A link I gave out. */
export interface Invite {
  readonly id: string
  readonly link: string
  readonly createdAt: number
  readonly used: number
  readonly isWithdrawn: boolean
  readonly hasDirectAddresses: boolean
  readonly relays: readonly PeerId[]
}
