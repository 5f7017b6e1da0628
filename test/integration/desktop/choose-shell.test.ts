import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Choice, chooseShell, type Surroundings } from '../../../electron/desktop/choose.ts'
import { eventually } from '../../support/eventually.ts'

const HOUR_MS = 60 * 60_000

/** An installation with an Electron whose program is a script; no display, no person, no network is needed. */
function installation(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'sightline-desktop-'))
  t.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }))
  const folder = join(root, 'node_modules', 'electron')
  const program = join(folder, 'dist', 'electron')
  mkdirSync(join(folder, 'dist'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"version":"45.0.0"}')
  const said = join(root, 'said')
  const makeRuntime = (script: string) => {
    writeFileSync(program, `#!/bin/sh\n${script}\n`)
    chmodSync(program, 0o755)
    writeFileSync(join(folder, 'dist', 'version'), 'v45.0.0')
    writeFileSync(join(folder, 'path.txt'), 'electron')
  }
  const choose = (args: readonly string[] = [], more: Partial<Surroundings> = {}): Promise<Choice> =>
    chooseShell({
      root,
      args,
      environment: { PATH: process.env['PATH'], HOME: root, DISPLAY: ':99', SAID: said, ELECTRON_RUN_AS_NODE: '1' },
      platform: 'linux',
      userId: 1000,
      ...more,
    })
  return {
    root,
    folder,
    choose,
    makeRuntime,
    makeInstaller: (script: string) => writeFileSync(join(folder, 'install.js'), script),
    /** What the program was started with, one a line; undefined when it was not. */
    said: () => (existsSync(said) ? readFileSync(said, 'utf8').trimEnd().split('\n') : undefined),
    failure: join(root, 'out', 'electron-download-failed'),
  }
}

const SAY_ARGUMENTS =
  'for each in "$@"; do echo "$each"; done > "$SAID"; echo "run as node: $ELECTRON_RUN_AS_NODE" >> "$SAID"'

function reasonOf(choice: Choice): string {
  const reason = choice.is === 'browser' ? (choice.reason ?? '') : ''
  assert.match(reason, /^[^\n]{10,400}\.$/)
  return reason
}

test('Electron is started on the app with what the person said, links last, and its end is ours', async (t) => {
  const { root, choose, makeRuntime, said } = installation(t)
  makeRuntime(`${SAY_ARGUMENTS}; exit 0`)
  assert.deepEqual(await choose(['--profile', 'Ada', 'sightline://add/x']), { is: 'ended', exitCode: 0 })
  assert.deepEqual(said(), [root, '--profile', 'Ada', '--', 'sightline://add/x', 'run as node:'])
  makeRuntime('echo "a sentence of the app" >&2; exit 2')
  assert.deepEqual(await choose(), { is: 'ended', exitCode: 2 })
})

test('whoever interrupts the start ends the app, once and gently', async (t) => {
  const { root, makeRuntime, said } = installation(t)
  makeRuntime(
    `trap 'echo TERM >> "$SAID"; exit 0' TERM; trap 'echo INT >> "$SAID"' INT; echo up > "$SAID"; while :; do sleep 0.05; done`,
  )
  const choose = new URL('../../../electron/desktop/choose.ts', import.meta.url).href
  const script = `
    import { chooseShell } from ${JSON.stringify(choose)}
    const chosen = await chooseShell({ root: ${JSON.stringify(root)}, args: [], platform: 'linux', userId: 1000 })
    process.exit(chosen.is === 'ended' ? 40 + chosen.exitCode : 1)`
  const start = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: ':99', SAID: join(root, 'said') },
  })
  t.after(() => start.kill('SIGKILL'))
  const exited = new Promise((resolve) => start.on('exit', resolve))
  await eventually(() => said()?.[0] === 'up')
  start.kill('SIGINT')
  assert.equal(await exited, 40)
  assert.deepEqual(said(), ['up', 'TERM'])
})

test('a runtime in another place is used when it is named', async (t) => {
  const { root, choose, makeRuntime, said, folder } = installation(t)
  makeRuntime(SAY_ARGUMENTS)
  rmSync(join(folder, 'path.txt'))
  const environment = {
    PATH: process.env['PATH'],
    DISPLAY: ':99',
    SAID: join(root, 'said'),
    ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist'),
  }
  assert.deepEqual(await choose([], { environment }), { is: 'ended', exitCode: 0 })
  assert.equal(said()?.[0], root)
  const nowhere = { ...environment, ELECTRON_OVERRIDE_DIST_PATH: join(root, 'nowhere') }
  assert.match(reasonOf(await choose([], { environment: nowhere })), /not part of this installation/)
})

test('where there can be no window Electron is not even started, and one line says why', async (t) => {
  const { root, choose, makeRuntime, said } = installation(t)
  makeRuntime(SAY_ARGUMENTS)
  const cases: readonly (readonly [args: readonly string[], more: Partial<Surroundings>, reason: RegExp])[] = [
    [['--browser'], {}, /as you asked/],
    [['--no-open'], {}, /as you asked/],
    [['--port', '4000'], {}, /as you asked/],
    [[], { userId: 0 }, /not opened for root/],
    [['--desktop'], { userId: 0 }, /not opened for root/],
    [[], { environment: { HOME: root } }, /no display/],
  ]
  for (const [args, more, reason] of cases) assert.match(reasonOf(await choose(args, more)), reason)
  assert.equal(said(), undefined)
})

test('options that are not understood are left to the other shell, which says so once', async (t) => {
  const { choose, makeRuntime, said } = installation(t)
  makeRuntime(SAY_ARGUMENTS)
  for (const args of [['--help'], ['--no-sandbox'], ['sightline://x', '--profile', 'Ada']])
    assert.deepEqual(await choose(args), { is: 'browser' })
  assert.equal(said(), undefined)
})

test('an Electron that dies at once gives way to the browser, with the cause in one line', async (t) => {
  const { choose, makeRuntime, folder } = installation(t)
  const cases: readonly (readonly [script: string, reason: RegExp])[] = [
    [
      'echo "[1:FATAL:sandbox/linux/suid/client/setuid_sandbox_host.cc(166)] The SUID sandbox helper binary was found, but is not configured correctly." >&2; kill -TRAP $$',
      /sandbox.*chrome-sandbox belongs to root/,
    ],
    ['echo "[0101/1:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox!" >&2; exit 133', /sandbox/],
    [
      'echo "electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file" >&2; exit 127',
      /libgtk-3\.so\.0/,
    ],
    ['echo "[1:ERROR:ozone_platform_x11.cc(239)] Missing X server or \\$DISPLAY" >&2; exit 1', /no display/],
    ['kill -SEGV $$', /did not start \(ended by SIGSEGV\)/],
    ['exit 126', /did not start \(ended with 126\)/],
  ]
  for (const [script, reason] of cases) {
    makeRuntime(script)
    assert.match(reasonOf(await choose()), reason)
  }
  makeRuntime('')
  chmodSync(join(folder, 'dist', 'electron'), 0o644)
  assert.match(reasonOf(await choose()), /did not start \(.*EACCES/)
})

test('a half-unpacked or older Electron is not started', async (t) => {
  const { choose, makeRuntime, said, folder } = installation(t)
  makeRuntime(SAY_ARGUMENTS)
  writeFileSync(join(folder, 'dist', 'version'), '44.0.0')
  assert.match(reasonOf(await choose()), /not part of this installation/)
  makeRuntime(SAY_ARGUMENTS)
  rmSync(join(folder, 'path.txt'))
  assert.match(reasonOf(await choose()), /not part of this installation/)
  assert.equal(said(), undefined)
})

test('a missing Electron is fetched by its own installer, and started', async (t) => {
  const { choose, makeInstaller, said, folder, failure } = installation(t)
  makeInstaller(`
    const { writeFileSync, chmodSync } = require('node:fs')
    writeFileSync(${JSON.stringify(join(folder, 'dist', 'electron'))}, ${JSON.stringify(`#!/bin/sh\n${SAY_ARGUMENTS}\n`)})
    chmodSync(${JSON.stringify(join(folder, 'dist', 'electron'))}, 0o755)
    writeFileSync(${JSON.stringify(join(folder, 'dist', 'version'))}, 'v45.0.0')
    writeFileSync(${JSON.stringify(join(folder, 'path.txt'))}, 'electron')
  `)
  assert.deepEqual(await choose(), { is: 'ended', exitCode: 0 })
  assert.notEqual(said(), undefined)
  assert.equal(existsSync(failure), false)
})

test('a failed download is named, remembered for an hour, and tried again when somebody asks', async (t) => {
  const { root, choose, makeInstaller, failure } = installation(t)
  const count = join(root, 'count')
  makeInstaller(`
    require('node:fs').appendFileSync(${JSON.stringify(count)}, 'x')
    console.error('RequestError: getaddrinfo ENOTFOUND github.com\\n    at somewhere (file.js:1:1)')
    process.exit(1)
  `)
  const tries = () => readFileSync(count, 'utf8').length
  assert.match(reasonOf(await choose()), /could not be downloaded \(getaddrinfo ENOTFOUND github\.com\)/)
  assert.match(reasonOf(await choose()), /could not be downloaded a while ago.*--desktop/)
  assert.equal(tries(), 1)
  await choose(['--desktop'])
  assert.equal(tries(), 2)
  const before = (Date.now() - HOUR_MS - 1000) / 1000
  utimesSync(failure, before, before)
  await choose()
  assert.equal(tries(), 3)
})

test('a download that stands still is ended; one that moves is waited for', async (t) => {
  const { root, choose, makeInstaller } = installation(t)
  const pid = join(root, 'pid')
  makeInstaller(`
    require('node:fs').writeFileSync(${JSON.stringify(pid)}, String(process.pid))
    setInterval(() => {}, 1000)
  `)
  assert.match(reasonOf(await choose([], { stalledAfterMs: 600 })), /nothing came for 1 second/)
  assert.throws(() => process.kill(Number(readFileSync(pid, 'utf8')), 0), { code: 'ESRCH' })
  makeInstaller(`
    const { appendFileSync } = require('node:fs')
    let left = 12
    setInterval(() => {
      appendFileSync(require('node:path').join(require('node:os').tmpdir(), 'part'), 'x')
      if (--left === 0) { console.error('Error: the end was reached'); process.exit(1) }
    }, 100)
  `)
  assert.match(reasonOf(await choose(['--desktop'], { stalledAfterMs: 600 })), /\(the end was reached\)/)
})
