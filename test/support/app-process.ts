import { join } from 'node:path'
import { startLoopback } from './loopback-process.ts'

const BUNDLE = join(import.meta.dirname, '../../out/electron/loopback.js')
const STOPS_WITHIN_MS = 5_000

/** One running app, started from the bundles as a person's `npm start` does. */
export interface AppProcess {
  /** The one-time link it printed. */
  readonly link: string
  readonly pid: number
  /** Asks it to end (SIGTERM); it is killed, and the test fails, when that takes more than five seconds or its exit code is not 0. */
  stop(): Promise<void>
}

export interface AppOptions {
  readonly profilesDirectory: string
  readonly profile: string
  readonly relays?: readonly string[]
}

/** Starts the app without opening a browser and waits for its link. It does not outlive this process. */
export async function startApp({ profilesDirectory, profile, relays = [] }: AppOptions): Promise<AppProcess> {
  const known = relays.flatMap((relay) => ['--relay', relay])
  const app = startLoopback(['--profiles-dir', profilesDirectory, '--profile', profile, ...known], { program: BUNDLE })
  const end = () => app.signal('SIGKILL')
  process.once('exit', end)
  void app.exited.then(() => process.off('exit', end))
  return {
    link: await app.nextLine(),
    pid: app.pid,
    async stop() {
      app.signal('SIGTERM')
      const late = setTimeout(end, STOPS_WITHIN_MS)
      const { code, signal } = await app.exited
      clearTimeout(late)
      if (code !== 0) throw new Error(`the app ended with ${code ?? signal}: ${app.stderr.join('\n')}`)
    },
  }
}
