import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { leftovers, RUN_MARK } from '../leftovers.ts'
import { eventually } from '../support/eventually.ts'
import { isInside, runInside } from './net/inside.ts'
import { missingForLab } from './net/missing.ts'

const STANDING_LAB = join(import.meta.dirname, 'net/standing-lab.ts')
const missing = missingForLab(['random'])
const skip = missing.length === 0 ? false : `the lab needs ${missing.join(', ')}`

interface StandingLab {
  readonly mark: string
  readonly process: ChildProcess
  readonly lines: readonly string[]
  readonly exit: Promise<unknown[]>
}

/** A lab in a process of its own, with a mark on everything it starts. */
async function standingLab(): Promise<StandingLab> {
  const mark = `standing-lab-${process.pid}-${performance.now()}`
  const child = spawn(process.execPath, [STANDING_LAB, 'random'], {
    env: { ...process.env, [RUN_MARK]: mark },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const lab: StandingLab = { mark, process: child, lines, exit: once(child, 'exit') }
  await eventually(() => lines.includes('the lab stands'), { withinMs: 30_000, what: 'the lab' })
  return lab
}

/** What a lab could disturb outside. */
function machine(): unknown {
  const names = existsSync('/run/netns') ? readdirSync('/run/netns') : []
  return { interfaces: networkInterfaces(), links: readdirSync('/sys/class/net'), names }
}

test('a lab passes on the exit code and the output of what runs in it', { skip }, async () => {
  assert.equal(isInside(), false)
  const lines: string[] = []
  const program = 'console.log(require("os").networkInterfaces().lo.length, process.ppid); process.exit(7)'
  const code = await runInside([process.execPath, '-e', program], { onLine: (line) => lines.push(line) })
  assert.equal(code, 7)
  assert.match(lines.join(), /^[12] 1$/, 'alone with its loopback, under process 1')
})

test('what runs in a lab can be ended from outside', { skip }, async () => {
  const code = await runInside([process.execPath, '-e', 'setInterval(() => {}, 1000)'], {
    signal: AbortSignal.timeout(500),
  })
  assert.equal(code, 128 + 15)
})

test('two labs stand at once; told to end, or killed, they leave nothing behind, and the machine is as it was', {
  skip,
}, async () => {
  const before = machine()
  const [one, two] = await Promise.all([standingLab(), standingLab()])
  assert.deepEqual(one.lines, two.lines, 'the same names and addresses, and neither knows of the other')
  assert.deepEqual(machine(), before)
  assert.ok(leftovers(one.mark).length >= 4, 'a hub and a NAT among them')

  one.process.kill('SIGKILL')
  await eventually(() => leftovers(one.mark).length === 0, { what: 'the end of all that the killed lab had started' })
  assert.equal(two.process.exitCode, null)

  two.process.kill('SIGTERM')
  assert.deepEqual(await two.exit, [3, null])
  await eventually(() => leftovers(two.mark).length === 0, { what: 'the end of all that the other had started' })
  assert.deepEqual(machine(), before)
})
