import { setTimeout as pause } from 'node:timers/promises'
import type { Connection, PeerId as Libp2pPeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { addressOf, isRelayedAddress, relayOf, transportOf } from '../addresses/multiaddrs.ts'
import { NetworkError } from '../failure.ts'
import { bounded } from '../pace/bounded.ts'
import { createTurns } from '../pace/turns.ts'
import type { Components } from '../parts/transports.ts'
import type { Gate } from './gate.ts'
import { type Lookup, systemLookup, targetsOf } from './targets.ts'

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
// A second circuit to the same peer, closed a moment later, costs two relays and disturbs whoever was called: the next
// relay is asked when the one before failed, or has kept us waiting for this long.
const NEXT_RELAY_MS = 1_000
// Addresses of one peer dialled in one attempt: an address record holds fewer.
const AT_ONCE_MAX = 12

/** What it needs of a node. */
export interface DialerParts {
  readonly transportManager: {
    dial(address: Multiaddr, options: { readonly signal: AbortSignal }): Promise<Connection>
  }
  readonly peerStore: { merge(peer: Libp2pPeerId, data: { readonly multiaddrs: Multiaddr[] }): Promise<unknown> }
  readonly connectionManager: Pick<Components['connectionManager'], 'getConnections'>
}

/** The dialer over a node and its gate. */
export function createDialer(
  { transportManager, peerStore, connectionManager }: DialerParts,
  gate: Gate,
  look: Lookup = systemLookup,
): Dialer {
  /** Dials to relays that run now: whoever wants a place there, and people behind it, share one connection. */
  const relayDials = new Map<PeerId, Promise<Connection>>()

  const open = async (address: Multiaddr, signal: AbortSignal) => {
    if (!isRelayedAddress(address) && transportOf(address) !== 'tcp')
      await pause(OTHERS_WAIT_MS, undefined, { signal, ref: false })
    return unlessAborted(transportManager.dial(address, { signal }), signal)
  }

  async function openDirect(address: Multiaddr, peer: PeerId, sake: PeerId, signal: AbortSignal): Promise<Connection> {
    const targets = (await targetsOf(address, look, signal)).filter(
      ({ places }) =>
        places.every((place) => gate.mayDial(place, peer, address)) &&
        places.every((place) => gate.mayDialNow(place, peer, { origin: address, sake })),
    )
    const [only] = targets
    if (only === undefined) throw new NetworkError('address-refused', { why: 'the address leads into a local network' })
    const addresses = targets.map((target) => target.address)
    return addresses.length === 1 ? open(only.address, signal) : race(addresses, open, signal)
  }

  /**
   * The circuit transport finds the relay by its id: every address we know of it must stand in the peer store. It is dialled
   * here first, because libp2p would try its addresses one after another and wait eight seconds for a dead QUIC port.
   */
  async function connectRelay(
    address: Multiaddr,
    all: readonly Multiaddr[],
    sake: PeerId,
    signal: AbortSignal,
  ): Promise<void> {
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
    await dialRelay(sake, relay, texts, { signal, only: 'direct' })
  }

  async function dialRelay(
    sake: PeerId,
    relay: PeerId,
    addresses: readonly string[],
    options: DialOptions,
  ): Promise<Connection> {
    const others = await relayDials.get(relay)?.catch(() => undefined)
    if (others?.status === 'open') return others
    options.signal.throwIfAborted()
    const mine = dialFor(sake, relay, addresses, options)
    relayDials.set(relay, mine)
    try {
      return await mine
    } finally {
      if (relayDials.get(relay) === mine) relayDials.delete(relay)
    }
  }

  async function dialFor(
    sake: PeerId,
    peer: PeerId,
    addresses: readonly string[],
    { signal, only }: DialOptions,
  ): Promise<Connection> {
    const usable = allowed(peer, addresses, gate).filter(
      (address) => only === undefined || isRelayedAddress(address) === (only === 'relayed'),
    )
    if (usable.length === 0) throw new NetworkError(addresses.length === 0 ? 'unreachable' : 'address-refused')
    const openRelayed = async (address: Multiaddr, bound: AbortSignal) => {
      await connectRelay(address, usable, sake, bound)
      return open(address, bound)
    }
    const inTurn = createTurns(NEXT_RELAY_MS)
    const attempt = (address: Multiaddr, bound: AbortSignal) =>
      isRelayedAddress(address)
        ? inTurn(() => openRelayed(address, bound), bound)
        : openDirect(address, peer, sake, bound)
    try {
      return await race(heldRelaysFirst(onePerRelay(usable)).slice(0, AT_ONCE_MAX), attempt, signal)
    } catch (error) {
      signal.throwIfAborted()
      const code = areAllRefused(error) ? 'address-refused' : 'unreachable'
      throw new NetworkError(code, { why: reasonOf(error) }, { cause: error })
    }
  }

  /** A relay that we are connected to anyway answers soonest. */
  function heldRelaysFirst(addresses: readonly Multiaddr[]): Multiaddr[] {
    const isHeld = (address: Multiaddr) => {
      const relay = relayOf(address)
      return relay !== undefined && connectionManager.getConnections(peerIdFromString(relay)).length > 0
    }
    return [...addresses].sort((a, b) => Number(isHeld(b)) - Number(isHeld(a)))
  }

  return {
    dial: (peer, addresses, options) =>
      options.only === 'direct' && gate.isRelay(peer)
        ? dialRelay(peer, peer, addresses, options)
        : dialFor(peer, peer, addresses, options),
  }
}

/** Tries addresses at once; the first connection wins, and later ones are closed. */
async function race(
  addresses: readonly Multiaddr[],
  attempt: (address: Multiaddr, signal: AbortSignal) => Promise<Connection>,
  signal: AbortSignal,
): Promise<Connection> {
  const attempts = addresses.map((address) => ({ address, bound: bounded(ATTEMPT_MS, signal) }))
  const running = attempts.map(async ({ address, bound }) => {
    try {
      return { bound, connection: await attempt(address, bound.signal) }
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
  } finally {
    hurry.end()
  }
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

function areAllRefused(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(areAllRefused)
  return error instanceof NetworkError && error.failure.code === 'address-refused'
}

/** The exact term behind a failed dial, for the inspector: the last one of several. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors.at(-1))
  if (error instanceof NetworkError) return String(error.failure.detail?.['why'] ?? error.failure.code)
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name).slice(0, 160) : String(error)
}
