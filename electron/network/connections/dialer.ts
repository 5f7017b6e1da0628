import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { addressOf, isRelayedAddress, relayOf, transportOf } from '../addresses/multiaddrs.ts'
import { NetworkError } from '../failure.ts'
import { bounded } from '../pace/bounded.ts'
import type { Components } from '../parts/transports.ts'
import type { Gate } from './gate.ts'

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
// A dead UDP port never refuses: once everything that can refuse has done so, this much more is waited for the rest.
const SILENT_GRACE_MS = 1_000
// Addresses of one peer dialled in one attempt: an address record holds fewer.
const AT_ONCE_MAX = 12

/** The dialer over a node and its gate. */
export function createDialer({ transportManager, peerStore, connectionManager }: Components, gate: Gate): Dialer {
  /** Dials to relays for the sake of somebody behind them; people behind one relay share its dial. */
  const relayDials = new Map<PeerId, Promise<Connection>>()

  async function attempt(address: Multiaddr, all: readonly Multiaddr[], signal: AbortSignal): Promise<Connection> {
    if (!isRelayedAddress(address) && transportOf(address) !== 'tcp')
      await pause(OTHERS_WAIT_MS, undefined, { signal, ref: false })
    if (isRelayedAddress(address)) await connectRelay(address, all, signal)
    return unlessAborted(transportManager.dial(address, { signal }), signal)
  }

  /**
   * The circuit transport finds the relay by its id: every address we know of it must stand in the peer store. It is dialled
   * here first, because libp2p would try its addresses one after another and wait eight seconds for a dead QUIC port.
   */
  async function connectRelay(address: Multiaddr, all: readonly Multiaddr[], signal: AbortSignal): Promise<void> {
    const relay = relayOf(address)
    if (relay === undefined) return
    gate.noteRelayOf(address)
    const multiaddrs = all
      .filter((other) => relayOf(other) === relay)
      .map((other) => multiaddr(other.toString().split('/p2p-circuit')[0] ?? ''))
    const id = peerIdFromString(relay)
    await peerStore.merge(id, { multiaddrs })
    const isThere = connectionManager.getConnections(id).some(({ status, direct }) => status === 'open' && direct)
    if (isThere || multiaddrs.length === 0) return
    const texts = multiaddrs.map((one) => one.toString())
    const current = relayDials.get(relay) ?? dial(relay, texts, { signal, only: 'direct' })
    relayDials.set(relay, current)
    await current.finally(() => relayDials.delete(relay))
  }

  const dial: Dialer['dial'] = async (peer, addresses, { signal, only }) => {
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
    const hurry = hurrySilent(attempts, running)
    try {
      const { bound: won, connection } = await Promise.any(running)
      for (const { bound } of attempts) if (bound !== won) bound.abort(new Error('another address was faster'))
      void closeLate(running, connection)
      return connection
    } catch (error) {
      signal.throwIfAborted()
      throw new NetworkError('unreachable', { why: reasonOf(error) }, { cause: error })
    } finally {
      hurry.end()
    }
  }
  return { dial }
}

/** Gives up on addresses that cannot refuse soon after all others have failed. */
function hurrySilent(
  attempts: readonly { readonly address: Multiaddr; readonly bound: { abort(reason: Error): void } }[],
  running: readonly Promise<unknown>[],
): { end(): void } {
  const isSilent = ({ address }: { address: Multiaddr }) =>
    !isRelayedAddress(address) && address.toString().includes('/udp/')
  const silent = attempts.filter(isSilent)
  const others = running.filter((_, index) => {
    const attempt = attempts[index]
    return attempt !== undefined && !isSilent(attempt)
  })
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  if (silent.length > 0 && others.length > 0)
    void Promise.any(others).catch(() => {
      if (isOver) return
      timer = setTimeout(() => {
        for (const { bound } of silent) bound.abort(new Error('no answer'))
      }, SILENT_GRACE_MS)
    })
  return {
    end() {
      isOver = true
      clearTimeout(timer)
    },
  }
}

/** The QUIC transport does not listen to its signal: its late connection is closed when it comes after all. */
async function unlessAborted(dialled: Promise<Connection>, signal: AbortSignal): Promise<Connection> {
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => {
    void dialled.then((late) => late.abort(new Error('came too late'))).catch(() => undefined)
    aborted.reject(signal.reason)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([dialled, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
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
