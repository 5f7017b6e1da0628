import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { type Obstacle, shortened } from './reasons.ts'

/** What Electron was started for: it ran and ended, or it never came up. */
export type Ran =
  | { readonly is: 'ended'; readonly exitCode: number }
  | { readonly is: 'obstacle'; readonly obstacle: Obstacle }

/** What kills a start does so within moments; what comes later is an end of the app. */
const STARTS_WITHIN_MS = 10_000
/** What is said in this time is shown late, or not at all when the browser takes over. */
const HELD_MS = 3_000
const SAID_MAX_CHARACTERS = 32 * 1024

/** Runs Electron and waits for its end. Whoever ends this process means that one. */
export function runElectron(
  binary: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Ran> {
  // Set inside terminals of editors that are made with Electron; it would make a plain Node of it.
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = environment
  const child = spawn(binary, args, { stdio: ['inherit', 'inherit', 'pipe'], env: rest })
  const startedAtMs = performance.now()
  let said = ''
  let isHeld = true
  const release = () => {
    if (isHeld && said !== '') process.stderr.write(said)
    isHeld = false
  }
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (!isHeld) process.stderr.write(text)
    said = (said + text).slice(0, SAID_MAX_CHARACTERS)
  })
  const held = setTimeout(release, HELD_MS)

  // A terminal interrupts both processes; a second SIGINT would mean impatience there, SIGTERM never does.
  let isStopping = false
  const stop = () => {
    isStopping = true
    child.kill('SIGTERM')
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)

  return new Promise((resolve) => {
    const finish = (ran: Ran) => {
      clearTimeout(held)
      for (const signal of signals) process.off(signal, stop)
      if (ran.is === 'ended') release()
      resolve(ran)
    }
    child.on('error', (error) =>
      finish({ is: 'obstacle', obstacle: { is: 'did-not-start', why: shortened(error.message) } }),
    )
    child.on('close', (code, signal) => {
      const isStart = !isStopping && performance.now() - startedAtMs < STARTS_WITHIN_MS
      const obstacle = isStart ? obstacleOf({ code, signal, said, binary }) : undefined
      finish(obstacle === undefined ? { is: 'ended', exitCode: code ?? 1 } : { is: 'obstacle', obstacle })
    })
  })
}

const SANDBOX =
  /SUID sandbox helper|No usable sandbox|setuid_sandbox_host|zygote_host_impl_linux|Failed to move to new namespace/
const DISPLAY = /Missing X server|annot open display|Unable to open X display|Failed to connect to Wayland display/i

/** Why Electron died at once; undefined when its end was the app's own. Pure. */
export function obstacleOf({
  code,
  signal,
  said,
  binary,
}: {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly said: string
  readonly binary: string
}): Obstacle | undefined {
  if (code === 0) return undefined
  if (SANDBOX.test(said)) return { is: 'no-sandbox', helper: join(dirname(binary), 'chrome-sandbox') }
  const library = /error while loading shared libraries: ([\w.+-]+)/.exec(said)?.[1]
  if (library !== undefined) return { is: 'no-library', library }
  if (DISPLAY.test(said)) return { is: 'no-display' }
  // 1 and 2 are the app's own, with a sentence; a shell and a crash of Chromium use others.
  if (signal !== null) return { is: 'did-not-start', why: `ended by ${signal}` }
  if (code !== null && code > 2) return { is: 'did-not-start', why: `ended with ${code}` }
  return undefined
}
