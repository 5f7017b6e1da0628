import { execFile, spawn } from 'node:child_process'
import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const CACHE = join(import.meta.dirname, '../../../out/natlab')
const COMMAND_WITHIN_MS = 20_000

/** Puts a command into a network namespace. */
export function throughNamespace(name: string): readonly string[] {
  return ['nsenter', `--net=/run/netns/${name}`, '--']
}

/**
 * Runs lines of shell, in a network namespace or (`undefined`) in the one we are in; resolves with what they print.
 * The first line that fails ends it, and the error carries the lines and what was said.
 */
export async function script(namespace: string | undefined, lines: readonly string[]): Promise<string> {
  const [program = '', ...args] = [...(namespace === undefined ? [] : throughNamespace(namespace)), 'sh', '-eu']
  const child = spawn(program, args, { stdio: 'pipe', timeout: COMMAND_WITHIN_MS, killSignal: 'SIGKILL' })
  let printed = ''
  let complaint = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  child.stdin.on('error', () => {})
  child.stdin.end(`${lines.join('\n')}\n`)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return printed
  const shown = lines.join('\n').slice(0, 2000)
  throw new Error(`the lab could not wire ${namespace ?? 'itself'} (exit ${code}): ${complaint.trim()}\n${shown}`)
}

/** Compiles a C file beside this one on first use, again when it is newer, and resolves with the program's path. */
export async function compiled(source: string): Promise<string> {
  const from = join(import.meta.dirname, source)
  const program = join(CACHE, source.replace(/\.c$/, ''))
  if (changedAtMs(program) > changedAtMs(from)) return program
  mkdirSync(CACHE, { recursive: true })
  // Under a name of its own until it is whole: two runs may compile at once, and one may be running the old program.
  const draft = `${program}.${process.pid}-${performance.now()}`
  await run('cc', ['-O2', '-Wall', '-Wextra', '-o', draft, from], { timeout: 60_000 })
  renameSync(draft, program)
  return program
}

function changedAtMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
