import { noise } from '@chainsafe/libp2p-noise'
import { circuitRelayServer } from '@libp2p/circuit-relay-v2'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { identify } from '@libp2p/identify'
import type { PrivateKey } from '@libp2p/interface'
import { kadDHT, passthroughMapper } from '@libp2p/kad-dht'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { createLibp2p } from 'libp2p'
import type { KnownRelay } from '../../../electron/network/network.ts'
import { announcementGossip } from '../../../electron/network/parts/gossip.ts'
import { muxer } from '../../../electron/network/parts/muxer.ts'
import { ANNOUNCE_TOPIC, DHT_PROTOCOL } from '../../../electron/network/protocols.ts'

/** A relay of plain libp2p on loopback, so that these tests depend on the protocol and not on our relay program. */
export interface PlainRelay {
  readonly id: string
  /** With `/p2p/…`. */
  readonly address: string
  readonly known: KnownRelay
  readonly connections: () => number
  stop(): Promise<void>
  /** Starts the same relay again: same key, same port. */
  again(): Promise<PlainRelay>
}

export interface PlainRelayOptions {
  readonly maxReservations?: number
  readonly limitBytes?: bigint
  readonly limitMs?: number
}

export async function startPlainRelay(options: PlainRelayOptions = {}): Promise<PlainRelay> {
  return start(await generateKeyPair('Ed25519'), 0, options)
}

async function start(privateKey: PrivateKey, port: number, options: PlainRelayOptions): Promise<PlainRelay> {
  const { maxReservations = 20, limitBytes = 1n << 24n, limitMs = 600_000 } = options
  const node = await createLibp2p({
    privateKey,
    addresses: { listen: [`/ip4/127.0.0.1/tcp/${port}`] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [muxer()],
    connectionManager: { inboundConnectionThreshold: 500 },
    services: {
      identify: identify(),
      ping: ping(),
      gossip: announcementGossip(),
      dht: kadDHT({ protocol: DHT_PROTOCOL, clientMode: false, peerInfoMapper: passthroughMapper }),
      relay: circuitRelayServer({
        reservations: { maxReservations, defaultDataLimit: limitBytes, defaultDurationLimit: limitMs },
      }),
    },
  })
  node.services.gossip.subscribe(ANNOUNCE_TOPIC)
  const id = peerIdFromPrivateKey(privateKey).toString()
  const address = node.getMultiaddrs()[0]?.toString() ?? ''
  const listening = Number(/\/tcp\/(\d+)/.exec(address)?.[1])
  return {
    id,
    address,
    known: { id, addresses: [address], source: 'entered' },
    connections: () => node.getConnections().length,
    stop: async () => {
      // As a process that dies: nobody is told.
      for (const connection of node.getConnections()) connection.abort(new Error('killed'))
      await node.stop()
    },
    again: () => start(privateKey, listening, options),
  }
}
