import type { Connection, Startable } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { Components } from '../../parts/transports.ts'
import type { Journal, OpenAttempt } from '../journal.ts'
import { PunchFailed } from './failure.ts'

export interface Dcutr {
  /**
   * One cycle over a relayed connection that somebody opened to us (we are B): up to three attempts. Resolves with the
   * open direct connection, not yet pinged. Throws `PunchFailed`.
   */
  punch(relayed: Connection, options: PunchOptions): Promise<Connection>
}

export interface PunchOptions {
  readonly signal: AbortSignal
  readonly attempt?: OpenAttempt
}

export interface DcutrOptions {
  /** Asked before preparing and at every stream, at both ends. */
  readonly mayUpgrade: (peer: PeerId) => boolean
  /** Our own verified public or mapped TCP addresses, without `/p2p/…`. */
  readonly verified: () => readonly Multiaddr[]
  /** Addresses on a local network in the other's address record: tried only behind the same NAT. */
  readonly localAddressesOf: (peer: PeerId) => readonly Multiaddr[]
  /** Where the side that was asked to punch writes its attempts; who asks brings one along. */
  readonly journal: Pick<Journal, 'begin'>
  readonly log?: (event: string, fields?: Readonly<Record<string, unknown>>) => void
}

/** libp2p's DCUtR (specs/relay/DCUtR.md) that punches: TCP simultaneous open from ports learned beforehand. */
export function dcutr(_options: DcutrOptions): (components: Components) => Dcutr & Startable {
  return () => ({
    start: () => {},
    stop: () => {},
    punch: async () => {
      throw new PunchFailed('not-supported', 'not built yet')
    },
  })
}
