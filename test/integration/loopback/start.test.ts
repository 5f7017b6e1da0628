import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { liveView } from '../../support/live-view.ts'
import { comeIn, startLoopback } from '../../support/loopback-process.ts'

const electron = join(import.meta.dirname, '..', '..', '..', 'electron')
const start = join(electron, 'start.mjs')

function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-start-'))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

test('a start prints one line of reason and one link, and the link leads to the page', async (t) => {
  const shell = startLoopback(['--profiles-dir', temporary(t)], { program: start })
  t.after(() => shell.signal('SIGKILL'))
  const [reason, link] = [await shell.nextLine(), await shell.nextLine()]
  assert.equal(reason, 'Sightline runs in your browser, as you asked.')
  const opened = await fetch(link, { redirect: 'manual' })
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const page = await fetch(new URL('/', link), { headers: { cookie } })
  assert.equal(page.status, 200)
  assert.match(await page.text(), /<script[^>]+src=/)
  shell.signal('SIGTERM')
  assert.equal((await shell.exited).code, 0)
  assert.equal(shell.stdout.length, 2)
  assert.deepEqual(shell.stderr, [])
})

test('a second start of a running profile says so, and gives a new link to it', async (t) => {
  const args = ['--profiles-dir', temporary(t)]
  const first = startLoopback(args, { program: start })
  t.after(() => first.signal('SIGKILL'))
  await first.nextLine()
  const before = await first.nextLine()
  const second = startLoopback(args, { program: start })
  assert.equal((await second.exited).code, 0)
  assert.equal(second.stderr.length, 1)
  assert.match(second.stderr[0] ?? '', /already running.*new link/)
  const link = second.stdout.at(-1) ?? ''
  assert.equal(new URL(link).origin, new URL(before).origin)
  assert.notEqual(link, before)
  assert.equal((await fetch(before)).status, 403)
  assert.equal((await fetch(link)).status, 200)
})

test('what is not understood is told once, by one sentence', async () => {
  for (const args of [['--no-sandbox'], ['--profile', '../x'], ['sightline://add/x', '--profile', 'Ada']]) {
    const shell = startLoopback(args, { program: start })
    assert.equal((await shell.exited).code, 2)
    assert.equal(shell.stderr.length, 1)
    assert.deepEqual(shell.stdout, [])
  }
})

test('a folder that was not installed is told what to do, without a stack trace', async (t) => {
  const folder = temporary(t)
  cpSync(start, join(folder, 'electron', 'start.mjs'))
  const shell = startLoopback([], { program: join(folder, 'electron', 'start.mjs') })
  assert.equal((await shell.exited).code, 1)
  assert.equal(shell.stderr.length, 1)
  assert.match(shell.stderr[0] ?? '', /npm ci/)
})

test('the demo is two introduced people, two links, and nothing left behind', async () => {
  const demo = spawn(process.execPath, [start, '--demo', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise<number | null>((resolve) => demo.on('close', resolve))
  try {
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: demo.stdout }).once('line', resolve)
      demo.once('close', (code) => reject(new Error(`the demo ended with ${code}`)))
    })
    const { folder, links, pids } = JSON.parse(line)
    const [ada, bea] = [await comeIn(links.ada), await comeIn(links.bea)]
    const chats = liveView(bea.bridge, 'conversations')
    await eventually(() => [...chats.rows.values()].some(({ lastText }) => lastText?.startsWith('Hello Bea')))
    const people = liveView(ada.bridge, 'people')
    await eventually(() => [...people.rows.values()].some(({ name, state }) => name === 'Bea' && state === 'mutual'))
    demo.kill('SIGINT')
    assert.equal(await exited, 0)
    assert.equal(existsSync(folder), false)
    for (const pid of pids) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
  } finally {
    demo.kill('SIGKILL')
  }
})
