import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personArguments } from '../../../electron/program/arguments.ts'
import { readOptions } from '../../../electron/program/options.ts'
import { relaunchOptions } from '../../../electron/shell/system/relaunch.ts'

const mine = 'sightline://add/AAA'
const theirs = ['sightline://add/BBB', 'sightline://add/CCC']
const started = (argv: readonly string[], env = {}, execPath = argv[0] ?? '') => ({ argv, execPath, env })

test('a start that came while the program ended keeps the profile, and brings its own links only', () => {
  const table: readonly (readonly [argv: readonly string[], isPackaged: boolean])[] = [
    [['/opt/sightline', '--profile', 'Ada', '--relay', '/ip4/192.0.2.1/tcp/1'], true],
    [['/opt/sightline', '--profile', 'Ada', '--relay', '/ip4/192.0.2.1/tcp/1', mine], true],
    [['/opt/sightline', '--profile', 'Ada', '--relay', '/ip4/192.0.2.1/tcp/1', '--', mine], true],
    [['/opt/sightline', '--lang=de', '--profile=Ada', '--relay=/ip4/192.0.2.1/tcp/1', 'SIGHTLINE://x'], true],
    [['electron', '--inspect=0', '/app', '--profile=Ada', '--relay=/ip4/192.0.2.1/tcp/1', '--', mine], false],
  ]
  for (const [argv, isPackaged] of table)
    for (const links of [theirs, []]) {
      const { args = [], execPath } = relaunchOptions(started(argv), links)
      assert.equal(execPath, undefined)
      // As the next process will read it.
      const read = readOptions(personArguments([argv[0] ?? '', ...args], isPackaged), {}, 'linux')
      assert.ok(read.ok && read.value !== 'help', argv.join(' '))
      assert.equal(read.value.profile, 'Ada')
      assert.deepEqual(read.value.relays, ['/ip4/192.0.2.1/tcp/1'])
      assert.deepEqual(read.value.links, links)
    }
})

test('links come behind a lone --, where nothing of them is a switch; without links there is none', () => {
  assert.deepEqual(relaunchOptions(started(['/opt/sightline', '--lang=de', mine]), theirs), {
    args: ['--lang=de', '--', ...theirs],
  })
  assert.deepEqual(relaunchOptions(started(['/opt/sightline', '--lang=de', '--', mine]), []), { args: ['--lang=de'] })
})

test('an AppImage starts its file anew, because what it runs from goes with the process', () => {
  const image = '/home/ada/Sightline.AppImage'
  const mount = '/tmp/.mount_SightlXy'
  const startedAt = (execPath: string, env: object) => relaunchOptions(started([execPath], { ...env }), []).execPath
  assert.equal(startedAt(`${mount}/sightline`, { APPIMAGE: image, APPDIR: mount }), image)
  // The names of another AppImage, a terminal say, that started this program: that one is not meant.
  assert.equal(
    startedAt('/opt/Sightline/sightline', { APPIMAGE: '/home/ada/Terminal.AppImage', APPDIR: mount }),
    undefined,
  )
  assert.equal(startedAt(`${mount}-2/sightline`, { APPIMAGE: image, APPDIR: mount }), undefined)
  assert.equal(startedAt(`${mount}/sightline`, { APPIMAGE: image }), undefined)
  assert.equal(startedAt(`${mount}/sightline`, { APPDIR: mount }), undefined)
})
