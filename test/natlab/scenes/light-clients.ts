// Many light clients in one process: plain libp2p nodes that hold a place on a relay and come back when it does.
// Arguments: how many, the relay's address. Ends when its standard input closes.
import { setTimeout as pause } from 'node:timers/promises'
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify } from '@libp2p/identify'
import { FaultTolerance } from '@libp2p/interface'
import { tcp } from '@libp2p/tcp'
import { createLibp2p, type Libp2p } from 'libp2p'

// Not all of them in one instant: a real crowd is spread by its own clocks, and so is this one.
const AGAIN_MS = { least: 500, spread: 2_500 }
const LOOK_EVERY_MS = 250
const STARTS_AT_ONCE = 5

const [count = '0', relay = ''] = process.argv.slice(2)
process.stdin.on('end', () => process.exit(0)).resume()

const nodes = Array.from({ length: Number(count) }, () => undefined)
while (nodes.length > 0) await Promise.all(nodes.splice(0, STARTS_AT_ONCE).map(startOne))

async function startOne(): Promise<void> {
  const node = await createLibp2p({
    addresses: { listen: [`${relay}/p2p-circuit`] },
    transports: [tcp(), circuitRelayTransport()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionMonitor: { enabled: false },
    // A relay that is away when they start is one that comes back later.
    transportManager: { faultTolerance: FaultTolerance.NO_FATAL },
    services: { identify: identify() },
  })
  void keepPlace(node)
}

/** libp2p never uses a relay again that died, so a node without its place starts anew. */
async function keepPlace(node: Libp2p): Promise<never> {
  for (;;) {
    await pause(LOOK_EVERY_MS)
    if (node.getMultiaddrs().length > 0 && node.getConnections().length > 0) continue
    await pause(AGAIN_MS.least + Math.random() * AGAIN_MS.spread)
    try {
      await node.stop()
      await node.start()
    } catch {
      // Again with the next look.
    }
  }
}
