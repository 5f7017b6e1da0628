import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { ElectronApp, MainProcess } from './electron-app.ts'
import { makeClone } from './electron-stand-in/clone.ts'
import { STAND_IN } from './electron-stand-in/environment.ts'
import type { Evaluated, Evaluation } from './electron-stand-in/evaluate.ts'
import { eventually } from './eventually.ts'
import { type StandInChromium, startStandInChromium } from './stand-in-chromium.ts'

const REGISTER = new URL('electron-stand-in/register.ts', import.meta.url).href
const WINDOW_WITHIN_MS = 15_000
const STOPS_WITHIN_MS = 5_000

export interface StandInOptions {
  /** The folder that holds `out/`. */
  readonly root: string
  /** The command line. */
  readonly words: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly chromium?: StandInChromium
}

/** Runs the compiled main process under Node, with its windows as tabs of a real Chromium. */
export async function launchStandIn({ root, words, env, chromium: shared }: StandInOptions): Promise<ElectronApp> {
  const chromium = shared ?? (await startStandInChromium())
  const child = fork(join(root, 'out/electron/main.js'), [...words], {
    cwd: root,
    execArgv: ['--import', REGISTER],
    env: { ...process.env, ...env, [STAND_IN.chromium]: chromium.address },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => {
      log += piece.toString()
    })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const exited = new Promise<number | string>((resolve) => {
    // `close` comes after the last line was read, `exit` may come before.
    child.once('close', (code, signal) => {
      process.off('exit', kill)
      const how = code ?? signal ?? 'unknown'
      if (shared === undefined) void chromium.stop().finally(() => resolve(how))
      else resolve(how)
    })
  })
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    const late = setTimeout(kill, STOPS_WITHIN_MS)
    const how = await exited
    clearTimeout(late)
    return how
  }
  const evaluate = createEvaluate(child, () => log)
  return {
    pid: child.pid ?? -1,
    log: () => log,
    exited,
    evaluate,
    async firstWindow() {
      const targetId = await eventually(
        async () => {
          if (child.exitCode !== null) return { ended: child.exitCode }
          return (await evaluate(windowNow)) || undefined
        },
        { withinMs: WINDOW_WITHIN_MS, what: `a window\n${log}` },
      )
      if (typeof targetId !== 'string') throw new Error(`the app ended with ${targetId.ended}:\n${log}`)
      return chromium.page(targetId)
    },
    close: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  }
}

/** The tab of the first window whose page is loading or loaded. */
function windowNow({ BrowserWindow }: MainProcess): string {
  const contents = BrowserWindow.getAllWindows()[0]?.webContents
  if (contents === undefined || contents.getURL() === '') return ''
  return 'targetId' in contents ? String(contents.targetId) : ''
}

function createEvaluate(child: ChildProcess, log: () => string): ElectronApp['evaluate'] {
  const clone = makeClone()
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let lastId = 0
  child.on('message', (evaluated: Evaluated) => {
    const asked = waiting.get(evaluated.id)
    waiting.delete(evaluated.id)
    if ('error' in evaluated) asked?.reject(new Error(evaluated.error))
    // The value's type is that of the function's own answer.
    else asked?.resolve(clone.decode(evaluated.value) as never)
  })
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`the app ended:\n${log()}`))
    waiting.clear()
  })
  return (run: (electron: MainProcess, given: never) => unknown, given?: unknown) =>
    new Promise((resolve, reject) => {
      if (!child.connected) return reject(new Error(`the app has ended:\n${log()}`))
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      const evaluation: Evaluation = { id: lastId, run: String(run), given: clone.encode(given) }
      child.send(evaluation, (error) => error && reject(error))
    })
}
