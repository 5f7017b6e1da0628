import { setTimeout as pause } from 'node:timers/promises'
import type { Connection, Stream } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { bounded } from '../../pace/bounded.ts'
import { LIBP2P_PROTOCOLS } from '../../protocols.ts'
import { openEagerly, sendEagerly } from '../../streams/eager-stream.ts'
import { encodeFrame } from '../../streams/frames.ts'
import type { OpenAttempt } from '../journal.ts'
import { openChannel, reasonText, STEP_MS } from './channel.ts'
import type { Role } from './dial-from.ts'
import { NotThrough, PunchFailed } from './failure.ts'
import { encodeMessage } from './message.ts'
import type { Prepared } from './prepared.ts'
import { type PunchParts, placeIn } from './punch-parts.ts'
import { simultaneousOpen } from './simultaneous-open.ts'
import { targetsOf } from './targets.ts'

// B of libp2p specs relay/DCUtR.md: somebody opened a relayed connection to us, and we say when both dial.

const ATTEMPTS_MAX = 3
/** How long B dials in one attempt. */
export const INITIATOR_DIALS_MS = 3_000

/** One cycle: up to three attempts, each with a new stream and new ports. Throws `PunchFailed`. */
export async function initiate(
  parts: PunchParts,
  relayed: Connection,
  attempt: OpenAttempt | undefined,
  signal: AbortSignal,
): Promise<Connection> {
  // In a simultaneous open both are dialling, and one has to be the server: B.
  let role: Role = 'server'
  // A busy moment makes the measured one longer than it is, never shorter.
  let leastMs = Number.POSITIVE_INFINITY
  const roundTrip = (measuredMs: number) => {
    leastMs = Math.min(leastMs, measuredMs)
    return leastMs
  }
  for (let number = 1; ; number++) {
    const note: Note = (what, detail) => attempt?.stage(what, `attempt ${number}${detail ? `, ${detail}` : ''}`)
    try {
      return await initiateOnce(parts, relayed, { role, roundTrip, note }, signal)
    } catch (error) {
      if (!(error instanceof NotThrough) || number === ATTEMPTS_MAX) throw error
      parts.log('dcutr.not-through', { peer: relayed.remotePeer.toString().slice(-8), number, why: error.message })
      // Both had the same role, then: go before 0.41, say, or a listener that answered in place of the dialler.
      if (error.hasTcpOpened) role = role === 'server' ? 'client' : 'server'
      parts.preparations.ahead(relayed.remoteAddr)
    }
  }
}

type Note = (what: string, detail?: string) => void

interface Attempting {
  readonly role: Role
  /** The shortest round trip of this cycle, in milliseconds. */
  readonly roundTrip: (measuredMs: number) => number
  readonly note: Note
}

async function initiateOnce(
  parts: PunchParts,
  relayed: Connection,
  { role, roundTrip, note }: Attempting,
  signal: AbortSignal,
): Promise<Connection> {
  const peer = relayed.remotePeer.toString()
  const own = await parts.preparations.take(relayed.remoteAddr)
  try {
    note('prepared', own.outer && `seen as ${own.outer.host}:${own.outer.port}`)
    const { told, roundTripMs } = await agree(relayed, own, note, signal)
    const targets = targetsOf({
      ...{ peer, role, isDialler: false, told, recorded: parts.localAddressesOf(peer) },
      ...{ own, isPublic: parts.isPublic },
    })
    // On a line that loses packets it may not have learned one in time.
    if (targets.length === 0) throw new NotThrough('no-address', 'the other side told none that may be dialled', false)
    // 5. B waits for half the round trip, in which SYNC arrives at A, and dials.
    await pause(roundTrip(roundTripMs) / 2, undefined, { signal })
    note('dialling', `${targets.length} addresses as ${role}`)
    own.freeForDialling()
    const connection = await simultaneousOpen(parts.components, {
      ...{ peer, targets, withinMs: INITIATOR_DIALS_MS, signal },
      onTcpOpen: (address) => note('tcp-opened', placeIn(address)),
    })
    note('upgraded', placeIn(connection.remoteAddr))
    return connection
  } catch (error) {
    if (error instanceof PunchFailed) throw error
    if (signal.aborted) throw new PunchFailed('cut-off', reasonText(signal.reason))
    throw new PunchFailed(relayed.status === 'open' ? 'no-answer' : 'cut-off', reasonText(error))
  } finally {
    own.release()
  }
}

interface Agreed {
  readonly told: readonly Multiaddr[]
  readonly roundTripMs: number
}

async function agree(relayed: Connection, own: Prepared, note: Note, signal: AbortSignal): Promise<Agreed> {
  if (own.candidates.length === 0) throw new PunchFailed('no-address', 'we have none to offer')
  const { dcutr } = LIBP2P_PROTOCOLS
  const sentAt = performance.now()
  const sinceMs = () => performance.now() - sentAt
  // 1. B opens a stream over exactly this relayed connection.
  // 2. B sends CONNECT with its addresses, and starts a timer.
  const first = encodeFrame(encodeMessage({ type: 'connect', addresses: own.candidates }))
  const stream = await openStream(relayed, signal)
  const channel = openChannel(stream, relayed)
  try {
    sendEagerly(stream, dcutr, first)
    note('connect-sent', `${own.candidates.length} addresses`)
    await channel.named(dcutr, signal)
    const streamMs = sinceMs()
    note('stream-opened', `${Math.round(streamMs)} ms`)
    // 3. A answers with its own CONNECT.
    const { addresses: told } = await channel.next('connect', signal)
    note('connect-received', `${told.length} addresses`)
    // 4. B sends SYNC; nothing more is said on this stream.
    channel.send({ type: 'sync' })
    // A may have had to learn its addresses before it answered, but not before it named the protocol.
    note('sync-sent', `round trip ${Math.round(streamMs)} ms`)
    channel.close()
    return { told, roundTripMs: streamMs }
  } catch (error) {
    stream.abort(error instanceof Error ? error : new Error(reasonText(error)))
    throw error
  }
}

async function openStream(relayed: Connection, signal: AbortSignal): Promise<Stream> {
  const bound = bounded(STEP_MS, signal)
  try {
    return await openEagerly(relayed, bound.signal)
  } catch (error) {
    if (signal.aborted || relayed.status !== 'open') throw new PunchFailed('cut-off', 'the relayed connection ended')
    throw new PunchFailed('no-answer', reasonText(error))
  } finally {
    bound.clear()
  }
}
