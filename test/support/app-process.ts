import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = join(import.meta.dirname, '../..')

/** One running loopback app, started from the bundles as a person's `npm start` does. */
export interface AppProcess {
  /** The one-time link it printed. */
  readonly link: string
  readonly pid: number
  /** Asks it to end (SIGTERM) and waits; kills it when it takes more than five seconds. Resolves to the exit code. */
  stop(): Promise<number | null>
  kill(): Promise<void>
}

export interface AppOptions {
  readonly profilesDirectory: string
  readonly profile: string
  readonly relays?: readonly string[]
}

/** Starts the app without opening a browser and waits (20 s at most) for its link. */
export async function startApp({ profilesDirectory, profile, relays = [] }: AppOptions): Promise<AppProcess> {
  const args = ['--no-open', '--profiles-dir', profilesDirectory, '--profile', profile]
  for (const relay of relays) args.push('--relay', relay)
  const child = spawn(process.execPath, [join(ROOT, 'out/electron/loopback.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  let said = ''
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4000)
  })
  const link = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no link within 20 s: ${said}`)), 20_000)
    createInterface({ input: child.stdout }).on('line', (line) => {
      said = `${said}${line}\n`.slice(-4000)
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(line)?.[0]
      if (found === undefined) return
      clearTimeout(late)
      resolve(found)
    })
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`ended with ${code} before it printed a link: ${said}`))
    })
  })
  const stopWith = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const late = setTimeout(end, 5_000)
    await exited
    clearTimeout(late)
    process.off('exit', end)
    return child.exitCode
  }
  return {
    link,
    pid: child.pid ?? 0,
    stop: () => stopWith('SIGTERM'),
    kill: async () => void (await stopWith('SIGKILL')),
  }
}
