import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from '@libp2p/interface'
import type { AttemptReason, Mechanism } from '../../../shared/domain/attempt.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { ipOf, isRelayedAddress } from '../addresses/multiaddrs.ts'
import { isPrivate } from '../addresses/subnets.ts'
import { allowed, reasonOf } from '../connections/dialer.ts'
import type { Gate } from '../connections/gate.ts'
import type { Reach } from '../connections/reach.ts'
import { NetworkError } from '../failure.ts'
import type { PeerTable } from '../lines/peers.ts'
import { type Bound, bounded } from '../pace/bounded.ts'
import type { Dcutr } from './dcutr/dcutr.ts'
import { PunchFailed } from './dcutr/failure.ts'
import type { Journal, OpenAttempt } from './journal.ts'

/** Gets a relayed contact onto a direct line: every way there is, in parallel, the first that answers wins. */
export interface Traversal {
  /** Is there anything to try from here now? Whoever dialled over the relay waits for the other one to begin a punch. */
  canTry(peer: PeerId, addresses: readonly string[]): boolean
  /** One cycle. Resolves with a direct connection on which the other side has answered a ping; rejects when no way led there. */
  run(peer: PeerId, addresses: readonly string[], signal: AbortSignal): Promise<Connection>
  /** What is known of this peer's router changed: ends a punch that cannot work after all. */
  review(peer: PeerId): void
}

export interface TraversalOptions {
  readonly self: PeerId
  readonly gate: Gate
  readonly table: Pick<PeerTable, 'ask' | 'connections'>
  readonly reach: Reach
  readonly dcutr: Pick<Dcutr, 'punch'>
  readonly journal: Pick<Journal, 'begin'>
  /** Is it known that no TCP punch can work between our router and this peer's? */
  readonly isPunchHopeless: (peer: PeerId) => boolean
}

interface Way {
  readonly mechanism: Mechanism
  readonly afterMs: number
  /** How long the ways before it are waited for; no longer than until they have failed. */
  readonly headStartMs: number
  readonly withinMs: number
  /** Resolves with a connection on which a ping was answered. */
  go(signal: AbortSignal, attempt: OpenAttempt): Promise<Connection>
}

/** The reason to give when another way was faster. */
export const OVERTAKEN = new Error('a direct connection is there')
const HOPELESS = new Error('a router uses another port for each destination')
const DIAL_MS = 8_000
// Three attempts of a learned port, a round trip and three seconds of dialling each.
const PUNCH_MS = 25_000
// DCUtR, "connection reversal": somebody with a public address is simply dialled, and a punch would only be in its way.
const REVERSAL_HEAD_START_MS = 1_000
// Both dialled each other over a relay in the same moment: the line of the one with the smaller id stays, so that the
// other one, who was called over it, begins.
const CROSSED_WAIT_MS = 1_500

/** The order of things to try, over the mechanisms that try them. */
export function createTraversal(options: TraversalOptions): Traversal {
  const { self, gate, table, reach, dcutr, journal, isPunchHopeless } = options

  const directAddresses = (peer: PeerId, addresses: readonly string[]) =>
    gate.mayBeDirect(peer)
      ? allowed(peer, reach.addressesOf(peer, addresses), gate).filter((address) => !isRelayedAddress(address))
      : []
  const relayed = (peer: PeerId, direction: Connection['direction']) =>
    table
      .connections(peer)
      .find((connection) => !connection.direct && connection.direction === direction && connection.status === 'open')

  const punching = new Map<PeerId, Bound>()

  function waysTo(peer: PeerId, addresses: readonly string[]): Way[] {
    const direct = directAddresses(peer, addresses)
    const calledUs = relayed(peer, 'inbound')
    const ways: Way[] = []
    if (direct.length > 0)
      ways.push({
        mechanism: calledUs === undefined ? 'dial' : 'reversal',
        afterMs: 0,
        headStartMs: 0,
        withinMs: DIAL_MS,
        go: async (signal) => proven(await reach.connect(peer, addresses, { signal, only: 'direct' })),
      })
    if (calledUs !== undefined && gate.mayUpgrade(peer) && !isPunchHopeless(peer)) {
      const isReversible = direct.some((address) => !isPrivate(ipOf(address) ?? ''))
      const isCrossed = relayed(peer, 'outbound') !== undefined && self < peer
      ways.push({
        mechanism: 'tcp-punch',
        afterMs: isCrossed ? CROSSED_WAIT_MS : 0,
        headStartMs: isReversible ? REVERSAL_HEAD_START_MS : 0,
        withinMs: PUNCH_MS,
        go: (signal, attempt) => punch(peer, calledUs, signal, attempt),
      })
    }
    return ways
  }

  /** Some routers forget a port as soon as anything on it is reset, the new line with it: once more, then, with another port. */
  async function punch(peer: PeerId, over: Connection, signal: AbortSignal, attempt: OpenAttempt): Promise<Connection> {
    const connection = await punchOnce(peer, over, signal, attempt)
    if ((await table.ask(connection)) !== undefined) return connection
    const again = await punchOnce(peer, relayed(peer, 'inbound') ?? over, signal, attempt)
    return proven(again)
  }

  // Trust no line before it answered: the encryption lets a dialler believe in one that the other side refuses.
  async function proven(connection: Connection): Promise<Connection> {
    if ((await table.ask(connection)) === undefined) throw new NetworkError('unreachable', { why: 'no answer' })
    return connection
  }

  /** The relayed line may end under a punch, as a double of another one: then that other one carries it. */
  async function punchOnce(
    peer: PeerId,
    over: Connection,
    signal: AbortSignal,
    attempt: OpenAttempt,
  ): Promise<Connection> {
    try {
      return await dcutr.punch(over, { signal, attempt })
    } catch (error) {
      const other = relayed(peer, 'inbound')
      if (signal.aborted || over.status === 'open' || other === undefined || other === over) throw error
      return dcutr.punch(other, { signal, attempt })
    }
  }

  async function follow(
    way: Way,
    peer: PeerId,
    before: readonly Promise<Connection>[],
    signal: AbortSignal,
  ): Promise<Connection> {
    if (way.afterMs > 0) await pause(way.afterMs, undefined, { signal, ref: false })
    if (way.headStartMs > 0)
      await Promise.race([pause(way.headStartMs, undefined, { signal, ref: false }), allFailed(before)])
    // It may have become known meanwhile.
    if (way.mechanism === 'tcp-punch' && isPunchHopeless(peer)) throw HOPELESS
    const attempt = journal.begin({ mechanism: way.mechanism, peer })
    const bound = bounded(way.withinMs, signal)
    if (way.mechanism === 'tcp-punch') punching.set(peer, bound)
    try {
      const connection = await way.go(bound.signal, attempt)
      attempt.stage('answered')
      attempt.succeed(connection.remoteAddr.toString().split('/p2p/')[0])
      return connection
    } catch (error) {
      if (signal.reason === OVERTAKEN) attempt.overtaken()
      else if (signal.aborted) attempt.fail('cut-off')
      else attempt.fail(...why(bound.signal.reason === HOPELESS ? HOPELESS : error))
      throw error
    } finally {
      bound.clear()
      if (punching.get(peer) === bound) punching.delete(peer)
    }
  }

  return {
    canTry: (peer, addresses) => waysTo(peer, addresses).length > 0,
    async run(peer, addresses, signal) {
      const ways = waysTo(peer, addresses)
      if (ways.length === 0) throw new NetworkError('unreachable', { why: 'no way to try' })
      const others = new AbortController()
      const whole = AbortSignal.any([signal, others.signal])
      try {
        const running: Promise<Connection>[] = []
        for (const way of ways) running.push(follow(way, peer, [...running], whole))
        return await Promise.any(running)
      } finally {
        others.abort(OVERTAKEN)
      }
    },
    review(peer) {
      if (isPunchHopeless(peer)) punching.get(peer)?.abort(HOPELESS)
    },
  }
}

/** Settles when none is left; never when one of them succeeds, because then everything ends anyway. */
async function allFailed(running: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(running)
  if (results.some(({ status }) => status === 'fulfilled')) await new Promise<never>(() => {})
}

function why(error: unknown): [AttemptReason, string] {
  if (error === HOPELESS) return ['cannot-work', HOPELESS.message]
  if (error instanceof PunchFailed) return [error.reason, error.detail ?? error.message]
  const detail = reasonOf(error)
  if (error instanceof NetworkError && error.failure.code === 'address-refused') return ['no-address', detail]
  return ['no-answer', detail]
}
