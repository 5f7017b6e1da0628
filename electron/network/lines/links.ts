import type { Connection } from '@libp2p/interface'
import { ipOf, relayOf, transportOf } from '../addresses/multiaddrs.ts'
import type { Link } from './line.ts'

/**
 * An open connection as line.ts judges it. `openedAt`: when it could first be used. libp2p's own time line begins some
 * round trips earlier, when the bare transport connected.
 */
export function linkOf(
  connection: Connection,
  openedAt: number,
  roundTripMs?: number,
): Link & { readonly connection: Connection } {
  const { remoteAddr, direct } = connection
  const relay = direct ? undefined : relayOf(remoteAddr)
  const remoteIp = direct ? ipOf(remoteAddr) : undefined
  const encryption = encryptionOf(connection)
  return {
    id: connection.id,
    connection,
    isDirect: direct,
    transport: transportOf(remoteAddr),
    openedAt,
    ...(relay !== undefined && { relay }),
    ...(remoteIp !== undefined && { remoteIp }),
    ...(encryption !== undefined && { encryption }),
    ...(roundTripMs !== undefined && { roundTripMs }),
  }
}

// QUIC and WebRTC encrypt below libp2p, which then says `native`.
function encryptionOf({ encryption, remoteAddr }: Connection): string | undefined {
  if (encryption === 'native') return transportOf(remoteAddr) === 'quic' ? 'tls' : 'dtls'
  return encryption?.split('/')[1]
}
