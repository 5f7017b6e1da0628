import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { eventually } from './eventually.ts'

const ENTRY = join(import.meta.dirname, '../../electron/relay/main.ts')
const STARTS_WITHIN_MS = 20_000

/** What the relay's `/status.json` says, as far as tests read it. */
export interface RelayStatus {
  readonly id: string
  readonly addresses: readonly string[]
  readonly reservations: readonly { readonly peer: string; readonly expiresAt: number }[]
  readonly reservationsTotal: number
  readonly connections: number
  readonly circuitsOpen: number
  readonly circuitsTotal: number
  readonly relayedBytes: number
  readonly relayedBytesByPeer: Readonly<Record<string, { readonly sent: number; readonly received: number }>>
  readonly refused: Readonly<Record<string, number>>
  readonly stun: { readonly answered: number; readonly limited: number; readonly malformed: number }
}

export interface StartRelayOptions {
  /** Added to `--json --host 127.0.0.1 --port 0 --data …`; a later option wins over an earlier one. */
  readonly args?: readonly string[]
  /** Keeps the relay's key there, and leaves the folder; absent: a folder of its own, removed by `stop` and `kill`. */
  readonly dataDir?: string
}

export interface RelayProcess {
  readonly id: string
  /** Multiaddrs with `/p2p/<id>`: TCP, WebSocket, QUIC. */
  readonly addresses: readonly string[]
  readonly metricsUrl: string
  /** `ip:port` of each STUN address. */
  readonly stun: readonly string[]
  readonly pid: number
  /** Every line of JSON it has printed, oldest first. */
  readonly events: readonly Readonly<Record<string, unknown>>[]
  status(): Promise<RelayStatus>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number>
  /** SIGKILL. */
  kill(): Promise<void>
}

/**
 * Starts the relay program from source in a process of its own. It ends with `stop` or `kill`, and by itself when this
 * process is gone. To restart one on the same port: `args: portsOf(relay)` and the same `dataDir`.
 */
export async function startRelay({ args = [], dataDir }: StartRelayOptions = {}): Promise<RelayProcess> {
  const data = dataDir ?? (await mkdtemp(join(tmpdir(), 'sightline-relay-')))
  const child = runRelay(['--json', '--host', '127.0.0.1', '--port', '0', '--data', data, ...args])
  const events: Record<string, unknown>[] = []
  const errors: string[] = []
  eachLine(child.stdout, (line) => events.push(JSON.parse(line)))
  eachLine(child.stderr, (line) => errors.push(line))
  const exited = once(child, 'exit')
  const removeData = () => {
    if (dataDir === undefined) rmSync(data, { recursive: true, force: true })
  }
  process.once('exit', removeData)

  let started: Started
  try {
    started = await eventually(
      () => {
        if (child.exitCode !== null) return { failed: true } as const
        return events.find(isStarted)
      },
      { withinMs: STARTS_WITHIN_MS, what: 'the relay to start' },
    ).then((event) => {
      if ('failed' in event) throw new Error(`the relay ended with ${child.exitCode}: ${errors.join('\n')}`)
      return event
    })
  } catch (error) {
    child.kill('SIGKILL')
    removeData()
    throw error
  }
  // A test that failed before its `stop` must end all the same; the relay notices that and goes too.
  setRef(child, false)

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    setRef(child, true)
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
    process.off('exit', removeData)
    removeData()
    return child.exitCode ?? -1
  }
  return {
    id: started.id,
    addresses: started.addresses,
    metricsUrl: started.metricsUrl,
    stun: started.stun,
    pid: child.pid ?? -1,
    events,
    status: async () => {
      const response = await fetch(`${started.metricsUrl}status.json`)
      const status: RelayStatus = JSON.parse(await response.text())
      return status
    },
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL')
    },
  }
}

/** The options that give a restarted relay the same TCP, QUIC and WebSocket ports, so that its old addresses still hold. */
export function portsOf(relay: Pick<RelayProcess, 'addresses'>): readonly string[] {
  const port = (pattern: RegExp) => relay.addresses.map((address) => pattern.exec(address)?.[1]).find(Boolean) ?? '0'
  return ['--port', port(/\/tcp\/(\d+)\/p2p/), '--ws-port', port(/\/tcp\/(\d+)\/(?:tls\/)?ws/), '--stun-port', '0']
}

/** Runs the relay program with exactly these arguments. The caller ends it; it ends by itself when this process is gone. */
export function runRelay(args: readonly string[]): ChildProcess {
  const child = fork(ENTRY, [...args], { execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  // The channel is only there to be noticed when it breaks; a test must not wait for it.
  child.channel?.unref()
  return child
}

/** Runs it to its end. */
export async function relayOutcome(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = runRelay(args)
  const lines: { out: string[]; err: string[] } = { out: [], err: [] }
  eachLine(child.stdout, (line) => lines.out.push(line))
  eachLine(child.stderr, (line) => lines.err.push(line))
  const timer = setTimeout(() => child.kill('SIGKILL'), STARTS_WITHIN_MS)
  await once(child, 'close')
  clearTimeout(timer)
  return { code: child.exitCode ?? -1, out: lines.out.join('\n'), err: lines.err.join('\n') }
}

interface Started extends Record<string, unknown> {
  readonly id: string
  readonly addresses: readonly string[]
  readonly metricsUrl: string
  readonly stun: readonly string[]
}

function isStarted(event: Record<string, unknown>): event is Started {
  return event['event'] === 'started'
}

/** Does this process wait for the child? */
function setRef(child: ChildProcess, isAwaited: boolean): void {
  for (const handle of [child, child.stdout, child.stderr]) {
    if (handle !== null && 'ref' in handle && 'unref' in handle) {
      const change: unknown = isAwaited ? handle.ref : handle.unref
      if (typeof change === 'function') change.call(handle)
    }
  }
}

function eachLine(stream: NodeJS.ReadableStream | null, use: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', use)
}
