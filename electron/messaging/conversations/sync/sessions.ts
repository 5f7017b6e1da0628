import type { Failure } from '../../../../shared/contract/failures.ts'
import type { LineKind, Path } from '../../../../shared/domain/line.ts'
import { isConnected, isRelayed } from '../../../../shared/domain/line.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import type { FrameStream, Network } from '../../../network/network.ts'
import { StorageError } from '../../../storage/failure.ts'
import type { Clock } from '../clock.ts'
import type { LogKey } from '../log/log-key.ts'
import { createFlights, type Flights } from './flights.ts'
import { startSession } from './session.ts'
import type { Session, SessionEvents, SessionOptions } from './session-types.ts'

export const SYNC_PROTOCOL = '/sightline/sync/1'

// Both sides open at the same moment when a connection appears: the larger peer id gives the smaller one a head start.
const HEAD_START_MS = 250
const OPEN_TIMEOUT_MS = 15_000
const RETRY_FIRST_MS = 100
const RETRY_MOST_MS = 5_000
// A stream that opens and then comes to nothing (a full disk on either side) sends everything again each time.
const RETRY_FRUITLESS_MOST_MS = 15_000
// A stream that has lived so long is a good one, though nothing was said.
const GOOD_AFTER_MS = 30_000
// Streams that one run of the program may greet before its numbers meet those of the next run.
const TURNS_PER_RUN = 2 ** 24
// Somebody who does not follow the protocol will not the next moment either.
const RETRY_HOSTILE_MS = 30_000
const STREAMS_PER_PEER_MAX = 4

/** Keeps one live sync stream to every connected mutual contact, on the best connection. */
export interface Sessions {
  start(): Promise<void>
  stop(): void
  /** Somebody became mutual, or is no longer. */
  review(): void
  /** The stream that carries a contact's conversation now. */
  current(peer: PeerId): Session | undefined
  /** How far a log of mine was handed to a connection that is still open. */
  sentUpTo(peer: PeerId, log: LogKey): number
}

interface Options {
  readonly network: Network
  readonly clock: Clock
  readonly random: () => number
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void
  /** A number greater than in any run of this database before. */
  nextRun(): Promise<number>
  isMutual(peer: PeerId): boolean
  mutual(): readonly PeerId[]
  /** What a session with this peer needs, its stream and turn aside. */
  session(peer: PeerId): Omit<SessionOptions, 'stream' | 'turn' | 'peer' | 'self' | 'clock' | 'flights' | 'events'> & {
    readonly events: Omit<SessionEvents, 'live' | 'progressed' | 'ended'>
    /** A stream ended because this side's disk failed. */
    troubled(failure: Failure): void
    /** The set of open streams to this peer changed. */
    changed(): void
  }
}

interface Peer {
  readonly id: PeerId
  readonly sessions: Set<Session>
  readonly flights: Flights
  failures: number
  /** The last stream went live and came to nothing. */
  isFruitless: boolean
  isOpening: boolean
  cancelPlan: (() => void) | undefined
  lastKind: LineKind | undefined
  /** A contact that broke the protocol is not tried before this moment. */
  notBefore: number
}

/** Makes the keeper of streams. */
export function createSessions(options: Options): Sessions {
  const { network, clock, random, log, nextRun, isMutual, mutual, session } = options
  const peers = new Map<PeerId, Peer>()
  const stopping = new AbortController()
  let stopListening = () => {}
  let lastTurn = 0

  function peerOf(id: PeerId): Peer {
    const known = peers.get(id)
    if (known) return known
    const peer: Peer = {
      id,
      sessions: new Set(),
      flights: createFlights(),
      failures: 0,
      isFruitless: false,
      isOpening: false,
      cancelPlan: undefined,
      lastKind: undefined,
      notBefore: 0,
    }
    peers.set(id, peer)
    return peer
  }

  const staying = (peer: Peer) => [...peer.sessions].filter((one) => !one.isLeaving)
  const best = (peer: Peer): Session | undefined =>
    staying(peer)
      .filter((one) => one.isLive)
      .sort((a, b) => (b.turn ?? 0) - (a.turn ?? 0))[0]

  /** Opens a stream if this peer has none, or could have one on a better connection. */
  function plan(peer: Peer, delayMs = network.self < peer.id ? 0 : HEAD_START_MS): void {
    if (stopping.signal.aborted || peer.isOpening || peer.cancelPlan || !isWanted(peer)) return
    peer.cancelPlan = clock.after(delayMs, () => {
      peer.cancelPlan = undefined
      if (isWanted(peer)) void open(peer)
    })
  }

  function isWanted(peer: Peer): boolean {
    const path = network.path(peer.id)
    if (!isMutual(peer.id) || !isConnected(path.line)) return false
    const sessions = staying(peer)
    return sessions.every((one) => isBetter(path, one.stream.path()))
  }

  async function open(peer: Peer): Promise<void> {
    peer.isOpening = true
    const timeout = new AbortController()
    const cancelTimeout = clock.after(OPEN_TIMEOUT_MS, () =>
      timeout.abort(new Error('the stream took too long to open')),
    )
    try {
      const signal = AbortSignal.any([stopping.signal, timeout.signal])
      begin(peer, await network.open(peer.id, SYNC_PROTOCOL, { signal }))
    } catch (error) {
      log('sync stream not opened', { peer: peer.id.slice(-8), reason: String(error) })
      peer.isOpening = false
      retry(peer)
    } finally {
      cancelTimeout()
      peer.isOpening = false
    }
  }

  // Bounded, because the clock may step.
  const penaltyMs = (peer: Peer) => Math.min(RETRY_HOSTILE_MS, Math.max(0, peer.notBefore - clock.now()))

  function retry(peer: Peer): void {
    const mostMs = peer.isFruitless ? RETRY_FRUITLESS_MOST_MS : RETRY_MOST_MS
    const delay = Math.min(mostMs, RETRY_FIRST_MS * 2 ** peer.failures++)
    peer.cancelPlan?.()
    peer.cancelPlan = undefined
    plan(peer, Math.max(penaltyMs(peer), delay * (0.75 + random() / 2)))
  }

  function refusalOf(peer: Peer): string | undefined {
    if (stopping.signal.aborted) return 'stopping'
    if (!isMutual(peer.id)) return 'only for mutual contacts'
    return peer.sessions.size >= STREAMS_PER_PEER_MAX ? 'too many streams' : undefined
  }

  function begin(peer: Peer, stream: FrameStream): void {
    const problem = refusalOf(peer)
    if (problem !== undefined) {
      stream.abort(new Error(problem))
      return
    }
    lastTurn++
    const { events, changed, troubled, ...needs } = session(peer.id)
    let wasLive = false
    let isOfUse = false
    let stopWaiting = () => {}
    const progressed = () => {
      isOfUse = true
      peer.failures = 0
      peer.isFruitless = false
    }
    const started = startSession({
      ...needs,
      self: network.self,
      peer: peer.id,
      stream,
      turn: lastTurn,
      clock,
      flights: peer.flights,
      events: {
        ...events,
        // No success yet: what fails may only begin now.
        live() {
          wasLive = true
          peer.flights.forget((carrier) => [...peer.sessions].some((one) => one.stream === carrier))
          stopWaiting = clock.after(GOOD_AFTER_MS, progressed)
          choose(peer)
          changed()
        },
        progressed,
        ended({ reason, isHostile, error }) {
          stopWaiting()
          peer.sessions.delete(started)
          log('sync stream ended', { peer: peer.id.slice(-8), reason })
          if (error instanceof StorageError) troubled(error.failure)
          if (wasLive && !isOfUse && error !== undefined) peer.isFruitless = true
          changed()
          if (isHostile) peer.notBefore = clock.now() + RETRY_HOSTILE_MS
          if (staying(peer).length === 0) retry(peer)
        },
      },
    })
    peer.sessions.add(started)
  }

  // Step 4: two streams are live, opened by either side or on two connections. Both sides come to the same choice.
  function choose(peer: Peer): void {
    const winner = best(peer)
    if (!winner) return
    for (const one of staying(peer)) if (one !== winner && one.isLive) one.leave()
  }

  function onPath(id: PeerId, path: Path): void {
    if (!isMutual(id)) return
    const peer = peerOf(id)
    // Another line is another chance: what failed on the old one says nothing about it.
    if (path.line.kind !== peer.lastKind && penaltyMs(peer) === 0) {
      peer.lastKind = path.line.kind
      peer.failures = 0
      peer.isFruitless = false
      peer.cancelPlan?.()
      peer.cancelPlan = undefined
    }
    plan(peer)
  }

  return {
    async start() {
      lastTurn = (await nextRun()) * TURNS_PER_RUN
      if (stopping.signal.aborted) return
      stopListening = network.onPath(onPath)
      await network.handle(SYNC_PROTOCOL, 'contacts', (stream) => begin(peerOf(stream.peer), stream))
      for (const id of mutual()) plan(peerOf(id))
    },
    stop() {
      stopping.abort(new Error('stopping'))
      stopListening()
      for (const peer of peers.values()) {
        peer.cancelPlan?.()
        for (const one of peer.sessions) one.abort(new Error('stopping'))
      }
    },
    review() {
      for (const peer of peers.values())
        if (!isMutual(peer.id)) for (const one of [...peer.sessions]) one.abort(new Error('no longer a mutual contact'))
      for (const id of mutual()) plan(peerOf(id))
    },
    current: (id) => {
      const peer = peers.get(id)
      return peer && best(peer)
    },
    sentUpTo: (id, key) => Math.max(0, ...[...(peers.get(id)?.sessions ?? [])].map((one) => one.sentUpTo(key))),
  }
}

/** Is it worth moving a stream from one path to the other? Only a relay is worth leaving: for none, or before its limit cuts. */
function isBetter(now: Path, stream: Path): boolean {
  if (!isRelayed(stream.line) || !isConnected(now.line)) return false
  return !isRelayed(now.line) || (stream.isRunningOut === true && now.isRunningOut !== true)
}
