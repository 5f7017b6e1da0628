import type { Connection } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { Components } from '../../parts/transports.ts'
import type { Preparations } from './preparations.ts'
import type { IsPublic } from './remote-addresses.ts'

/** What both sides of a punch work with. */
export interface PunchParts {
  readonly components: Pick<Components, 'events' | 'transportManager' | 'upgrader'>
  readonly preparations: Preparations
  readonly localAddressesOf: (peer: PeerId) => readonly Multiaddr[]
  readonly isPublic: IsPublic
  /** One ping, in milliseconds; `undefined` when nobody answers. */
  readonly ask: (connection: Connection) => Promise<number | undefined>
  /** Is there a direct connection, whoever's way it came? */
  readonly hasDirect: (peer: PeerId) => boolean
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void
}

/** The address without `/p2p/…`, for the journal. */
export function placeIn(address: Multiaddr): string {
  return address.toString().split('/p2p/')[0] ?? ''
}
