import { networkInterfaces } from 'node:os'
import type { PeerId } from '../../shared/domain/peer.ts'
import { createRelayCounters } from '../network/relay-server/counters.ts'
import { type RelayLimits, type ReservationChange, startRelayNode } from '../network/relay-server/node.ts'
import { listenFailure } from '../network/relay-server/start-error.ts'
import { startStunServer } from '../network/relay-server/stun-server.ts'
import { type Access, createRelayGate } from './access.ts'
import { DEFAULT_LIMITS, relayLimits } from './limits.ts'
import { startMetricsServer } from './metrics.ts'
import { type RelayStatus, relayStatus } from './status.ts'

export interface CreateRelayOptions {
  /** 32-byte Ed25519 seed; the peer id follows from it. */
  readonly seed: Uint8Array
  /** Addresses to listen on; all when absent. */
  readonly hosts?: readonly string[]
  /** Each port: 0 or absent = chosen by the system. */
  readonly port?: number
  readonly wsPort?: number
  readonly stunPort?: number
  readonly metricsPort?: number
  readonly announce?: readonly string[]
  readonly certificate?: { readonly cert: string; readonly key: string }
  readonly limits?: RelayLimits
  readonly access?: Access
  readonly name?: string
  readonly onReservation?: (change: ReservationChange) => void
}

export interface RunningRelay {
  readonly id: PeerId
  /** Multiaddrs to give to others, `/p2p/<id>` included, best first. */
  readonly addresses: readonly string[]
  /** Base of `/metrics` and `/status.json`, on loopback. */
  readonly metricsUrl: string
  readonly limits: RelayLimits
  /** What this machine could not load, in the words of whatever failed. */
  readonly missing: readonly { readonly part: string; readonly why: string }[]
  counters(): RelayStatus
  /** Ends everything within two seconds, whatever a peer does. */
  stop(): Promise<void>
}

/** Well under the two seconds promised: closing politely depends on peers. */
const STOP_WITHIN_MS = 1_500

/** Starts a whole relay in this process. Throws `RelayStartError` for what its operator can mend. */
export async function createRelay(options: CreateRelayOptions): Promise<RunningRelay> {
  const limits = options.limits ?? relayLimits(DEFAULT_LIMITS)
  const hosts = options.hosts ?? ['0.0.0.0', '::']
  const startedAt = Date.now()
  const counters = createRelayCounters()
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    const ending = Promise.allSettled(stops.splice(0).map((stopPart) => stopPart()))
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise((resolve) => {
      timer = setTimeout(resolve, STOP_WITHIN_MS)
    })
    await Promise.race([ending, deadline])
    clearTimeout(timer)
  }

  try {
    const stunPort = options.stunPort ?? 0
    const stun = await startStunServer({
      addresses: eachAddress(hosts),
      port: stunPort,
      otherPort: stunPort === 0 ? 0 : stunPort + 1,
    }).catch((error: unknown) => {
      throw listenFailure(error)
    })
    stops.unshift(stun.stop)
    const node = await startRelayNode({
      seed: options.seed,
      hosts,
      port: options.port ?? 0,
      wsPort: options.wsPort ?? 0,
      announce: options.announce ?? [],
      ...(options.certificate && { certificate: options.certificate }),
      ...(options.name === undefined ? {} : { name: options.name }),
      limits,
      gate: createRelayGate(limits, options.access ?? { kind: 'open' }),
      counters,
      ...(options.onReservation && { onReservation: options.onReservation }),
    })
    stops.unshift(node.stop)
    const status = () =>
      relayStatus({
        node,
        counts: counters.snapshot(),
        limits,
        stun,
        startedAt,
        ...(options.name === undefined ? {} : { name: options.name }),
      })
    const metrics = await startMetricsServer(options.metricsPort ?? 0, status)
    stops.unshift(metrics.stop)
    return {
      id: node.id,
      addresses: node.addresses(),
      metricsUrl: metrics.url,
      limits,
      missing: node.missing,
      counters: status,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The wildcards spelled out: STUN has to answer from the very address that was asked. Link-local ones need a zone to be reached. */
function eachAddress(hosts: readonly string[], interfaces = networkInterfaces()): string[] {
  const own = Object.values(interfaces).flatMap((addresses) => addresses ?? [])
  const all = (family: 'IPv4' | 'IPv6') =>
    own.filter((one) => one.family === family && !/^fe[89ab]/i.test(one.address)).map(({ address }) => address)
  const addresses = hosts.flatMap((host) => (host === '0.0.0.0' ? all('IPv4') : host === '::' ? all('IPv6') : [host]))
  return [...new Set(addresses)]
}
