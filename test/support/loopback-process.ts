import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { keyOfEntryPage } from '../../electron/loopback/entry.ts'
import { createFrameBridge, type FrameBridge } from '../../shared/contract/frame-bridge.ts'
import { TAB_PROTOCOL } from '../../shared/contract/tab-key.ts'

/** The loopback shell in a process of its own. */
export interface LoopbackProcess {
  readonly pid: number
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  /** Resolves with the next line on standard output that was not taken yet; rejects when the process ends first. */
  nextLine(): Promise<string>
  signal(name: NodeJS.Signals): void
  readonly exited: Promise<{
    readonly code: number | null
    readonly signal: NodeJS.Signals | null
    readonly afterMs: number
  }>
}

const main = join(import.meta.dirname, '..', '..', 'electron', 'loopback', 'main.ts')

/** Starts it from its sources, without opening a browser; `program` runs another entry instead. */
export function startLoopback(args: readonly string[], { program = main, environment = {} } = {}): LoopbackProcess {
  const child = spawn(process.execPath, [program, '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = []
  let taken = 0
  let signalledAtMs = performance.now()
  const serve = () => {
    while (waiting.length > 0 && taken < stdout.length) waiting.shift()?.resolve(stdout[taken++] ?? '')
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout.push(line)
    serve()
  })
  createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line))
  const exited = new Promise<Awaited<LoopbackProcess['exited']>>((resolve) => {
    // `close` comes after the last line was read, `exit` may come before.
    child.on('close', (code, signal) => {
      resolve({ code, signal, afterMs: performance.now() - signalledAtMs })
      for (const { reject } of waiting.splice(0)) reject(new Error(`it ended: ${stderr.join('\n')}`))
    })
  })
  if (child.pid === undefined) throw new Error('the process did not start')
  return {
    pid: child.pid,
    stdout,
    stderr,
    exited,
    nextLine: () =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        serve()
      }),
    signal(name) {
      signalledAtMs = performance.now()
      child.kill(name)
    },
  }
}

/** Follows a link as a browser does and speaks the contract over its WebSocket. */
export async function comeIn(
  link: string,
): Promise<{ readonly bridge: FrameBridge; readonly closed: Promise<number>; leave(): void }> {
  const { origin } = new URL(link)
  const answer = await fetch(link, { redirect: 'manual' })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  const key = keyOfEntryPage(await answer.text())
  if (answer.status !== 200 || cookie === undefined || key === undefined)
    throw new Error(`the link was answered ${answer.status}`)
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, [TAB_PROTOCOL, key], {
    headers: { origin, cookie },
  })
  const bridge = createFrameBridge((text) => socket.send(text))
  socket.on('message', (data) => bridge.receive(data.toString()))
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => {
      bridge.close()
      resolve(code)
    })
  })
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return { bridge, closed, leave: () => socket.close() }
}
