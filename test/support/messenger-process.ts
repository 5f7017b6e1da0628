import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Bridge } from '../../shared/contract/bridge.ts'
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/commands.ts'
import { createFrameBridge } from '../../shared/contract/frame-bridge.ts'
import type { Result } from '../../shared/result.ts'
import { eventually } from './eventually.ts'
import { liveView } from './live-view.ts'
import type { StdioMessengerOptions } from './stdio-messenger.ts'

/** A real messenger in a process of its own, and the contract with it. */
export interface MessengerProcess {
  readonly bridge: Bridge
  readonly pid: number
  readonly directory: string
  /** Asks, and fails the test when the answer is a failure. */
  do<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>>
  /** Ends it with kill -9. Resolves when it is gone. */
  kill(): Promise<void>
  /** Ends it cleanly; its exit code must be 0. */
  stop(): Promise<void>
}

const ENTRY = join(import.meta.dirname, 'stdio-messenger.ts')
// Cheap on purpose: what a passphrase costs is measured elsewhere, and a suite unlocks hundreds of times.
const FAST_ARGON2 = { memoryKiB: 64, passes: 1, lanes: 1 }

/**
 * Starts a messenger on a profile folder; by default it listens on loopback only, on ports of the system's choice.
 * `through` is a command that turns itself into the one behind it, as `unshare -n` does; `entry` a bundle of the program.
 */
export async function startMessenger(
  options: Partial<StdioMessengerOptions> & { directory: string },
  { through = [], entry = ENTRY }: { readonly through?: readonly string[]; readonly entry?: string } = {},
): Promise<MessengerProcess> {
  const given: StdioMessengerOptions = { listen: { host: '127.0.0.1' }, argon2Cost: FAST_ARGON2, ...options }
  const program = [process.execPath, entry, JSON.stringify(given)]
  const [command = process.execPath, ...args] = [...through, ...program]
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  // Writing to a process that was just killed is part of many tests.
  child.stdin.on('error', () => undefined)
  const bridge = createFrameBridge((text) => child.stdin.write(`${text}\n`))
  createInterface({ input: child.stdout }).on('line', bridge.receive)
  void exited.then(bridge.close)
  return {
    bridge,
    pid: pidOf(child),
    directory: options.directory,
    do: async (name, input) => unwrapped(name, await bridge.ask(name, input)),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      const { code, signal } = await exited
      if (code !== 0) throw new Error(`the messenger ended with ${code ?? signal}`)
    },
  }
}

/** Opens the profile, making it first where there is none; with a name it is given that name. */
export async function openProfile(
  messenger: Pick<MessengerProcess, 'bridge' | 'do'>,
  { name, passphrase = '' }: { name?: string; passphrase?: string } = {},
): Promise<{ readonly id: string }> {
  const session = liveView(messenger.bridge, 'session')
  const first = await eventually(() => session.only)
  if (first.state === 'locked') {
    await messenger.do(first.asks === 'new' ? 'profile.create' : 'profile.unlock', { passphrase })
  }
  await eventually(
    () => {
      const now = session.only
      if (now?.state === 'failed') throw new Error(`the profile did not open: ${JSON.stringify(now.failure)}`)
      return now?.state === 'open'
    },
    { what: 'an open profile' },
  )
  session.stop()
  if (name !== undefined) await messenger.do('profile.rename', { name })
  const self = liveView(messenger.bridge, 'self')
  const { id } = await eventually(() => self.only, { what: 'the self view' })
  self.stop()
  return { id }
}

/** The value of a Result; a failure fails the test. */
export function unwrapped<Value>(what: string, result: Result<Value, unknown>): Value {
  if (result.ok) return result.value
  throw new Error(`${what} failed: ${JSON.stringify(result.failure)}`)
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the process did not start')
  return child.pid
}
