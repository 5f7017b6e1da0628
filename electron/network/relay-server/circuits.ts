import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type CircuitRelayServerInit,
  type CircuitRelayService,
  circuitRelayServer,
  type RelayReservation,
} from '@libp2p/circuit-relay-v2'
import type { Connection, PeerId as Libp2pPeerId, Stream } from '@libp2p/interface'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { replacing, withComponents } from '../parts/guard.ts'
import type { Components } from '../parts/transports.ts'

/**
 * Above this, one side of a circuit is not read until the other side has taken what waits. The library's own pipe
 * reads on for ever, so a sender and a reader that never reads would fill the relay's memory up to the circuit's limit.
 */
const PAUSE_ABOVE_BYTES = 1024 * 1024
const RESUME_BELOW_BYTES = 256 * 1024
/** QUIC streams cannot be paused: their excess waits in the read buffer, and a circuit is reset when this is full. */
const READ_BUFFER_MAX_BYTES = 16 * 1024 * 1024

/** Told about everything a circuit relay server does; the library itself has no events for it. */
export interface CircuitWatch {
  /** A new reservation or, with `isNew` false, a refreshed one. */
  reserved(peer: PeerId, expiresAt: number, isNew: boolean): void
  reservationEnded(peer: PeerId): void
  opened(from: PeerId, to: PeerId): void
  closed(from: PeerId, to: PeerId): void
  relayed(from: PeerId, to: PeerId, bytes: number): void
  /** Asked for somebody who holds no reservation here, or did not answer. */
  notHere(from: PeerId): void
}

export interface WatchedRelayOptions extends CircuitRelayServerInit {
  readonly reservationTtlMs: number
  /** Was the latest request of this peer refused by the connection gater, which has counted it already? */
  readonly wasRefused: (from: PeerId) => boolean
}

/**
 * A circuit relay v2 server that reports to `watch`, ends a reservation with its peer's last connection, opens circuits on
 * the connection that holds the reservation, and bounds its memory.
 */
export function watchedRelayServer(
  options: WatchedRelayOptions,
  watch: CircuitWatch,
): (components: Components) => CircuitRelayService {
  /** The connection that last asked for its reservation. */
  const holders = new Map<PeerId, Connection>()
  const part = withComponents(circuitRelayServer(options), ({ connectionManager }) => ({
    // The library takes the first. That may be dead and not noticed yet, or one that a hole punch opens for a moment.
    connectionManager: replacing(connectionManager, {
      getConnections: (peer) =>
        holderFirst(connectionManager.getConnections(peer), peer && holders.get(peer.toString())),
    }),
  }))
  return (components) => {
    const service = part(components)
    const server: object = service
    if (!isHopServer(server)) throw new Error('this version of @libp2p/circuit-relay-v2 cannot be watched')
    const requests: Requests = new AsyncLocalStorage()
    watchCircuits(server, requests, options.wasRefused, watch)
    watchReservations(service.reservations, {
      ...watch,
      reserved: (peer, _expiresAt, isNew) => {
        const asked = requests.getStore()
        if (asked !== undefined) holders.set(peer, asked.connection)
        watch.reserved(peer, Date.now() + options.reservationTtlMs, isNew)
      },
      reservationEnded: (peer) => {
        holders.delete(peer)
        watch.reservationEnded(peer)
      },
    })
    // Circuit v2: a reservation ends with the connection. The library keeps it until it expires, and a relay is
    // full of people who left hours ago.
    components.events.addEventListener('peer:disconnect', ({ detail: peer }) => {
      const reservation = service.reservations.get(peer)
      if (reservation === undefined) return
      // Its timer would otherwise take away the next reservation of the same peer.
      reservation.signal.clear()
      service.reservations.delete(peer)
    })
    return service
  }
}

function holderFirst(connections: Connection[], holder: Connection | undefined): Connection[] {
  if (holder === undefined || !connections.includes(holder)) return connections
  return [holder, ...connections.filter((connection) => connection !== holder)]
}

/** Which request a step of the server belongs to: `stopHop` returns the far stream and does not know the near one. */
type Requests = AsyncLocalStorage<{ readonly stream: Stream; readonly connection: Connection; isJoined: boolean }>

/** The steps of the library's server that are wrapped; public there, but not in its declared interface. */
interface HopServer {
  onHop(stream: Stream, connection: Connection): Promise<void>
  handleConnect(request: unknown, options: unknown): Promise<void>
  stopHop(request: { connection: Connection }, options: unknown): Promise<Stream | undefined>
}

function isHopServer(server: object): server is HopServer {
  return ['onHop', 'handleConnect', 'stopHop'].every((step) => step in server)
}

function watchCircuits(
  server: HopServer,
  requests: Requests,
  wasRefused: (from: PeerId) => boolean,
  watch: CircuitWatch,
): void {
  const onHop = server.onHop.bind(server)
  server.onHop = (stream, connection) =>
    requests.run({ stream, connection, isJoined: false }, () => onHop(stream, connection))

  const handleConnect = server.handleConnect.bind(server)
  server.handleConnect = async (request, options) => {
    await handleConnect(request, options)
    const asked = requests.getStore()
    if (asked === undefined || asked.isJoined) return
    const from = asked.connection.remotePeer.toString()
    if (!wasRefused(from)) watch.notHere(from)
  }

  const stopHop = server.stopHop.bind(server)
  server.stopHop = async (request, options) => {
    const far = await stopHop(request, options)
    const asked = requests.getStore()
    if (far === undefined || asked === undefined) return far
    asked.isJoined = true
    const from = asked.connection.remotePeer.toString()
    const to = request.connection.remotePeer.toString()
    watch.opened(from, to)
    // The far side's answer is read completely by now, and the near side waits for ours: all that follows is relayed.
    carry(asked.stream, far, (bytes) => watch.relayed(from, to, bytes))
    carry(far, asked.stream, (bytes) => watch.relayed(to, from, bytes))
    far.addEventListener('close', () => watch.closed(from, to), { once: true })
    return far
  }
}

/**
 * Counts what `source` delivers, and stops reading it while `target` is too slow.
 * Works on the calls the pipe makes anyway: a `message` listener of our own would make the stream deliver before the pipe is there.
 */
function carry(source: Stream, target: Stream, count: (bytes: number) => void): void {
  let waitingBytes = 0
  source.maxReadBufferLength = READ_BUFFER_MAX_BYTES

  const dispatch = source.dispatchEvent.bind(source)
  source.dispatchEvent = (event) => {
    const bytes = event.type === 'message' ? messageBytes(event) : 0
    if (bytes > 0) {
      count(bytes)
      waitingBytes += bytes
      if (waitingBytes > PAUSE_ABOVE_BYTES && source.readStatus === 'readable') source.pause()
    } else if (source.readStatus === 'paused' && (event.type === 'remoteCloseWrite' || event.type === 'close')) {
      // The pipe ends with these events: what waits has to be handed to it first.
      source.resume()
    }
    return dispatch(event)
  }

  const send = target.send.bind(target)
  target.send = (data) => {
    const canSendMore = send(data)
    waitingBytes = Math.max(0, waitingBytes - data.byteLength)
    if (waitingBytes < RESUME_BELOW_BYTES && source.readStatus === 'paused') source.resume()
    return canSendMore
  }
}

function messageBytes(event: Event): number {
  if (!('data' in event) || typeof event.data !== 'object' || event.data === null) return 0
  return 'byteLength' in event.data && typeof event.data.byteLength === 'number' ? event.data.byteLength : 0
}

function watchReservations(
  reservations: CircuitRelayService['reservations'],
  watch: Pick<CircuitWatch, 'reserved' | 'reservationEnded'>,
): void {
  const set = reservations.set.bind(reservations)
  reservations.set = (peer: Libp2pPeerId, reservation: RelayReservation) => {
    const isNew = !reservations.has(peer)
    set(peer, reservation)
    watch.reserved(peer.toString(), reservation.expiry.getTime(), isNew)
  }
  const remove = reservations.delete.bind(reservations)
  reservations.delete = (peer: Libp2pPeerId) => {
    const wasThere = remove(peer)
    if (wasThere) watch.reservationEnded(peer.toString())
    return wasThere
  }
}
