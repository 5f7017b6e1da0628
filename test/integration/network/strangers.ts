import type { TestContext } from 'node:test'
import { noise } from '@chainsafe/libp2p-noise'
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { createLibp2p } from 'libp2p'
import { muxer } from '../../../electron/network/parts/muxer.ts'

export interface StrangerOptions {
  readonly listen?: readonly string[]
  /** What it claims as its addresses, true or not. */
  readonly claims?: readonly string[]
}

/** Somebody with plain libp2p who knows our link and nothing else; stopped at the end of the test. */
export async function startStranger(t: TestContext, { listen = [], claims = [] }: StrangerOptions = {}) {
  const node = await createLibp2p({
    addresses: { listen: [...listen], announce: [...claims] },
    nodeInfo: { userAgent: 'stranger' },
    transports: [tcp(), circuitRelayTransport()],
    connectionEncrypters: [noise()],
    streamMuxers: [muxer()],
    connectionGater: { denyDialMultiaddr: () => false },
    // It pings by itself, and would be in the way of a test's own pings.
    connectionMonitor: { enabled: false },
    services: { identify: identify({ runOnConnectionOpen: false }), ping: ping() },
  })
  t.after(() => node.stop())
  return node
}
