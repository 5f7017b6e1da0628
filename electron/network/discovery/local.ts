import { type PeerInfo, start, stop } from '@libp2p/interface'
import { mdns } from '@libp2p/mdns'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { createSwitch, type Switch } from '../pace/switch.ts'
import { replacing } from '../parts/guard.ts'
import type { Components } from '../parts/transports.ts'

// A tag of our own, so that other libp2p programs on the network do not show up as people.
const SERVICE_TAG = '_sightline._udp.local'

/**
 * mDNS, while switched on. It is started outside libp2p's list of parts, because it must show what identify hides: our
 * addresses on the local network.
 */
export function createLocalDiscovery(
  components: Components,
  addresses: () => Multiaddr[],
  onPeer: (peer: PeerId, addresses: string[]) => void,
): Switch {
  return createSwitch(async () => {
    const service = mdns({ serviceTag: SERVICE_TAG })({
      logger: components.logger,
      addressManager: replacing(components.addressManager, { getAddresses: addresses }),
    })
    const onFound = ({ detail }: CustomEvent<PeerInfo>) => onPeer(detail.id.toString(), detail.multiaddrs.map(String))
    service.addEventListener('peer', onFound)
    await start(service)
    return async () => {
      service.removeEventListener('peer', onFound)
      await stop(service)
    }
  })
}
