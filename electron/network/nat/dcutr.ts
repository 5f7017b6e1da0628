import type { Connection, PeerId as Libp2pPeerId, Topology } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { type Admits, guarded, replacing, withComponents } from '../parts/guard.ts'
import type { Components } from '../parts/transports.ts'

/**
 * libp2p's own DCUtR, for people with whom a direct connection is allowed, at both ends. It punches no holes in
 * js-libp2p today; what it does achieve is that a public peer is dialled back.
 * It fires for every relayed peer and closes the relayed connection at once: here it never hears of anyone else, it
 * gets the direct addresses that identify keeps to itself, and reconnect.ts closes the relayed connection later, when
 * the streams on it have moved.
 */
export function forUpgrades<C extends Components, Service>(
  dcutr: (components: C) => Service,
  mayUpgrade: Admits,
  direct: () => Multiaddr[],
): (components: C) => Service {
  return guarded(
    withComponents(dcutr, ({ addressManager, registrar }) => ({
      addressManager: replacing(addressManager, { getAddresses: direct }),
      registrar: replacing(registrar, {
        register: (protocol: string, topology: Topology, options) =>
          registrar.register(protocol, leavingRelayedOpen(topology), options),
        handle: (protocol, handler, options) =>
          registrar.handle(protocol, (stream, connection) => handler(stream, keptOpen(connection)), options),
      }),
    })),
    mayUpgrade,
  )
}

function leavingRelayedOpen(topology: Topology): Topology {
  return {
    ...topology,
    onConnect: (peer: Libp2pPeerId, connection: Connection) => topology.onConnect?.(peer, keptOpen(connection)),
  }
}

function keptOpen(connection: Connection): Connection {
  return replacing(connection, { close: async () => {} })
}
