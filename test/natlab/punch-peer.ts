import { createInterface } from 'node:readline'
import type { Connection, Libp2p } from '@libp2p/interface'
import { pingConnection } from '../../electron/network/lines/ping.ts'
import type { OpenAttempt } from '../../electron/network/nat/journal.ts'
import { startLookAlike } from '../support/go-like-peer.ts'
import { dialRelayed, startPunchingNode } from '../support/punching-node.ts'

// `punch-peer.ts <ours|go|rust> <relay address>`: one side of a punch, without a messenger around it. Answers each line on
// stdin with one line, and ends when stdin does.

/** How one relayed connection became a direct one, as this side saw it. */
export interface Punched {
  readonly state: 'none' | 'running' | 'direct' | 'failed'
  readonly msToDirect?: number
  readonly address?: string
  readonly why?: string
  readonly stages: readonly string[]
  readonly relayedMs?: number
  readonly directMs?: number
}

const [kind = 'ours', relay = ''] = process.argv.slice(2)
const GO_PORT = 4001
const { libp2p, dcutr, journal } = await start()
let punched: Punched = { state: 'none', stages: [] }
let openedAt = 0

async function start() {
  if (kind === 'go' || kind === 'rust') {
    const { libp2p, told } = await startLookAlike({ kind, port: GO_PORT, relay })
    return { libp2p, dcutr: undefined, journal: { rows: (): unknown[] => [...told] } }
  }
  const node = await startPunchingNode({ relay, listen: ['/ip4/0.0.0.0/tcp/0'] })
  return {
    libp2p: node.libp2p as Libp2p,
    dcutr: node.dcutr,
    journal: { rows: (): unknown[] => [...node.journal.rows()] },
  }
}

libp2p.addEventListener('connection:open', ({ detail: connection }) => {
  if (relay.endsWith(connection.remotePeer.toString())) return
  if (connection.direct) {
    if (punched.msToDirect !== undefined) return
    const address = connection.remoteAddr.toString().split('/p2p/')[0] ?? ''
    punched = { ...punched, state: 'direct', msToDirect: Math.round(performance.now() - openedAt), address }
    return
  }
  openedAt = performance.now()
  punched = { state: 'running', stages: [] }
  if (dcutr !== undefined && connection.direction === 'inbound') void punch(connection)
})

/** What the traversal does in the messenger: punch at once. */
async function punch(relayed: Connection): Promise<void> {
  const stages: string[] = []
  const note = (what: string, detail?: string) =>
    stages.push(`${Math.round(performance.now() - openedAt)} ${what}${detail ? ` (${detail})` : ''}`)
  const attempt: OpenAttempt = { id: '', stage: note, succeed: () => {}, fail: () => {}, overtaken: () => {} }
  try {
    await dcutr?.punch(relayed, { signal: AbortSignal.timeout(30_000), attempt })
    punched = { ...punched, stages }
  } catch (error) {
    punched = { ...punched, state: 'failed', stages, why: String(error) }
  }
}

async function measured(): Promise<Punched> {
  if (punched.state !== 'direct') return punched
  const signal = AbortSignal.timeout(5_000)
  const roundTrip = async (direct: boolean) => {
    const connection = libp2p
      .getConnections()
      .find((one) => one.direct === direct && !relay.endsWith(one.remotePeer.toString()) && one.status === 'open')
    return connection === undefined ? undefined : Math.round(await pingConnection(connection, signal))
  }
  const [relayedMs, directMs] = [await roundTrip(false), await roundTrip(true)]
  return { ...punched, ...(relayedMs !== undefined && { relayedMs }), ...(directMs !== undefined && { directMs }) }
}

async function answer(line: string): Promise<unknown> {
  const [command, argument = ''] = line.split(' ')
  if (command === 'id') return libp2p.peerId.toString()
  if (command === 'has-place')
    return libp2p.getMultiaddrs().some((address) => address.toString().includes('p2p-circuit'))
  if (command === 'dial') return (await dialRelayed(libp2p, relay, argument)).id
  if (command === 'punched') return measured()
  if (command === 'journal') return journal.rows()
  if (command === 'hang-up') {
    const others = libp2p.getConnections().filter(({ remotePeer }) => !relay.endsWith(remotePeer.toString()))
    // A reset would cost a look-alike, which has one port for everything, its mapping at a `random` router.
    await Promise.allSettled(others.map((connection) => connection.close({ signal: AbortSignal.timeout(1_000) })))
    for (const connection of others) if (connection.status !== 'closed') connection.abort(new Error('next round'))
    punched = { state: 'none', stages: [] }
    return others.length
  }
  throw new Error(`no such command: ${command}`)
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  answer(line).then(
    (value) => console.log(`ok ${JSON.stringify(value)}`),
    (error: unknown) => console.log(`error ${error instanceof Error ? error.message : error}`.replaceAll('\n', ' ')),
  )
})
lines.on('close', () => process.exit(0))
