import type { Connection, Libp2p } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import type { PeerId } from '../../shared/domain/peer.ts'
import type { Dialer, DialOptions } from './dialer.ts'
import { NetworkError } from './failure.ts'

export interface ReachOptions extends DialOptions {
  /** When no known address works, ask the DHT of our relays where the peer is now. */
  readonly mayLookUp?: boolean
}

/** Finds a way to a peer, over every address anybody told us. Dials to one peer at the same time are one dial. */
export interface Reach {
  connect(peer: PeerId, addresses: readonly string[], options: ReachOptions): Promise<Connection>
  /** The given addresses and those seen on the local network, each once. */
  addressesOf(peer: PeerId, addresses: readonly string[]): readonly string[]
}

const LOOK_UP_MS = 4_000

/** `seen`: addresses by discovery. */
export function createReach(
  { peerRouting }: Pick<Libp2p, 'peerRouting'>,
  dialer: Dialer,
  seen: (peer: PeerId) => readonly string[],
): Reach {
  const running = new Map<string, Promise<Connection>>()
  const addressesOf = (peer: PeerId, addresses: readonly string[]) => [...new Set([...addresses, ...seen(peer)])]

  async function lookUp(peer: PeerId, signal: AbortSignal): Promise<string[]> {
    const info = await peerRouting.findPeer(peerIdFromString(peer), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_UP_MS)]),
    })
    return info.multiaddrs.map(String)
  }

  async function connect(peer: PeerId, addresses: readonly string[], options: ReachOptions): Promise<Connection> {
    try {
      return await dialer.dial(peer, addressesOf(peer, addresses), options)
    } catch (error) {
      if (options.mayLookUp !== true || !(error instanceof NetworkError)) throw error
      // Nobody there to ask, or nobody knows: then the first failure is the one to tell.
      const found = await lookUp(peer, options.signal).catch(() => [])
      const news = found.filter((address) => !addresses.includes(address))
      if (news.length === 0) throw error
      return dialer.dial(peer, news, options)
    }
  }

  return {
    addressesOf,
    async connect(peer, addresses, options) {
      const key = `${peer} ${options.only ?? ''}`
      const current = running.get(key)
      if (current !== undefined) {
        // It may know fewer addresses than we do; then ours are tried afterwards.
        const connection = await current.catch(() => undefined)
        if (connection?.status === 'open') return connection
        options.signal.throwIfAborted()
      }
      const attempt = connect(peer, addresses, options)
      running.set(key, attempt)
      try {
        return await attempt
      } finally {
        if (running.get(key) === attempt) running.delete(key)
      }
    },
  }
}
