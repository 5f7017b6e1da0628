import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { hasScreen, openerOf, openInBrowser } from '../../../electron/loopback/browser.ts'
import { answerDoorbell, DoorbellTaken, ringDoorbell, socketPath } from '../../../electron/loopback/doorbell.ts'
import { eventually } from '../../support/eventually.ts'

function createDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-bell-'))
  t.after(() => rmSync(directory, { recursive: true }))
  return directory
}

test('a second start gets a fresh link each time it asks, and only the owner may ask', async (t) => {
  const directory = createDirectory(t)
  assert.equal(await ringDoorbell(directory), undefined)
  let made = 0
  const bell = await answerDoorbell(directory, () => `link ${++made}`)
  assert.equal(statSync(socketPath(directory)).mode & 0o777, 0o600)
  assert.equal(await ringDoorbell(directory), 'link 1')
  assert.equal(await ringDoorbell(directory), 'link 2')
  await assert.rejects(
    answerDoorbell(directory, () => 'other'),
    DoorbellTaken,
  )
  assert.equal(await ringDoorbell(directory), 'link 4')
  await bell.stop()
  assert.equal(await ringDoorbell(directory), undefined)
})

test('what a killed process left behind is replaced', async (t) => {
  const directory = createDirectory(t)
  writeFileSync(socketPath(directory), '')
  const bell = await answerDoorbell(directory, () => 'link')
  t.after(() => bell.stop())
  assert.equal(await ringDoorbell(directory), 'link')
})

test('a profile with a very long path still has a doorbell of its own', async (t) => {
  const owned = createDirectory(t)
  const before = process.env['TMPDIR']
  // The folder it falls back to lies below this one, and goes with it.
  process.env['TMPDIR'] = owned
  t.after(() => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  })
  const directory = join(owned, 'long'.repeat(30))
  mkdirSync(directory)
  assert.ok(Buffer.byteLength(socketPath(directory)) < 104)
  assert.notEqual(socketPath(directory), socketPath(`${directory}x`))
  const bell = await answerDoorbell(directory, () => 'link')
  assert.equal(await ringDoorbell(directory), 'link')
  await bell.stop()
  assert.equal(existsSync(socketPath(directory)), false)
})

test('the browser is opened on a private file, and the link is no argument', async (t) => {
  const directory = createDirectory(t)
  const opener = join(directory, 'opener')
  writeFileSync(opener, '#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/arguments"\n')
  chmodSync(opener, 0o700)
  const link = 'http://127.0.0.1:1/open?token=abc'
  openInBrowser(directory, 'http://127.0.0.1:1/open?token=older', [opener])
  await eventually(() => existsSync(join(directory, 'arguments')))
  openInBrowser(directory, link, [opener])
  const given = await eventually(() => readFileSync(join(directory, 'arguments'), 'utf8').trim())
  assert.ok(!given.includes('token'))
  assert.equal(statSync(given).mode & 0o777, 0o600)
  assert.ok(readFileSync(given, 'utf8').includes(`url=${link}`))
  assert.equal(readdirSync(directory).filter((name) => name.endsWith('.html')).length, 1)
})

test('a machine without a browser opener is no harm', async (t) => {
  openInBrowser(createDirectory(t), 'http://127.0.0.1:1/', ['/nowhere/opener'])
  assert.equal(hasScreen({}, 'linux'), false)
  assert.equal(hasScreen({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux'), true)
  assert.equal(hasScreen({}, 'darwin'), true)
  for (const platform of ['linux', 'darwin', 'win32'] as const) assert.ok(openerOf(platform).length > 0)
})
