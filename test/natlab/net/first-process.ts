/**
 * Process 1 of the lab's namespaces (inside.ts starts it): makes the mounts private, starts the command, hands on signals.
 * As process 1 the command itself would not notice SIGTERM. When process 1 ends, the kernel ends all others.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { INSIDE_MARK } from './inside.ts'

const CONTROL_FD = 3
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
const [command, ...args] = process.argv.slice(2)

// `ip netns` keeps its names in /run/netns: on a file system of our own they are nobody else's.
execFileSync('mount', ['-t', 'tmpfs', 'lab', '/run'])
mkdirSync('/run/netns')
writeFileSync(INSIDE_MARK, '')
execFileSync('ip', ['link', 'set', 'lo', 'up'])

for (const name of SIGNALS) process.on(name, () => {})
const child = spawn(command ?? 'true', args, { stdio: ['inherit', 'inherit', 'inherit'] })
child.once('error', (error) => {
  console.error(error.message)
  process.exit(127)
})
child.once('exit', (code, killedBy) =>
  process.exit(killedBy === null ? (code ?? 1) : 128 + constants.signals[killedBy]),
)

const control = new Socket({ fd: CONTROL_FD })
// Whoever started us is gone, perhaps by SIGKILL.
control.once('close', () => process.exit(1))
control.on('error', () => {})
createInterface({ input: control }).on('line', (line) => {
  const name = SIGNALS.find((known) => known === line)
  if (name !== undefined) child.kill(name)
})
