import type { Connection, Libp2p } from '@libp2p/interface'
import type { PeerId } from '../../../shared/domain/peer.ts'

/** What one relayed connection may still carry; absent = the relay stated no limit. */
export interface Allowance {
  readonly bytesLeft?: number
  readonly secondsLeft?: number
  /** Has it used three quarters of its bytes or of its time? */
  readonly isNearlyUsed: boolean
}

/** Replaces relayed connections to contacts before the relay's limit cuts them. */
export interface AllowanceWatch {
  /** What this connection may still carry. */
  of(connection: Connection): Allowance
  stop(): void
}

export interface AllowanceOptions {
  readonly libp2p: Pick<Libp2p, 'getConnections' | 'addEventListener' | 'removeEventListener'>
  readonly isContact: (peer: PeerId) => boolean
  /** What the relay with this id says it is: some count their limit in milliseconds. */
  readonly agentOf: (relay: PeerId) => string | undefined
  /** Opens another connection to the peer over a relay; `old` stays open until the streams have left it. */
  readonly redial: (peer: PeerId, old: Connection, signal: AbortSignal) => Promise<Connection>
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** Watches from now on. */
export function createAllowanceWatch(_options: AllowanceOptions): AllowanceWatch {
  return { of: () => ({ isNearlyUsed: false }), stop: () => {} }
}
