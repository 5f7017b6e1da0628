import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { placeOf } from '../../../electron/loopback/gate.ts'
import { defaultProfilesDirectory, isProfileName, readOptions } from '../../../electron/program/options.ts'
import { ok } from '../../../shared/result.ts'

const linux = { XDG_DATA_HOME: '/data' }

test('without options a profile named default lives where the system keeps data', () => {
  assert.deepEqual(
    readOptions([], linux, 'linux'),
    ok({
      profile: 'default',
      directory: '/data/sightline/profiles/default',
      port: 0,
      opensBrowser: true,
      relays: [],
      links: [],
    }),
  )
})

test('every option is understood', () => {
  const args = [
    '--browser',
    '--profile',
    'Ada B.1',
    '--no-open',
    '--port',
    '4000',
    '--profiles-dir',
    '/p',
    '--relay',
    'a',
    '--relay',
    'b',
    'sightline://add/x',
  ]
  assert.deepEqual(
    readOptions(args, linux, 'linux'),
    ok({
      profile: 'Ada B.1',
      directory: join('/p', 'Ada B.1'),
      port: 4000,
      opensBrowser: false,
      relays: ['a', 'b'],
      links: ['sightline://add/x'],
      shell: 'browser',
    }),
  )
  assert.deepEqual(readOptions(['--help'], linux, 'linux'), ok('help'))
  const desktop = readOptions(['--desktop'], linux, 'linux')
  assert.equal(desktop.ok && desktop.value !== 'help' && desktop.value.shell, 'desktop')
})

test('each system has its own place for data', () => {
  assert.equal(defaultProfilesDirectory({}, 'linux', '/home/a'), '/home/a/.local/share/sightline/profiles')
  assert.equal(
    defaultProfilesDirectory({ XDG_DATA_HOME: '' }, 'linux', '/home/a'),
    '/home/a/.local/share/sightline/profiles',
  )
  assert.equal(
    defaultProfilesDirectory({}, 'darwin', '/Users/a'),
    '/Users/a/Library/Application Support/sightline/profiles',
  )
  assert.ok(defaultProfilesDirectory({ APPDATA: 'C:/Data' }, 'win32', 'C:/a').startsWith('C:/Data'))
})

test('a profile is a name and never a way to another folder', () => {
  for (const name of ['default', 'Ada', 'é 中', 'a.b-c_d']) assert.equal(isProfileName(name), true, name)
  for (const name of [
    '',
    '.',
    '..',
    '../a',
    'a/b',
    'a\\b',
    'a\0',
    ' a',
    'a ',
    'a.',
    '.a',
    'CON',
    'nul.txt',
    'a:b',
    'x'.repeat(65),
  ]) {
    assert.equal(isProfileName(name), false, JSON.stringify(name))
  }
})

test('what is not understood is told in one sentence', () => {
  for (const args of [
    ['--nothing'],
    ['--port', 'x'],
    ['--port', '65536'],
    ['--port', ''],
    ['--port', '-1'],
    ['--profile', '../a'],
    ['extra'],
    ['--port'],
  ]) {
    const read = readOptions(args, linux, 'linux')
    assert.equal(read.ok, false, args.join(' '))
    assert.ok(!read.ok && read.failure.length > 20 && !read.failure.includes('\n'), read.ok ? '' : read.failure)
  }
})

test('each port has its own cookie, and port 80 goes without its number', () => {
  assert.deepEqual(placeOf(80), { host: '127.0.0.1', origin: 'http://127.0.0.1', cookie: 'sightline_80' })
  assert.notEqual(placeOf(4000).cookie, placeOf(4001).cookie)
})
