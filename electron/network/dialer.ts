import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../shared/domain/peer.ts'
import { addressOf, isRelayedAddress, relayOf, transportOf } from './addresses.ts'
import { bounded } from './bounded.ts'
import { NetworkError } from './failure.ts'
import type { Gate } from './gate.ts'
import type { Components } from './transports.ts'

/** Opens connections. Unlike libp2p's dial queue it tries the addresses of a peer at once, so one dead address costs nothing. */
export interface Dialer {
  /** Dials whatever of these addresses is allowed now; the first connection wins. Throws `unreachable` or `address-refused`. */
  dial(peer: PeerId, addresses: readonly string[], options: DialOptions): Promise<Connection>
}

export interface DialOptions {
  readonly signal: AbortSignal
  /** Leave out relayed or direct addresses. */
  readonly only?: 'relayed' | 'direct'
}

const ATTEMPT_MS = 8_000
// TCP is the fastest in the long run, so it goes first; the others cover networks where it does not pass.
const OTHERS_WAIT_MS = 250
// Addresses of one peer dialled in one attempt: an address record holds fewer.
const AT_ONCE_MAX = 12

/** The dialer over a node and its gate. */
export function createDialer({ transportManager, peerStore }: Components, gate: Gate): Dialer {
  async function attempt(address: Multiaddr, all: readonly Multiaddr[], signal: AbortSignal): Promise<Connection> {
    if (!isRelayedAddress(address) && transportOf(address) !== 'tcp')
      await pause(OTHERS_WAIT_MS, undefined, { signal, ref: false })
    if (isRelayedAddress(address)) await introduceRelay(address, all)
    return transportManager.dial(address, { signal })
  }

  /** The circuit transport dials the relay by its id: every address we know of it must stand in the peer store. */
  async function introduceRelay(address: Multiaddr, all: readonly Multiaddr[]): Promise<void> {
    const relay = relayOf(address)
    if (relay === undefined) return
    gate.noteRelayOf(address)
    const multiaddrs = all
      .filter((other) => relayOf(other) === relay)
      .map((other) => multiaddr(other.toString().split('/p2p-circuit')[0] ?? ''))
    await peerStore.merge(peerIdFromString(relay), { multiaddrs })
  }

  return {
    async dial(peer, addresses, { signal, only }) {
      const usable = allowed(peer, addresses, gate).filter(
        (address) => only === undefined || isRelayedAddress(address) === (only === 'relayed'),
      )
      if (usable.length === 0) throw new NetworkError(addresses.length === 0 ? 'unreachable' : 'address-refused')
      const attempts = onePerRelay(usable)
        .slice(0, AT_ONCE_MAX)
        .map((address) => ({ address, bound: bounded(ATTEMPT_MS, signal) }))
      const running = attempts.map(async ({ address, bound }) => {
        try {
          return { bound, connection: await attempt(address, usable, bound.signal) }
        } finally {
          bound.clear()
        }
      })
      try {
        const { bound: won, connection } = await Promise.any(running)
        for (const { bound } of attempts) if (bound !== won) bound.abort(new Error('another address was faster'))
        void closeLate(running, connection)
        return connection
      } catch (error) {
        signal.throwIfAborted()
        throw new NetworkError('unreachable', { why: reasonOf(error) }, { cause: error })
      }
    },
  }
}

/** The addresses of a peer that may be dialled, each with its peer id. */
export function allowed(peer: PeerId, addresses: readonly string[], gate: Gate): Multiaddr[] {
  return addresses.flatMap((text) => {
    const address = addressOf(peer, text)
    return address !== undefined && gate.mayDial(address, peer) ? [address] : []
  })
}

// Two addresses of one relay lead through the same connection to it: a second circuit would only cost it.
function onePerRelay(addresses: readonly Multiaddr[]): Multiaddr[] {
  const seen = new Set<string>()
  return addresses.filter((address) => {
    const key = isRelayedAddress(address) ? (relayOf(address) ?? '') : address.toString()
    return !seen.has(key) && seen.add(key)
  })
}

async function closeLate(running: readonly Promise<{ connection: Connection }>[], kept: Connection): Promise<void> {
  for (const result of await Promise.allSettled(running))
    if (result.status === 'fulfilled' && result.value.connection !== kept)
      result.value.connection.abort(new Error('another address was faster'))
}

/** The exact term behind a failed dial, for the inspector: the last one of several. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors.at(-1))
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name).slice(0, 160) : String(error)
}
