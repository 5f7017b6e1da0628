import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Multiaddr } from '@multiformats/multiaddr'
import { NetworkError } from '../failure.ts'
import type { NetworkOptions } from '../network.ts'
import type { LoadedTransports } from '../parts/transports.ts'
import { transportOf } from './multiaddrs.ts'

type Listen = NonNullable<NetworkOptions['listen']>

/** The multiaddrs to listen on: every transport this machine has, on one host or on all. Port 0 = chosen by the system. */
export function listenAddresses(listen: Listen, transports: Pick<LoadedTransports, 'quic' | 'webrtc'>): string[] {
  const hosts = listen.host === undefined ? ['/ip4/0.0.0.0', '/ip6/::'] : [hostPart(listen.host)]
  return hosts.flatMap((host) => [
    `${host}/tcp/${listen.tcp ?? 0}`,
    `${host}/tcp/${listen.ws ?? 0}/ws`,
    ...(transports.quic === undefined ? [] : [`${host}/udp/${listen.quic ?? 0}/quic-v1`]),
  ])
}

function hostPart(host: string): string {
  const version = isIP(host)
  if (version === 0) throw new RangeError(`listen on an IP address, not on ${host}`)
  return `/ip${version}/${host}`
}

/**
 * Throws `port-taken` when a port somebody chose, or TCP altogether, is not being listened on. A machine without any
 * network has no address to show for its listeners; they are there all the same, and get one when the network comes.
 */
export function assertListening(
  listen: Listen,
  listening: readonly Multiaddr[],
  hasNetwork = Object.keys(networkInterfaces()).length > 0,
): void {
  if (!hasNetwork) return
  for (const [transport, port] of [
    ['tcp', listen.tcp ?? 0],
    ['websocket', listen.ws ?? 0],
    ['quic', listen.quic ?? 0],
  ] as const) {
    const isThere = listening.some((address) => transportOf(address) === transport)
    if (!isThere && (port > 0 || transport === 'tcp')) throw new NetworkError('port-taken', { port, transport })
  }
}
