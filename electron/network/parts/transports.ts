import type { Transport } from '@libp2p/interface'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import type { ServiceFactoryMap } from 'libp2p'

/** What libp2p hands to each of its parts. */
export type Components = Parameters<ServiceFactoryMap[string]>[0]

type TransportFactory = (components: Components) => Transport

/** A part this machine cannot load, and why, for the inspector. */
export interface MissingPart {
  readonly part: OptionalPart
  readonly why: string
}

export type OptionalPart = 'quic' | 'webrtc'

/** Loads one optional part; replaced in tests to prove that everything works without it. */
export type LoadPart = (part: OptionalPart) => Promise<TransportFactory>

export interface LoadedTransports {
  readonly tcp: TransportFactory
  readonly webSockets: TransportFactory
  readonly quic?: TransportFactory
  readonly webrtc?: TransportFactory
  readonly missing: readonly MissingPart[]
}

/** Loads every transport this machine has. TCP and WebSocket always work; QUIC and WebRTC need native code. */
export async function loadTransports(
  wanted: readonly OptionalPart[] = ['quic', 'webrtc'],
  load: LoadPart = loadPart,
): Promise<LoadedTransports> {
  const tried = await Promise.all(
    wanted.map(async (part) => {
      try {
        return { part, factory: await load(part) }
      } catch (error) {
        return { part, why: firstLine(error) }
      }
    }),
  )
  const found = (part: OptionalPart) => tried.find((one) => one.part === part)?.factory
  const quic = found('quic')
  const webrtc = found('webrtc')
  return {
    tcp: tcp({ dialOpts: { noDelay: true, keepAlive: true }, listenOpts: { noDelay: true, keepAlive: true } }),
    webSockets: webSockets(),
    ...(quic && { quic }),
    ...(webrtc && { webrtc }),
    missing: tried.flatMap(({ part, why }) => (why === undefined ? [] : [{ part, why }])),
  }
}

async function loadPart(part: OptionalPart): Promise<TransportFactory> {
  if (part === 'quic') {
    const { quic } = await import('@chainsafe/libp2p-quic')
    return quic()
  }
  const { webRTC } = await import('@libp2p/webrtc')
  // Without this, libp2p asks the STUN servers of four companies. Ours are those of our relays, or none.
  return webRTC({ rtcConfiguration: { iceServers: [] } })
}

/** The first line of whatever was thrown: enough for one sentence in the inspector. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0]?.slice(0, 200) ?? 'unknown'
}
