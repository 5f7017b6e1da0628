import { setTimeout as pause } from 'node:timers/promises'
import type { Connection, Libp2pEvents, MultiaddrConnection, TypedEventTarget } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { transportOf } from '../../addresses/multiaddrs.ts'
import { bounded } from '../../pace/bounded.ts'
import type { Components } from '../../parts/transports.ts'
import { dialFrom, type Role } from './dial-from.ts'
import { NotThrough, PunchFailed } from './failure.ts'

/** One address of the other side, and how it is dialled. */
export interface Target {
  /** Plain TCP with `/p2p/<peer>`. */
  readonly address: Multiaddr
  readonly role: Role
  /** Absent for an ordinary dial, behind which somebody listens: it punches nothing. */
  readonly localPort?: number
  readonly localAddress?: string
  readonly waitMs?: number
}

export interface SimultaneousOpen {
  readonly peer: PeerId
  readonly targets: readonly Target[]
  readonly withinMs: number
  readonly signal: AbortSignal
  /** TCP came up somewhere, for the first time. */
  readonly onTcpOpen?: (address: Multiaddr) => void
}

type Parts = Pick<Components, 'transportManager' | 'upgrader'> & {
  readonly events: TypedEventTarget<Libp2pEvents>
}

// The other side's SYN may be only just on its way; its router refuses ours until then. go and rust do not dial again.
const REDIAL_MS = 5
// After a while it is not a matter of moments any more.
const QUICK_REDIALS = 10
const SLOW_REDIAL_MS = 30
/** No route to there, or no right to go: it will not be different in a moment. */
const HOPELESS = new Set(['ENETUNREACH', 'EAFNOSUPPORT', 'EACCES', 'EPERM', 'EINVAL'])

/**
 * Dials all addresses at once and again until one of them opens, or the other side arrives at our listener. Throws
 * `NotThrough` at the end of the time, `PunchFailed` when cut off. Connections that lose open or fail by themselves:
 * closing them here could hit the one that the other side has chosen.
 */
export async function simultaneousOpen(components: Parts, options: SimultaneousOpen): Promise<Connection> {
  const { peer, targets, withinMs, signal } = options
  const race = createRace(options)
  const arrival = arrivalOf(components.events, peer)
  const dials = targets.map((target) => dialUntilOpen(components, target, race, performance.now() + withinMs, signal))
  try {
    return await Promise.race([arrival.connection, Promise.any(dials)])
  } catch (error) {
    throw failureOf(error, race.hasTcpOpened(), signal)
  } finally {
    race.end()
    arrival.forget()
  }
}

/** What the dials of one attempt know of each other. */
interface Race {
  /** Aborts when somebody has won. */
  readonly over: AbortSignal
  hasTcpOpened(): boolean
  /** TCP came up. Throws when the client has another connection in its handshakes already. */
  opened(target: Target): void
  /** The handshakes of a connection that had been let in came to their end. */
  handshaken(target: Target): void
  /** Resolves when the next connection may be let in. */
  mayEnter(): Promise<void>
  end(): void
}

class AnotherWasFirst extends Error {}

/** The client decides: it lets one connection at a time into the handshakes, so that both sides end with the same one. */
function createRace({ onTcpOpen }: SimultaneousOpen): Race {
  const over = new AbortController()
  let hasOpened = false
  let current: { readonly target: Target; readonly gone: PromiseWithResolvers<void> } | undefined
  return {
    over: over.signal,
    hasTcpOpened: () => hasOpened,
    opened(target) {
      if (target.localPort === undefined) return
      if (!hasOpened) onTcpOpen?.(target.address)
      hasOpened = true
      if (target.role === 'server') return
      if (current !== undefined) throw new AnotherWasFirst('another connection was first')
      current = { target, gone: Promise.withResolvers() }
    },
    handshaken(target) {
      if (current?.target !== target) return
      current.gone.resolve()
      current = undefined
    },
    mayEnter: async () => current?.gone.promise,
    end: () => over.abort(new Error('another way was faster')),
  }
}

async function dialUntilOpen(
  components: Parts,
  target: Target,
  race: Race,
  endsAt: number,
  signal: AbortSignal,
): Promise<Connection> {
  const stopped = AbortSignal.any([signal, race.over])
  if (target.waitMs !== undefined) await pause(target.waitMs, undefined, { signal: stopped })
  let failed: unknown = new Error('no time to dial')
  for (let tries = 1; performance.now() < endsAt; tries++) {
    stopped.throwIfAborted()
    const { connection, hasOpened, error } = await dialOnce(
      components,
      target,
      race,
      endsAt - performance.now(),
      signal,
    )
    if (connection !== undefined) return connection
    failed = error
    if (error instanceof AnotherWasFirst) await Promise.race([race.mayEnter(), ended(stopped)])
    // A client that came as far as the handshakes met somebody who does not answer, or is somebody else.
    else if (hasOpened && target.role === 'client') break
    if (HOPELESS.has(codeOf(error))) break
    await pause(tries < QUICK_REDIALS ? REDIAL_MS : SLOW_REDIAL_MS, undefined, { signal: stopped })
  }
  throw failed
}

interface Dialled {
  readonly connection?: Connection
  readonly hasOpened: boolean
  readonly error?: unknown
}

async function dialOnce(
  components: Parts,
  target: Target,
  race: Race,
  leftMs: number,
  signal: AbortSignal,
): Promise<Dialled> {
  const bound = bounded(leftMs, signal)
  let hasOpened = false
  // Whoever is in the handshakes stays there: it may be the one that has just won on the other side.
  const onOver = () => {
    if (!hasOpened) bound.abort(race.over.reason)
  }
  race.over.addEventListener('abort', onOver)
  const onTcpOpen = (connection: MultiaddrConnection) => {
    race.opened(target)
    hasOpened = true
    // Not everything in the handshakes listens to the signal.
    bound.signal.addEventListener('abort', () => connection.abort(new Error('the handshakes took too long')))
  }
  const { address, role, localPort, localAddress } = target
  try {
    const connection = await dialFrom(components, address, {
      ...{ signal: bound.signal, role, onTcpOpen },
      ...(localPort !== undefined && { localPort }),
      ...(localAddress !== undefined && { localAddress }),
    })
    return { connection, hasOpened }
  } catch (error) {
    return { error, hasOpened }
  } finally {
    bound.clear()
    race.over.removeEventListener('abort', onOver)
    if (hasOpened) race.handshaken(target)
  }
}

/** A connection that the other side opens to our listener meanwhile. */
function arrivalOf(events: TypedEventTarget<Libp2pEvents>, peer: PeerId) {
  const { promise, resolve } = Promise.withResolvers<Connection>()
  const onOpen = ({ detail: connection }: CustomEvent<Connection>) => {
    const { direct, direction, remotePeer, remoteAddr } = connection
    if (direct && direction === 'inbound' && remotePeer.toString() === peer && transportOf(remoteAddr) === 'tcp')
      resolve(connection)
  }
  events.addEventListener('connection:open', onOpen)
  return { connection: promise, forget: () => events.removeEventListener('connection:open', onOpen) }
}

async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

function failureOf(error: unknown, hasTcpOpened: boolean, signal: AbortSignal): PunchFailed {
  if (signal.aborted) return new PunchFailed('cut-off', textOf(signal.reason))
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error]
  const last = errors.at(-1)
  if (errors.some((one) => one instanceof Error && one.name === 'ConnectionInterceptedError'))
    return new NotThrough('refused', 'a connection with this peer is not allowed here', hasTcpOpened)
  if (hasTcpOpened) return new NotThrough('no-answer', `TCP opened, the handshakes failed: ${textOf(last)}`, true)
  const isRefused = errors.every((one) => codeOf(one) === 'ECONNREFUSED')
  return new NotThrough(isRefused ? 'refused' : 'no-answer', textOf(last), false)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function textOf(error: unknown): string {
  return codeOf(error) || (error instanceof Error ? error.message : String(error))
}
