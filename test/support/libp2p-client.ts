import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify, identifyPush } from '@libp2p/identify'
import { FaultTolerance } from '@libp2p/interface'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import { createLibp2p, type Libp2pInit } from 'libp2p'
import { loadTransports } from '../../electron/network/parts/transports.ts'

type ClientOptions = Omit<Libp2pInit, 'services'>

/**
 * A plain libp2p node with nothing of ours in it: what any other implementation could be to a relay of ours.
 * `listen` holds multiaddrs, for a place on a relay `<relay>/p2p-circuit`. The caller stops it.
 */
export async function startClient(listen: readonly string[] = [], options: ClientOptions = {}) {
  return createLibp2p({ ...(await clientOptions(listen, options)), services: clientServices() })
}

/** What `startClient` gives to `createLibp2p`, for a node with services of its own. */
export async function clientOptions(
  listen: readonly string[] = [],
  options: ClientOptions = {},
): Promise<ClientOptions> {
  const { quic } = await loadTransports(['quic'])
  return {
    addresses: { listen: [...listen] },
    transports: [tcp(), webSockets(), ...(quic ? [quic] : []), circuitRelayTransport()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: { denyDialMultiaddr: () => false },
    transportManager: { faultTolerance: FaultTolerance.NO_FATAL },
    ...options,
  }
}

/** The services every libp2p program has. */
export const clientServices = () => ({ identify: identify(), identifyPush: identifyPush(), ping: ping() })
