import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

const ANSWERS_WITHIN_MS = 30_000

/** A running program that answers every line on stdin with one line, `ok …` or `error …`, and ends when stdin does. */
export interface LineProgram {
  /** Resolves with what follows `ok `; throws what follows `error `, or that the program is gone. */
  ask(line: string): Promise<string>
  stop(): Promise<void>
}

/** Starts one; it is ended with `stop`, and by the end of its stdin when this process dies. */
export function startLineProgram(argv: readonly string[]): LineProgram {
  const [program = '', ...args] = argv
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  // A program nobody waits for keeps nobody from ending; while an answer is awaited, a timer does.
  child.unref()
  for (const pipe of [child.stdin, child.stdout]) if (pipe instanceof Socket) pipe.unref()
  const waiting: { readonly line: string; settle(answer: string): void }[] = []
  const gone = once(child, 'close').catch(() => {})
  let isGone = false
  const end = (): void => {
    isGone = true
    for (const { settle } of waiting.splice(0)) settle('error the program ended')
  }
  child.once('close', end)
  child.once('error', end)
  child.stdin.on('error', () => {})
  createInterface({ input: child.stdout }).on('line', (answer) => waiting.shift()?.settle(answer))

  async function ask(line: string): Promise<string> {
    if (isGone) throw new Error(`${argv.join(' ')} has ended`)
    const { promise, resolve } = Promise.withResolvers<string>()
    const timer = setTimeout(() => resolve('error no answer'), ANSWERS_WITHIN_MS)
    waiting.push({ line, settle: resolve })
    child.stdin.write(`${line}\n`)
    const answer = await promise
    clearTimeout(timer)
    if (answer.startsWith('ok')) return answer.slice(3)
    throw new Error(`“${line}”: ${answer}`)
  }

  async function stop(): Promise<void> {
    child.ref()
    child.stdin.end()
    const timer = setTimeout(() => child.kill('SIGKILL'), 2_000)
    await gone
    clearTimeout(timer)
  }

  return { ask, stop }
}
