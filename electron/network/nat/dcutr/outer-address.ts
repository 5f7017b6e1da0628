import { noise } from '@chainsafe/libp2p-noise'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { type Identify, identify } from '@libp2p/identify'
import type { Connection } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { IDENTIFY_MAX_BYTES } from '../../limits.ts'
import { bounded } from '../../pace/bounded.ts'
import { muxer } from '../../parts/muxer.ts'
import { type Components, loadTransports } from '../../parts/transports.ts'
import { dialFrom } from './dial-from.ts'

/** How the outside sees one of our local ports. */
export interface OuterAddress {
  readonly host: string
  readonly port: number
  /**
   * Ends the connection that was asked over, at once: the local port is free again. Gently, some routers keep what else
   * goes through this port: they forget a port with everything on it when one of its connections is reset.
   */
  release(how?: { readonly isGentle: boolean }): void
}

export interface AskOptions {
  readonly localPort: number
  readonly signal: AbortSignal
}

const ASK_MS = 4_000
const CLOSE_MS = 2_000

/**
 * Opens a short connection to a libp2p node (plain TCP address with `/p2p/<id>`) from this local port and hears from its
 * identify how the outside sees us. A taken local port throws with the code `EADDRINUSE`.
 */
export async function askOuterAddress(
  components: Components,
  node: Multiaddr,
  { localPort, signal }: AskOptions,
): Promise<OuterAddress> {
  const scout = await scoutOf(components)
  const bound = bounded(ASK_MS, signal)
  let connection: Connection | undefined
  try {
    connection = await dialFrom(scout.components, node, { signal: bound.signal, localPort })
    const { observedAddr } = await scout.identify.identify(connection, { signal: bound.signal })
    const seen = observedAddr && hostAndPort(observedAddr)
    if (seen === undefined) throw new Error('it did not say how it sees us')
    const asked = connection
    return {
      ...seen,
      release: (how) => (how?.isGentle === true ? closeGently(asked) : asked.abort(new Error('asked'))),
    }
  } catch (error) {
    connection?.abort(new Error('asked in vain'))
    throw error
  } finally {
    bound.clear()
  }
}

interface Scout {
  readonly components: Components
  readonly identify: Identify
}

// One for each node of ours, made when it is first asked, gone with it.
const scouts = new WeakMap<Components, Promise<Scout>>()

/**
 * Asks under a name nobody knows, and is never started. A second connection of our own to a relay would be taken for the
 * first by everything that asks for any connection to this peer: circuits, GossipSub and AutoNAT streams, our pings; and
 * they would all end with it.
 */
export function scoutOf(components: Components): Promise<Scout> {
  const known = scouts.get(components)
  if (known !== undefined) return known
  const made = createScout()
  scouts.set(components, made)
  return made
}

async function createScout(): Promise<Scout> {
  const { tcp } = await loadTransports([])
  const { services } = await createLibp2p({
    start: false,
    privateKey: await generateKeyPair('Ed25519'),
    transports: [tcp],
    // Every libp2p program has it, and its handshake costs far less than the certificates of TLS; nothing here is secret.
    connectionEncrypters: [noise()],
    streamMuxers: [muxer()],
    connectionMonitor: { enabled: false },
    services: {
      identify: identify({ runOnConnectionOpen: false, maxMessageSize: IDENTIFY_MAX_BYTES }),
      inside: (components: Components) => ({ components }),
    },
  })
  return { components: services.inside.components, identify: services.identify }
}

function closeGently(connection: Connection): void {
  connection.close({ signal: AbortSignal.timeout(CLOSE_MS) }).catch(() => connection.abort(new Error('asked')))
}

/** Some programs add `/p2p/…` to what they observed. */
function hostAndPort(observed: Multiaddr): { host: string; port: number } | undefined {
  const [ip, tcp] = multiaddr(observed).getComponents()
  if ((ip?.name !== 'ip4' && ip?.name !== 'ip6') || tcp?.name !== 'tcp') return undefined
  return { host: ip.value ?? '', port: Number(tcp.value) }
}
