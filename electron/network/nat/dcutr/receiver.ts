import type { Connection, Stream } from '@libp2p/interface'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { createRateLimit } from '../../pace/rate-limit.ts'
import type { Journal, OpenAttempt } from '../journal.ts'
import { openChannel, reasonText } from './channel.ts'
import type { Role } from './dial-from.ts'
import { NotThrough, PunchFailed } from './failure.ts'
import { INITIATOR_DIALS_MS } from './initiator.ts'
import { type PunchParts, placeIn } from './punch-parts.ts'
import { simultaneousOpen } from './simultaneous-open.ts'
import { targetsOf } from './targets.ts'

// A of libp2p specs relay/DCUtR.md: we opened the relayed connection, and the other side says when both dial.

/** Answers the streams of others. */
export interface Receiver {
  /** Never throws: how it went stands in the journal. */
  answer(stream: Stream, relayed: Connection): Promise<void>
  stop(): void
}

/** Longer than B dials, because it may begin later than we do. */
const RECEIVER_DIALS_MS = 5_000
// A cycle has three attempts; then there are pauses.
const ATTEMPTS = { burst: 12, perSecond: 1 }
// Attempts of one cycle follow one another at once; a later cycle begins with the roles of the specification.
const ROLE_KEPT_MS = 10_000
// The next attempt of B, if there is one, comes when B's time is up.
const PREPARE_AGAIN_MS = INITIATOR_DIALS_MS - 500

/** What runs with one peer. */
interface Answering {
  readonly leaving: AbortController
  /** The attempt before, which may still get through until this one dials. */
  before?: Answering
  isOver: boolean
  isDialling: boolean
  hasTcpOpened: boolean
}

const BEGAN_ANEW = new Error('the other side began anew')
const ALREADY_DIRECT = new Error('an earlier attempt got through')

/** Nobody has asked yet. */
export function createReceiver(parts: PunchParts, journal: Pick<Journal, 'begin'>): Receiver {
  const running = new Map<PeerId, Answering>()
  const swapped = new Map<PeerId, { readonly role: Role; readonly timer: NodeJS.Timeout }>()
  const mayAsk = createRateLimit(ATTEMPTS)
  let isStopped = false

  const roleWith = (peer: PeerId): Role => swapped.get(peer)?.role ?? 'client'

  function swapRole(peer: PeerId): void {
    const role = roleWith(peer) === 'client' ? 'server' : 'client'
    forgetRole(peer)
    const timer = setTimeout(() => swapped.delete(peer), ROLE_KEPT_MS)
    timer.unref()
    swapped.set(peer, { role, timer })
  }

  function forgetRole(peer: PeerId): void {
    clearTimeout(swapped.get(peer)?.timer)
    swapped.delete(peer)
  }

  /** One at a time; but B dials for less long than we do, and may begin its next attempt while we still do. */
  function mayBegin(peer: PeerId): boolean {
    if (isStopped || !mayAsk(peer)) return false
    return running.get(peer)?.isDialling !== false
  }

  async function answer(stream: Stream, relayed: Connection): Promise<void> {
    const peer = relayed.remotePeer.toString()
    if (relayed.direct || relayed.direction !== 'outbound' || !mayBegin(peer)) {
      stream.abort(new Error('no punch over this connection now'))
      return
    }
    const before = running.get(peer)
    const current: Answering = {
      ...{ leaving: new AbortController(), isOver: false, isDialling: false, hasTcpOpened: false },
      ...(before !== undefined && { before }),
    }
    running.set(peer, current)
    const attempt = journal.begin({ mechanism: 'tcp-punch', peer })
    try {
      const connection = await answerOnce(stream, relayed, current, attempt)
      attempt.stage('upgraded', placeIn(connection.remoteAddr))
      // The one who began asks as well; whoever hears first knows that the line holds.
      if ((await parts.ask(connection)) === undefined) throw new PunchFailed('no-answer', 'no ping answered')
      attempt.stage('answered')
      attempt.succeed(placeIn(connection.remoteAddr))
      forgetRole(peer)
      const later = running.get(peer)
      if (later !== current) later?.leaving.abort(ALREADY_DIRECT)
    } catch (error) {
      stream.abort(error instanceof Error ? error : new Error(reasonText(error)))
      // Both had the same role, then; B comes to the same conclusion.
      if (error instanceof NotThrough && error.hasTcpOpened) swapRole(peer)
      if (current.leaving.signal.reason === ALREADY_DIRECT || parts.hasDirect(peer)) attempt.overtaken()
      else if (error instanceof PunchFailed) attempt.fail(error.reason, error.detail)
      else attempt.fail('cut-off', reasonText(error))
    } finally {
      current.isOver = true
      if (running.get(peer) === current) leave(current, peer)
    }
  }

  function leave({ before }: Answering, peer: PeerId): void {
    if (before === undefined || before.isOver) running.delete(peer)
    else running.set(peer, before)
  }

  /** The attempt before had its time. */
  function supersedeBefore(current: Answering, peer: PeerId): void {
    const { before } = current
    delete current.before
    if (before === undefined || before.isOver) return
    if (before.hasTcpOpened) swapRole(peer)
    before.leaving.abort(BEGAN_ANEW)
  }

  async function answerOnce(
    stream: Stream,
    relayed: Connection,
    current: Answering,
    attempt: OpenAttempt,
  ): Promise<Connection> {
    const peer = relayed.remotePeer.toString()
    const { signal } = current.leaving
    const channel = openChannel(stream, relayed)
    const preparing = parts.preparations.take(relayed.remoteAddr)
    try {
      // 2. B sends CONNECT with its addresses.
      const { addresses: told } = await channel.next('connect', signal)
      attempt.stage('connect-received', `${told.length} addresses`)
      // 3. A answers with its own.
      const own = await preparing
      attempt.stage('prepared', own.outer && `seen as ${own.outer.host}:${own.outer.port}`)
      if (own.candidates.length === 0) throw new PunchFailed('no-address', 'we have none to offer')
      const targetsAs = (role: Role) =>
        targetsOf({
          ...{ peer, role, isDialler: true, told, recorded: parts.localAddressesOf(peer) },
          ...{ own, isPublic: parts.isPublic },
        })
      if (targetsAs('client').length === 0)
        throw new PunchFailed('no-address', 'the other side told none that may be dialled')
      channel.send({ type: 'connect', addresses: own.candidates })
      attempt.stage('connect-sent', `${own.candidates.length} addresses`)
      // 4. B sends SYNC, and A dials at once.
      await channel.next('sync', signal)
      attempt.stage('sync-received')
      channel.close()
      supersedeBefore(current, peer)
      const role = roleWith(peer)
      const targets = targetsAs(role)
      own.freeForDialling()
      current.isDialling = true
      attempt.stage('dialling', `${targets.length} addresses as ${role}`)
      return await dialling(relayed, () =>
        simultaneousOpen(parts.components, {
          ...{ peer, targets, withinMs: RECEIVER_DIALS_MS, signal },
          onTcpOpen: (address) => {
            current.hasTcpOpened = true
            attempt.stage('tcp-opened', placeIn(address))
          },
        }),
      )
    } finally {
      void preparing.then((own) => own.release())
    }
  }

  /** Prepares for B's next attempt while this one is still running. */
  async function dialling(relayed: Connection, work: () => Promise<Connection>): Promise<Connection> {
    const timer = setTimeout(() => parts.preparations.ahead(relayed.remoteAddr), PREPARE_AGAIN_MS)
    try {
      const connection = await work()
      parts.preparations.drop(relayed.remoteAddr)
      return connection
    } catch (error) {
      parts.preparations.ahead(relayed.remoteAddr)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    answer,
    stop() {
      isStopped = true
      for (const { leaving } of running.values()) leaving.abort(new Error('stopping'))
      for (const peer of [...swapped.keys()]) forgetRole(peer)
    },
  }
}
