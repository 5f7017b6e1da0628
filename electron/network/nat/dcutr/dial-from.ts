import type { Connection, MultiaddrConnection, Upgrader } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { replacing } from '../../parts/guard.ts'
import type { Components } from '../../parts/transports.ts'

/** How one TCP connection is to be dialled. */
export interface DialFrom {
  /** Destroys the socket whenever it aborts, even after success: clear it (pace/bounded.ts). */
  readonly signal: AbortSignal
  /** Chosen by the system when absent. */
  readonly localPort?: number
  readonly localAddress?: string
  /** Who speaks first in the handshakes: the dialler, unless a simultaneous open makes it the other way round. */
  readonly role?: Role
  /** TCP came up; what this throws ends the connection before the handshakes begin. */
  readonly onTcpOpen?: (connection: MultiaddrConnection) => void
}

export type Role = 'client' | 'server'

type Parts = Pick<Components, 'transportManager' | 'upgrader'>

/** Dials a plain TCP address (`/p2p/<id>` at its end) past libp2p's dial queue, which knows neither local port nor role. */
export async function dialFrom(
  { transportManager, upgrader }: Parts,
  address: Multiaddr,
  { signal, localPort, localAddress, role = 'client', onTcpOpen }: DialFrom,
): Promise<Connection> {
  const transport = transportManager.dialTransportForMultiaddr(address)
  if (transport === undefined) throw new Error('no transport for this address')
  const options = {
    signal,
    upgrader: inRole(upgrader, role, onTcpOpen),
    // multistream-select and the encryption take their roles from here.
    initiator: role === 'client',
    // Two sockets of two families cannot share one local port.
    autoSelectFamily: false,
    family: address.getComponents()[0]?.name.endsWith('6') === true ? 6 : 4,
    ...(localPort !== undefined && { localPort }),
    ...(localAddress !== undefined && { localAddress }),
  }
  return transport.dial(address, options)
}

function inRole(upgrader: Upgrader, role: Role, onTcpOpen: DialFrom['onTcpOpen']): Upgrader {
  const upgradeOutbound: Upgrader['upgradeOutbound'] = async (connection: MultiaddrConnection, options) => {
    onTcpOpen?.(connection)
    // Yamux takes its role from here.
    if (role === 'server') connection.direction = 'inbound'
    return upgrader.upgradeOutbound(connection, options)
  }
  return replacing(upgrader, { upgradeOutbound })
}
