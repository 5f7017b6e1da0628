import { join } from 'node:path'
import { _electron, type Page } from '@playwright/test'
import { electronRuntime } from './electron-runtime.ts'
import type { StandIn } from './electron-stand-in/electron.ts'
import { launchStandIn } from './stand-in-app.ts'
import type { StandInChromium } from './stand-in-chromium.ts'

/** What a test's function is given in the main process; `standIn` is there only where Electron is stood in for. */
export type MainProcess = typeof import('electron') & { readonly standIn: StandIn }

/** The desktop app in a process of its own, in the shape of Playwright's `_electron`. */
export interface ElectronApp {
  readonly pid: number
  /** What it printed so far. */
  log(): string
  /** How it ended: a code, or the name of a signal. */
  readonly exited: Promise<number | string>
  /** The window's page, as soon as there is one; after a crash the page of today. */
  firstWindow(): Promise<Page>
  /** Runs a function in the main process. It refers to nothing but what it is given. */
  evaluate<Given, Value>(
    run: (electron: MainProcess, given: Given) => Value | Promise<Value>,
    given: Given,
  ): Promise<Value>
  evaluate<Value>(run: (electron: MainProcess) => Value | Promise<Value>): Promise<Value>
  /** SIGTERM, and SIGKILL when that takes more than five seconds. Answers how it ended. */
  close(): Promise<number | string>
  /** SIGKILL. */
  kill(): Promise<void>
}

export interface LaunchOptions {
  readonly shell: 'stand-in' | 'electron'
  readonly profilesDirectory: string
  readonly profile: string
  readonly relays?: readonly string[]
  /** Further words of the command line. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Shared between apps of one test; absent = one of its own. The stand-in only. */
  readonly chromium?: StandInChromium
  /** Another build than the project's: the folder that holds `out/`. */
  readonly root?: string
}

const PROJECT = join(import.meta.dirname, '../..')
const STOPS_WITHIN_MS = 5_000

/** Starts the built desktop app. Whatever happens, nothing stays behind. */
export async function launchElectron(options: LaunchOptions): Promise<ElectronApp> {
  const { shell, profilesDirectory, profile, relays = [], args = [], env = {}, root = PROJECT } = options
  const known = relays.flatMap((relay) => ['--relay', relay])
  const words = ['--profiles-dir', profilesDirectory, '--profile', profile, ...known, ...args]
  if (shell === 'electron') return launchReal(root, words, env)
  const { chromium } = options
  return launchStandIn({ root, words, env, ...(chromium === undefined ? {} : { chromium }) })
}

async function launchReal(
  root: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ElectronApp> {
  const runtime = electronRuntime()
  if (!runtime.isThere) throw new Error(runtime.reason)
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const app = await _electron.launch({
    executablePath: runtime.program,
    args: [root, ...words],
    cwd: root,
    env: { ...Object.fromEntries(kept), ...env },
  })
  const child = app.process()
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => {
      log += piece.toString()
    })
  const exited = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    const late = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS)
    const how = await exited
    clearTimeout(late)
    return how
  }
  return {
    pid: child.pid ?? -1,
    log: () => log,
    exited,
    firstWindow: () => app.firstWindow(),
    // Playwright hands over the same module as the stand-in does, without `standIn`.
    evaluate: (run: (electron: MainProcess, given: never) => unknown, given?: unknown) =>
      app.evaluate(run as never, given as never) as Promise<never>,
    close: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  }
}
