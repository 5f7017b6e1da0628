import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { liveView } from '../../support/live-view.ts'
import { comeIn, type LoopbackProcess, startLoopback } from '../../support/loopback-process.ts'

const LINK = /^http:\/\/127\.0\.0\.1:\d+\/open\?token=[\w-]{43}$/

function setUp(t: TestContext) {
  const profiles = mkdtempSync(join(tmpdir(), 'sightline-shell-'))
  const started: LoopbackProcess[] = []
  t.after(async () => {
    for (const shell of started) shell.signal('SIGKILL')
    await Promise.all(started.map(({ exited }) => exited))
    rmSync(profiles, { recursive: true, force: true })
  })
  return {
    profiles,
    start(...args: string[]) {
      const shell = startLoopback(['--profiles-dir', profiles, ...args])
      started.push(shell)
      return shell
    },
  }
}

test('a start prints one link, and the first page finds a profile to be made', async (t) => {
  const { start, profiles } = setUp(t)
  const shell = start('--profile', 'ada')
  const link = await shell.nextLine()
  assert.match(link, LINK)
  const { bridge, leave } = await comeIn(link)
  const [session, seen] = [liveView(bridge, 'session'), liveView(bridge, 'shell')]
  await eventually(() => session.isThere && seen.isThere)
  assert.deepEqual(session.only, { state: 'locked', asks: 'new' })
  assert.equal(seen.only?.kind, 'loopback')
  assert.equal(seen.only?.profile, 'ada')
  leave()
  assert.deepEqual(shell.stdout, [link])
  assert.deepEqual(shell.stderr, [])
  assert.equal(statSync(join(profiles, 'ada')).mode & 0o777, 0o700)
  for (const name of readdirSync(join(profiles, 'ada'))) {
    assert.equal(statSync(join(profiles, 'ada', name)).mode & 0o077, 0, name)
  }
})

test('a second start of a running profile prints a fresh link to the same one and ends', async (t) => {
  const { start } = setUp(t)
  const first = start()
  const oldLink = await first.nextLine()
  const second = start()
  const link = await second.nextLine()
  assert.deepEqual((await second.exited).code, 0)
  assert.match(link, LINK)
  assert.equal(new URL(link).port, new URL(oldLink).port)
  assert.equal((await fetch(oldLink, { redirect: 'manual' })).status, 403)
  const { leave } = await comeIn(link)
  leave()
})

test('two profiles run side by side', async (t) => {
  const { start } = setUp(t)
  const [ada, bea] = [start('--profile', 'ada'), start('--profile', 'bea')]
  const [toAda, toBea] = [await ada.nextLine(), await bea.nextLine()]
  assert.notEqual(new URL(toAda).port, new URL(toBea).port)
})

test('after kill -9 the profile starts again', async (t) => {
  const { start } = setUp(t)
  const first = start()
  await first.nextLine()
  first.signal('SIGKILL')
  await first.exited
  assert.match(await start().nextLine(), LINK)
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} ends an open profile within three seconds, and pages are told goodbye`, async (t) => {
    const { start } = setUp(t)
    const shell = start()
    const { bridge, closed } = await comeIn(await shell.nextLine())
    assert.equal((await bridge.ask('profile.create', { passphrase: '' })).ok, true)
    shell.signal(signal)
    assert.equal(await closed, 1001)
    const { code, afterMs } = await shell.exited
    assert.equal(code, 0, shell.stderr.join('\n'))
    assert.ok(afterMs < 3000, `${afterMs} ms`)
  })
}

test('Quit on the page is answered and ends the program', async (t) => {
  const { start } = setUp(t)
  const shell = start()
  const { bridge } = await comeIn(await shell.nextLine())
  assert.equal((await bridge.ask('app.quit', {})).ok, true)
  assert.equal((await shell.exited).code, 0)
})

test('a megabyte in a message is refused by the messenger, and the page stays connected', async (t) => {
  const { start } = setUp(t)
  const shell = start()
  const { bridge, leave } = await comeIn(await shell.nextLine())
  const text = '€'.repeat(1024 * 1024)
  const asked = await bridge.ask('message.send', { conversation: 'ab'.repeat(32), text })
  assert.equal(!asked.ok && asked.failure.code, 'locked')
  const longer = await bridge.ask('message.send', { conversation: 'ab'.repeat(32), text: 'x'.repeat(2_000_001) })
  assert.deepEqual(!longer.ok && longer.failure.detail?.['limit'], 2_000_000)
  leave()
})

test('neither links nor what people typed reach the log', async (t) => {
  const { start, profiles } = setUp(t)
  const shell = start()
  const link = await shell.nextLine()
  const { bridge } = await comeIn(link)
  await bridge.ask('profile.create', { passphrase: 'correct horse' })
  await bridge.ask('profile.rename', { name: 'Wilhelmina' })
  await bridge.ask('contact.preview', { link: 'sightline://add/abcdefgh' })
  await bridge.ask('app.quit', {})
  await shell.exited
  const log = readFileSync(join(profiles, 'default', 'log.jsonl'), 'utf8')
  for (const secret of ['correct horse', 'Wilhelmina', 'abcdefgh', new URL(link).searchParams.get('token') ?? '']) {
    assert.ok(!log.includes(secret), secret)
  }
  assert.ok(log.includes('messenger started'), log)
})

test('what cannot work ends with one sentence', async (t) => {
  const { start, profiles } = setUp(t)
  const blocker = createServer()
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
  t.after(() => blocker.close())
  const address = blocker.address()
  assert.ok(address !== null && typeof address === 'object')
  writeFileSync(join(profiles, 'a-file'), '')
  const cases: [string[], RegExp, number][] = [
    [['--port', String(address.port)], new RegExp(`Port ${address.port} is taken`), 1],
    [['--profile', '../else'], /cannot name a profile/, 2],
    [['--nothing'], /--nothing/, 2],
    [['--profiles-dir', join(profiles, 'a-file')], /cannot be written/, 1],
  ]
  for (const [args, sentence, code] of cases) {
    const shell = start(...args)
    assert.equal((await shell.exited).code, code, args.join(' '))
    assert.equal(shell.stderr.length, 1, shell.stderr.join('\n'))
    assert.match(shell.stderr[0] ?? '', sentence)
    assert.deepEqual(shell.stdout, [])
  }
})
