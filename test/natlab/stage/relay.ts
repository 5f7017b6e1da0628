import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { eventually } from '../../support/eventually.ts'
import type { RelayStatus } from '../../support/relay-process.ts'
import type { RelaySite } from '../net/lab.ts'
import { entryOf } from './programs.ts'

/** The relay program on a site of the lab, always on the same ports and with the same key. */
export interface LabRelay {
  readonly id: string
  /** What people enter. */
  readonly address: string
  readonly site: RelaySite
  /** Its counters, read from inside its network. Fails while it is down. */
  status(): Promise<RelayStatus>
  /** Bytes this peer sent into circuits and received out of them since the relay started. */
  bytesOf(peer: string): Promise<number>
  /** SIGKILL. */
  kill(): Promise<void>
  /** Starts it again, after `kill`. */
  start(): Promise<void>
  stop(): Promise<void>
}

const READER = join(import.meta.dirname, 'status-reader.ts')
const PORT = 4001
const METRICS_PORT = 9090
const STARTS_WITHIN_MS = 30_000
// A lab on two busy cores stands still for seconds now and then.
const ANSWERS_WITHIN_MS = 15_000
// Far more than a whole run sends: only the scene of the limit asks for less.
const GENEROUS = ['--circuit-mib', '4096', '--max-reservations', '1024', '--max-per-address', '1024']

export interface LabRelayOptions {
  /** Keeps the relay's key. */
  readonly dataDir: string
  /** Later options win over the generous limits. */
  readonly args?: readonly string[]
}

/** Starts a relay on a site. */
export async function startLabRelay(site: RelaySite, { dataDir, args = [] }: LabRelayOptions): Promise<LabRelay> {
  const reader = startReader(site)
  let running: { readonly child: ChildProcess; readonly id: string } | undefined
  const hosts = [site.address, site.secondAddress].flatMap((host) => (host === undefined ? [] : ['--host', host]))
  const ports = ['--port', `${PORT}`, '--metrics-port', `${METRICS_PORT}`]

  async function start(): Promise<void> {
    running = await startProgram(site, ['--json', ...hosts, ...ports, '--data', dataDir, ...GENEROUS, ...args])
  }
  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = running?.child
    running = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  await start().catch((error: unknown) => {
    reader.stop()
    throw error
  })
  const id = running === undefined ? '' : running.id
  const status = async () => {
    const read = await reader.read()
    if (read === null) throw new Error(`the relay on ${site.name} does not answer`)
    return read
  }
  return {
    ...{ id, site, status, start },
    address: `/ip4/${site.address}/tcp/${PORT}/p2p/${id}`,
    async bytesOf(peer) {
      const { sent, received } = (await status()).relayedBytesByPeer[peer] ?? { sent: 0, received: 0 }
      return sent + received
    },
    kill: () => end('SIGKILL'),
    async stop() {
      reader.stop()
      await end('SIGTERM')
    },
  }
}

async function startProgram(
  site: RelaySite,
  args: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly id: string }> {
  const [program = '', ...rest] = [...site.through, process.execPath, entryOf('relay'), ...args]
  // Over the channel the relay notices when this process is gone, and goes too.
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const errors: string[] = []
  let id: string | undefined
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event: { event?: unknown; id?: unknown } = JSON.parse(line)
      if (event.event === 'started' && typeof event.id === 'string') id = event.id
    })
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  try {
    await eventually(() => id !== undefined || child.exitCode !== null, {
      withinMs: STARTS_WITHIN_MS,
      what: 'the relay to start',
    })
    if (id === undefined) throw new Error(`the relay ended with ${child.exitCode}: ${errors.join('\n')}`)
    return { child, id }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

function startReader(site: RelaySite) {
  const url = `http://127.0.0.1:${METRICS_PORT}/status.json`
  const [program = '', ...args] = [...site.through, process.execPath, READER, url]
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.on('error', () => undefined)
  // Answers come in the order of the questions.
  const waiting: ((status: RelayStatus | null) => void)[] = []
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line)))
  return {
    read: () =>
      new Promise<RelayStatus | null>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no counters of ${site.name}`)), ANSWERS_WITHIN_MS)
        waiting.push((status) => {
          clearTimeout(late)
          resolve(status)
        })
        child.stdin.write('\n')
      }),
    stop: () => child.stdin.end(),
  }
}
