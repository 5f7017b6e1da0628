import type { ConnectionGater } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { isRelayedAddress } from '../../addresses/multiaddrs.ts'

/**
 * The gater, and a word about every relayed connection before its handshakes: they take long enough over a relay to learn
 * an outer address meanwhile.
 */
export function noticing(gater: ConnectionGater, onRelayed: (remote: Multiaddr) => void): ConnectionGater {
  const notice = (remote: Multiaddr) => {
    if (isRelayedAddress(remote)) onRelayed(remote)
  }
  return {
    ...gater,
    denyInboundConnection: (link) => {
      notice(link.remoteAddr)
      return gater.denyInboundConnection?.(link) ?? false
    },
    denyOutboundConnection: (peer, link) => {
      notice(link.remoteAddr)
      return gater.denyOutboundConnection?.(peer, link) ?? false
    },
  }
}
