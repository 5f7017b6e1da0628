import type { Connection } from '@libp2p/interface'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { NetworkError } from '../failure.ts'
import type { Dialer, DialOptions } from './dialer.ts'

interface ReachOptions extends DialOptions {
  /** When no known address works, ask the DHT of our relays where the peer is now. */
  readonly mayLookUp?: boolean
}

/** Finds a way to a peer, over every address anybody told us. Dials to one peer at the same time are one dial. */
export interface Reach {
  connect(peer: PeerId, addresses: readonly string[], options: ReachOptions): Promise<Connection>
  /** The given addresses and those seen on the local network, each once. */
  addressesOf(peer: PeerId, addresses: readonly string[]): readonly string[]
}

/** `seen`: addresses by discovery. `find`: addresses in the DHT. */
export function createReach(
  dialer: Dialer,
  seen: (peer: PeerId) => readonly string[],
  find: (peer: PeerId, signal: AbortSignal) => Promise<string[]>,
): Reach {
  const running = new Map<string, Promise<Connection>>()
  const addressesOf = (peer: PeerId, addresses: readonly string[]) => [...new Set([...addresses, ...seen(peer)])]

  async function connect(peer: PeerId, addresses: readonly string[], options: ReachOptions): Promise<Connection> {
    try {
      return await dialer.dial(peer, addressesOf(peer, addresses), options)
    } catch (error) {
      if (options.mayLookUp !== true || !(error instanceof NetworkError)) throw error
      // Nobody there to ask, or nobody knows: then the first failure is the one to tell.
      const found = await find(peer, options.signal)
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
