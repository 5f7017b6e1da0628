import type { Path } from './line.ts'
import type { PeerId } from './peer-id.ts'

export type { PeerId }

/** Why we hold a connection: the most important purpose first. */
export type PeerPurpose = 'contact' | 'relay' | 'nearby' | 'infrastructure'

/** One connected or wanted peer, as the inspector shows it. */
export interface Peer {
  readonly id: PeerId
  /** The contact's or relay's name, when we have one. */
  readonly name?: string
  readonly purpose: PeerPurpose
  readonly path: Path
  /** Open connections to this peer; the path describes the best of them. */
  readonly connections: number
  /** Open streams on all of them. */
  readonly streams: number
  /** Remote multiaddr of the best connection. */
  readonly address?: string
  readonly agent?: string
  /** What the best connection may still carry, when a relay limits it. */
  readonly bytesLeft?: number
  readonly secondsLeft?: number
  /** Newest round trips in milliseconds, oldest first, at most 20. */
  readonly roundTripsMs: readonly number[]
}
