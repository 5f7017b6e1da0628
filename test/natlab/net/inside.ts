import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'

/** Exists only in the lab's own mounts, so no variable of the environment can pretend. */
export const INSIDE_MARK = '/run/sightline-natlab'
const FIRST_PROCESS = join(import.meta.dirname, 'first-process.ts')
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const ENDS_WITHIN_MS = 10_000

export interface RunInsideOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Given every line the program prints; absent: its output is ours. */
  readonly onLine?: (line: string) => void
  /** Ends the program: SIGTERM, and SIGKILL for everything when it is not gone 10 s later. */
  readonly signal?: AbortSignal
}

/** `unshare` and its options: processes, network and mounts of its own; without root also users of its own. */
export function unshareCommand(): readonly string[] {
  const own = ['--pid', '--fork', '--kill-child', '--mount-proc', '--net', '--mount']
  return ['unshare', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']), ...own, '--']
}

/** Programs of the lab live where a person's PATH may not lead. */
export function labEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin` }
}

/** Whether this process already runs in namespaces of the lab. */
export function isInside(): boolean {
  return existsSync(INSIDE_MARK)
}

/**
 * Runs a command in fresh namespaces and resolves with its exit code; 128 or more when it was ended by a signal.
 * SIGINT, SIGTERM and SIGHUP sent to us go to the command. When either side dies, whatever way, the kernel ends everything
 * that was started inside and takes the namespaces down. Ask `missingForLab` first.
 */
export async function runInside(
  argv: readonly string[],
  { env = {}, onLine, signal }: RunInsideOptions = {},
): Promise<number> {
  const [unshare = '', ...options] = unshareCommand()
  // A session of its own, so that Ctrl-C reaches the command once, from us, and not a second time from the terminal.
  const child = spawn(unshare, [...options, process.execPath, FIRST_PROCESS, ...argv], {
    env: { ...labEnvironment(), ...env },
    stdio: ['inherit', onLine === undefined ? 'inherit' : 'pipe', 'inherit', 'pipe'],
    detached: true,
  })
  const control = child.stdio[3]
  const tell = (name: NodeJS.Signals): void => {
    if (control !== null && control !== undefined && 'write' in control) write(control, `${name}\n`)
  }
  let giveUp: NodeJS.Timeout | undefined
  const end = (): void => {
    tell('SIGTERM')
    giveUp ??= setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS)
  }
  const forward = (name: NodeJS.Signals): void => (name === 'SIGTERM' ? end() : tell(name))
  control?.on('error', () => {})
  for (const name of FORWARDED) process.on(name, forward)
  signal?.addEventListener('abort', end)
  if (signal?.aborted) end()
  try {
    const lines = child.stdout === null ? undefined : createInterface({ input: child.stdout })
    if (onLine !== undefined) lines?.on('line', onLine)
    const ended = Promise.withResolvers<number>()
    child.once('error', ended.reject)
    child.once('close', (code, killedBy) => ended.resolve(code ?? (killedBy === null ? 1 : 128)))
    return await ended.promise
  } finally {
    clearTimeout(giveUp)
    signal?.removeEventListener('abort', end)
    for (const name of FORWARDED) process.off(name, forward)
  }
}

/** The pipe may be gone already; then so is the command. */
function write(to: Writable, text: string): void {
  if (to.writable) to.write(text)
}
