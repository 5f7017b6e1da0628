import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { serve } from '../../../electron/app/caller.ts'
import { silent } from '../../../electron/app/log.ts'
import { createViews, single } from '../../../electron/app/views.ts'
import { createOwnBridge } from '../../../electron/shell/own-bridge.ts'
import { watchOwnViews } from '../../../electron/shell/own-views.ts'
import { startPower } from '../../../electron/shell/system/power.ts'
import { startTheme } from '../../../electron/shell/window/theme.ts'
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts'
import { ok } from '../../../shared/result.ts'
import { testClock, testMemory, testViews } from './desk.ts'

test('the shell asks and watches through the same door as a window, and after the end is told so', async () => {
  const views = createViews({ log: silent })
  views.setSources({
    settings: single(
      () => DEFAULT_SETTINGS,
      () => () => undefined,
    ),
  })
  const asked: string[] = []
  const answer = async (name: unknown) => {
    asked.push(String(name))
    return ok(null)
  }
  const bridge = createOwnBridge({ serve: (line) => serve({ answer, views }, line) })
  const own = watchOwnViews({ bridge, log: silent })
  assert.deepEqual(own.row('settings'), DEFAULT_SETTINGS)
  assert.deepEqual(await bridge.ask('network.retry', {}), ok(null))
  assert.deepEqual(asked, ['network.retry'])
  const waiting = bridge.ask('network.retry', {})
  bridge.stop()
  assert.equal((await waiting).ok, false)
  own.stop()
  views.stop()
})

test('a part of the shell that fails is logged and keeps nobody else from hearing', () => {
  const listeners = new Map<string, (push: never) => void>()
  const events: string[] = []
  const views = watchOwnViews({
    bridge: {
      watch(name, onPush) {
        listeners.set(name, onPush)
        return () => undefined
      },
    },
    log: (event) => void events.push(event),
  })
  let heard = 0
  views.onChange('people', () => {
    throw new Error('a bug')
  })
  views.onChange('people', () => void heard++)
  listeners.get('people')?.({ revision: 0, isWhole: true, rows: [], gone: [] } as never)
  assert.equal(heard, 1)
  assert.deepEqual(events, ['part of the shell failed by a bug'])
})

test('the switches of a locked profile are those it had', () => {
  const { views, push, whole } = testViews()
  push('settings', [['', { ...DEFAULT_SETTINGS, language: 'de' }]])
  whole('settings', [])
  assert.equal(views.row('settings'), undefined)
  assert.equal(views.settings().language, 'de')
})

test('waking up and unlocking the screen try the network once, and once more after the next sleep', () => {
  const powerMonitor = new EventEmitter()
  const clock = testClock()
  let asked = 0
  const stop = startPower({
    bridge: {
      ask: async (name) => {
        assert.equal(name, 'network.retry')
        asked++
        // The only command asked answers with nothing.
        return ok(null) as never
      },
    },
    powerMonitor,
    quit: () => assert.fail('nobody quits'),
    log: silent,
    clock,
  })
  powerMonitor.emit('suspend')
  powerMonitor.emit('resume')
  powerMonitor.emit('unlock-screen')
  assert.equal(asked, 1)
  powerMonitor.emit('suspend')
  powerMonitor.emit('resume')
  assert.equal(asked, 2)
  clock.turn(5000)
  powerMonitor.emit('unlock-screen')
  assert.equal(asked, 3)
  stop()
  assert.deepEqual(powerMonitor.eventNames(), [])
})

test('the system’s own parts follow the chosen theme, and the window its darkness', () => {
  const { views, push, whole } = testViews()
  const nativeTheme = Object.assign(new EventEmitter(), { themeSource: 'system' as const, shouldUseDarkColors: false })
  const colours: string[] = []
  const window = { isDestroyed: () => false, setBackgroundColor: (colour: string) => void colours.push(colour) }
  const theme: { themeSource: 'system' | 'light' | 'dark' } = nativeTheme
  const memory = testMemory()
  const stop = startTheme({ views, nativeTheme, mainWindow: { browserWindow: () => window }, memory })
  push('settings', [['', { ...DEFAULT_SETTINGS, theme: 'dark' }]])
  assert.equal(theme.themeSource, 'dark')
  nativeTheme.shouldUseDarkColors = true
  nativeTheme.emit('updated')
  assert.deepEqual(colours, ['#1a2120'])
  // Locking does not make the window flash white.
  whole('settings', [])
  assert.equal(theme.themeSource, 'dark')
  assert.deepEqual(memory.now(), { theme: 'dark' })
  stop()
  assert.deepEqual(nativeTheme.eventNames(), [])
})

test('before the profile is open the theme is the one it had, and then the one it has', () => {
  const { views, push, whole } = testViews()
  whole('settings', [])
  const nativeTheme = Object.assign(new EventEmitter(), { themeSource: 'system' as const, shouldUseDarkColors: false })
  const theme: { themeSource: 'system' | 'light' | 'dark' } = nativeTheme
  const memory = testMemory({ theme: 'dark', isMaximized: true })
  const stop = startTheme({ views, nativeTheme, mainWindow: { browserWindow: () => undefined }, memory })
  assert.equal(theme.themeSource, 'dark')
  push('settings', [['', { ...DEFAULT_SETTINGS, theme: 'system' }]])
  assert.equal(theme.themeSource, 'system')
  assert.deepEqual(memory.now(), { theme: 'system', isMaximized: true })
  stop()
})

test('a profile whose theme was never chosen writes nothing down', () => {
  const { views, push } = testViews()
  const nativeTheme = Object.assign(new EventEmitter(), { themeSource: 'system' as const, shouldUseDarkColors: false })
  const memory = testMemory()
  const stop = startTheme({ views, nativeTheme, mainWindow: { browserWindow: () => undefined }, memory })
  push('settings', [['', { ...DEFAULT_SETTINGS, notify: false }]])
  assert.deepEqual(memory.now(), {})
  stop()
})
