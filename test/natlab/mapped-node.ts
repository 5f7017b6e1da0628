import { createInterface } from 'node:readline'
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { createLibp2p } from 'libp2p'
import { createJournal } from '../../electron/network/nat/journal.ts'
import { createPortMapping } from '../../electron/network/nat/port-mapping.ts'
import { type Components, loadTransports } from '../../electron/network/parts/transports.ts'
import type { Attempt } from '../../shared/domain/attempt.ts'
import type { PortMappingState } from '../../shared/domain/nat-report.ts'

// A bare libp2p node with our port mapping, without the messenger around it. Answers each line on stdin with one line, and
// ends when stdin does: `look` tells what it sees, `off` and `on` switch the mapping.

/** What the node sees of its router. */
export interface Look {
  readonly state: PortMappingState
  /** Listening on all addresses of the machine, without those of the router. */
  readonly listening: readonly string[]
  /** What libp2p would let contacts know of the router. */
  readonly mapped: readonly string[]
  readonly attempts: readonly Attempt[]
}

const onError = (error: unknown) => console.error(error)
const { tcp, webSockets, quic } = await loadTransports(['quic'])
const libp2p = await createLibp2p({
  addresses: {
    listen: ['/ip4/0.0.0.0/tcp/0', '/ip4/0.0.0.0/tcp/0/ws', ...(quic ? ['/ip4/0.0.0.0/udp/0/quic-v1'] : [])],
  },
  transports: [tcp, webSockets, ...(quic ? [quic] : [])],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
  services: { inside: (components: Components) => ({ components }) },
})
const { components } = libp2p.services.inside
const journal = createJournal({ onError })
const mapping = createPortMapping(components, { journal, onChange: () => {}, onError })

function look(): Look {
  const all = components.addressManager.getAddressesWithMetadata()
  const texts = (type: string) => all.filter((one) => one.type === type).map(({ multiaddr }) => multiaddr.toString())
  return {
    state: mapping.state(),
    listening: texts('transport'),
    mapped: texts('ip-mapping'),
    attempts: [...journal.rows()].map(([, attempt]) => attempt),
  }
}

async function answer(command: string): Promise<unknown> {
  if (command === 'look') return look()
  if (command === 'on' || command === 'off') {
    const began = performance.now()
    await mapping.set(command === 'on')
    return Math.round(performance.now() - began)
  }
  throw new Error(`no such command: ${command}`)
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  answer(line).then(
    (value) => console.log(`ok ${JSON.stringify(value)}`),
    (error: unknown) => console.log(`error ${String(error)}`.replaceAll('\n', ' ')),
  )
})
lines.on('close', () => process.exit(0))
