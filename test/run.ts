/**
 * `npm test`: every rung of the ladder in order (test/README.md), then one line that counts.
 * `node test/run.ts unit integration` runs some rungs; `--install` installs missing Debian packages.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ShellName } from './e2e/shells/shell.ts'
import { leftovers, RUN_MARK } from './leftovers.ts'
import { installPrerequisites } from './prerequisites.ts'
import { electronRuntime } from './support/electron-runtime.ts'

const root = join(import.meta.dirname, '..')

interface Rung {
  readonly name: string
  /** Test files, or a command for what is not a test file. */
  readonly files?: readonly string[]
  readonly command?: readonly string[]
  readonly needsBuild?: boolean
  readonly except?: readonly string[]
  /** Test files that run at the same time. */
  readonly atOnce?: number
  /** How long one test file may take; 5 minutes unless told. */
  readonly fileWithinMs?: number
  /** The shell that the specifications are driven through (test/e2e/shells/shell.ts). */
  readonly shell?: ShellName
}

/** What a person sees, the same in every shell. */
const EVERY_SHELL = 'test/e2e/*.test.ts'
const specifications = (...names: string[]) => names.map((name) => `test/e2e/${name}.test.ts`)
/** `npm test` has half an hour: it drives each of these through one shell only, with `--whole` they run in every shell. */
const BROWSER_ENOUGH = specifications('accessibility', 'german', 'late', 'long', 'scan')
const DESKTOP_ENOUGH = specifications('arrivals', 'arrived-link', 'asking', 'bad-input', 'on-my-relays', 'palette')

/** What the matrix shows as well, mechanism by mechanism: only with `--whole`. */
const LONG_LAB = ['punch', 'report'].map((name) => `test/natlab/${name}.net.test.ts`)
const argv = new Set(process.argv)

const RUNGS: readonly Rung[] = [
  { name: 'check', command: ['npm', 'run', '--silent', 'check'] },
  { name: 'unit', files: ['test/unit/**/*.test.ts'], atOnce: 2 },
  { name: 'integration', files: ['test/integration/**/*.test.ts'], needsBuild: true, atOnce: 2 },
  // One at a time: eighteen messengers keep two cores busy, and the scenes measure times.
  {
    name: 'natlab',
    files: ['test/natlab/*.test.ts'],
    except: argv.has('--whole') ? [] : LONG_LAB,
    atOnce: 1,
    fileWithinMs: 900_000,
  },
  {
    name: 'e2e',
    files: [EVERY_SHELL, 'test/e2e/loopback/*.test.ts'],
    except: argv.has('--whole') ? [] : DESKTOP_ENOUGH,
    needsBuild: true,
    atOnce: 2,
    shell: 'loopback',
  },
  {
    name: 'desktop',
    files: [EVERY_SHELL, 'test/e2e/desktop/*.test.ts'],
    except: argv.has('--whole') ? [] : BROWSER_ENOUGH,
    needsBuild: true,
    atOnce: 2,
    shell: 'stand-in',
  },
  { name: 'app', files: appFiles(), needsBuild: true, atOnce: 1, shell: 'electron' },
]

/** All of it through real Electron; where that is not there, one test says so. */
function appFiles(): readonly string[] {
  return electronRuntime().isThere ? [EVERY_SHELL, 'test/e2e/app/*.test.ts'] : ['test/e2e/app/*.test.ts']
}

/** Names of tests that may be skipped where CI is set, read from test/README.md: lines of the form "- `name`: reason". */
function skippable(): readonly string[] {
  const text = readFileSync(join(root, 'test/README.md'), 'utf8').split('## What may be skipped')[1] ?? ''
  return [...text.matchAll(/^- `([^`]+)`/gm)].map((match) => match[1] ?? '')
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const rungs = asked.length === 0 ? RUNGS : RUNGS.filter(({ name }) => asked.includes(name))
if (rungs.length === 0) {
  console.error(`no such rung; there are: ${RUNGS.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
if (rungs.some(({ name }) => name !== 'check' && name !== 'unit')) {
  const line = installPrerequisites(process.argv.includes('--install'))
  if (line !== undefined) {
    console.error(`Some programs the tests need are missing. Run this first:\n  ${line}`)
    process.exit(2)
  }
}

const FILE_WITHIN_MS = 300_000
/** The longest rung is desktop, which took 15 minutes on two cores that eight other programs were busy on. */
const RUNG_WITHIN_MS = 1_800_000
const mark = `${process.pid}-${Date.now()}`
process.env[RUN_MARK] = mark

const totals = { passed: 0, failed: 0, skipped: 0 }
const counts = mkdtempSync(join(tmpdir(), 'sightline-test-'))
let isBuilt = false
for (const rung of rungs) {
  const startedAt = performance.now()
  console.log(`\n── ${rung.name} ──`)
  if (rung.needsBuild && !isBuilt) {
    run([process.execPath, 'electron/build.ts', '--quiet'], 300_000)
    isBuilt = true
  }
  if (rung.command !== undefined) {
    totals[run(rung.command, 300_000) ? 'passed' : 'failed'] += 1
  } else {
    runTests(rung)
  }
  await endLeftovers(rung)
  console.log(`── ${rung.name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s ──`)
}
rmSync(counts, { recursive: true })
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exit(totals.failed === 0 ? 0 : 1)

function run(
  command: readonly string[],
  timeoutMs: number,
  environment: Readonly<Record<string, string>> = {},
): boolean {
  const [program = '', ...args] = command
  return (
    spawnSync(program, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: timeoutMs,
    }).status === 0
  )
}

function runTests(rung: Rung): void {
  const files = globSync(rung.files ?? [], { cwd: root, exclude: rung.except ?? [] }).sort()
  if (files.length === 0) {
    console.error(`no test files match ${rung.files}`)
    totals.failed += 1
    return
  }
  const counted = join(counts, `${rung.name}.jsonl`)
  const isClean = run(
    [
      process.execPath,
      '--test',
      `--test-concurrency=${rung.atOnce ?? 1}`,
      `--test-timeout=${rung.fileWithinMs ?? FILE_WITHIN_MS}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${join(root, 'test/support/count-reporter.ts')}`,
      `--test-reporter-destination=${counted}`,
      ...files,
    ],
    // A test that failed half-way may keep its file from ending. --test-force-exit is no help: it loses results of others.
    RUNG_WITHIN_MS,
    rung.shell === undefined ? {} : { SIGHTLINE_SHELL: rung.shell },
  )
  const mayBeSkipped = skippable()
  let failedHere = 0
  for (const line of existsSync(counted) ? readFileSync(counted, 'utf8').trim().split('\n') : []) {
    if (line === '') continue
    const { outcome, name, why }: { outcome: keyof typeof totals; name: string; why?: string } = JSON.parse(line)
    totals[outcome] += 1
    if (outcome === 'failed') failedHere += 1
    if (outcome !== 'skipped') continue
    console.log(`skipped: ${name}: ${why}`)
    if (process.env['CI'] !== undefined && !mayBeSkipped.includes(name)) {
      console.error(`“${name}” is not on the list of what may be skipped (test/README.md)`)
      totals.failed += 1
    }
  }
  // A file that crashed before its first test, or a process that was ended, shows only in the exit code.
  if (!isClean && failedHere === 0) totals.failed += 1
}

/** Tests end what they start. What still runs a moment later is ended here, by its pid, and counts as a failure. */
async function endLeftovers(rung: Rung): Promise<void> {
  const deadline = performance.now() + 5_000
  while (leftovers(mark).length > 0 && performance.now() < deadline) await delay(100)
  for (const { pid, command } of leftovers(mark)) {
    console.error(`${rung.name} left a process running: ${pid} ${command.slice(0, 200)}`)
    totals.failed += 1
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself in between.
    }
  }
}
