import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify } from '@libp2p/identify'
import type { Libp2p } from '@libp2p/interface'
import { tcp } from '@libp2p/tcp'
import { tls } from '@libp2p/tls'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p, type Libp2pOptions } from 'libp2p'

export const ECHO_PROTOCOL = '/sightline-bench/echo/1'

/** libp2p with what a stream needs and nothing of ours. */
export function createBareNode(
  listen: readonly string[],
  transports: Libp2pOptions['transports'] = [],
): Promise<Libp2p> {
  return createLibp2p({
    start: false,
    addresses: { listen: [...listen] },
    transports: [tcp(), ...(transports ?? [])],
    connectionEncrypters: [tls(), noise()],
    streamMuxers: [yamux()],
    services: { identify: identify() },
    connectionGater: { denyDialMultiaddr: () => false },
  })
}

/** Round trips in milliseconds of `samples` payloads over one long-lived stream to an echo in another process, one at a time. */
export async function echoRoundTrips(payload: Uint8Array, samples: number, relay?: string): Promise<number[]> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'echo-peer.ts'), ...(relay === undefined ? [] : [relay])],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const node = await createBareNode([], [circuitRelayTransport()])
  try {
    const { address }: { address: string } = JSON.parse(await firstLine(child.stdout))
    await node.start()
    const stream = await node.dialProtocol(multiaddr(address), ECHO_PROTOCOL, {
      runOnLimitedConnection: true,
      signal: AbortSignal.timeout(10_000),
    })
    let missing = 0
    let onWhole = () => {}
    stream.addEventListener('message', ({ data }) => {
      missing -= data.byteLength
      if (missing <= 0) onWhole()
    })
    const times: number[] = []
    for (let sample = 0; sample < samples; sample += 1) {
      const startedAt = performance.now()
      await new Promise<void>((resolve) => {
        onWhole = resolve
        missing = payload.byteLength
        stream.send(payload)
      })
      times.push(performance.now() - startedAt)
    }
    await stream.close({ signal: AbortSignal.timeout(1000) }).catch(() => stream.abort(new Error('done')))
    return times
  } finally {
    await node.stop()
    child.stdin.end()
    const isGone = await Promise.race([
      new Promise((resolve) => child.once('exit', () => resolve(true))),
      new Promise((resolve) => setTimeout(resolve, 3000, false)),
    ])
    if (isGone === false) child.kill('SIGKILL')
  }
}

async function firstLine(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) return line
  throw new Error('the echo ended before it printed its address')
}
