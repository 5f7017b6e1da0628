import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silent } from '../../../electron/app/log.ts'
import { keepsRunning, startTray, type TrayShows, trayShows } from '../../../electron/shell/tray/tray.ts'
import type { TrayPresence } from '../../../electron/shell/tray/tray-presence.ts'
import type { Remembered } from '../../../electron/shell/window/shell-memory.ts'
import { nativeWords } from '../../../electron/shell/words/words.ts'
import type { Session } from '../../../shared/contract/views.ts'
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts'
import { eventually } from '../../support/eventually.ts'
import { aChat, testApp, testClock, testViews, testWindow } from './desk.ts'

const open: Session = { state: 'open', opensWith: 'passphrase' }

test('closing the window leaves the program running only where there is a way back to it', () => {
  const table: readonly (readonly [Parameters<typeof keepsRunning>[0], boolean])[] = [
    [{ platform: 'linux', session: open, closeToTray: true, hasTray: true }, true],
    [{ platform: 'linux', session: open, closeToTray: true, hasTray: false }, false],
    [{ platform: 'windows', session: open, closeToTray: false, hasTray: true }, false],
    [{ platform: 'windows', session: { state: 'opening' }, closeToTray: true, hasTray: true }, true],
    [
      { platform: 'windows', session: { state: 'locked', asks: 'passphrase' }, closeToTray: true, hasTray: true },
      false,
    ],
    [{ platform: 'linux', session: undefined, closeToTray: true, hasTray: true }, false],
    [{ platform: 'macos', session: undefined, closeToTray: false, hasTray: false }, true],
  ]
  for (const [given, keeps] of table) assert.equal(keepsRunning(given), keeps, JSON.stringify(given))
})

test('the tray shows my own line, what is unread, and a lock only where a passphrase opens it', () => {
  const words = nativeWords.en
  const shows = (session: Session | undefined, reach: Parameters<typeof trayShows>[0]['reach'], unread = 0) =>
    trayShows({ session, reach, unread, words })
  assert.deepEqual(shows(open, 'relayed', 2), {
    drawing: 'relayed',
    tooltip: 'Sightline: 2 unread\nNewcomers reach you by relay',
    state: 'Newcomers reach you by relay',
    canLock: true,
  })
  assert.equal(shows(open, 'lan').drawing, 'direct')
  assert.equal(shows(open, undefined).state, words.reach.unknown)
  assert.equal(shows({ state: 'open', opensWith: 'keyring' }, 'direct').canLock, false)
  assert.equal(shows({ state: 'locked', asks: 'new' }, undefined).state, words.notOpen)
  // A locked profile says nothing of a line it may have had.
  assert.deepEqual(shows({ state: 'locked', asks: 'passphrase' }, 'direct'), {
    drawing: 'none',
    tooltip: 'Sightline\nLocked: nothing arrives',
    state: 'Locked: nothing arrives',
    canLock: false,
  })
})

function begin({
  platform = 'linux' as 'linux' | 'windows' | 'macos',
  presence = 'shown' as TrayPresence,
  isBroken = false,
} = {}) {
  const desk = testViews()
  const window = testWindow()
  const app = testApp()
  const clock = testClock()
  const icons: { shown: TrayShows[]; isGone: boolean }[] = []
  const said: string[] = []
  const asked = { times: 0, answer: presence }
  let remembered: Remembered = {}
  const stop = startTray({
    views: desk.views,
    words: () => nativeWords[desk.views.settings().language === 'de' ? 'de' : 'en'],
    mainWindow: window,
    app,
    platform,
    presence: async () => {
      asked.times += 1
      return asked.answer
    },
    makeIcon() {
      if (isBroken) throw new Error('no tray')
      const icon = { shown: [] as TrayShows[], isGone: false }
      icons.push(icon)
      return {
        show: (shows) => void icon.shown.push(shows),
        destroy() {
          icon.isGone = true
        },
      }
    },
    memory: {
      now: () => remembered,
      change(more) {
        remembered = { ...remembered, ...more }
      },
    },
    say: (sentence) => void said.push(sentence),
    log: silent,
    clock,
  })
  return { ...desk, window, app, clock, icons, said, asked, stop }
}

test('on Linux there is a tray only when it shows our icon, and it is asked until it does', async () => {
  const { app, clock, asked, window } = begin({ presence: 'absent' })
  assert.equal(app.shell['hasTray'], false)
  clock.turn(300)
  await eventually(() => asked.times === 1)
  assert.equal(window.staysAfterClose(), false)
  asked.answer = 'shown'
  await eventually(() => {
    clock.turn(1000)
    return app.shell['hasTray'] === true
  })
  assert.equal(window.staysAfterClose(), true)
})

test('a tray that came after the icon gets a new one when the window is looked at again', async () => {
  const { clock, asked, icons, window, app } = begin({ presence: 'none' })
  await eventually(() => {
    clock.turn(10_000)
    return asked.times === 4
  })
  asked.answer = 'absent'
  await eventually(() => {
    clock.turn(10_000)
    window.look(true)
    return icons.length === 2
  })
  assert.equal(icons[0]?.isGone, true)
  asked.answer = 'shown'
  await eventually(() => {
    clock.turn(1000)
    return app.shell['hasTray'] === true
  })
})

test('the first time the window goes to the tray a sentence says so, and never again', async () => {
  const { said, window, app } = begin({ platform: 'windows' })
  assert.equal(app.shell['hasTray'], true)
  assert.equal(window.staysAfterClose(), true)
  assert.equal(window.staysAfterClose(), true)
  assert.deepEqual(said, [nativeWords.en.staysInTray])
})

test('a tray that vanished brings the window back: nobody is left with an invisible program', async () => {
  const { window, asked, clock, app } = begin()
  await eventually(() => {
    clock.turn(300)
    return app.shell['hasTray'] === true
  })
  asked.answer = 'none'
  assert.equal(window.staysAfterClose(), true)
  await eventually(() => window.done.includes('show'))
  assert.equal(app.shell['hasTray'], false)
  assert.equal(window.staysAfterClose(), false)
})

test('closing obeys the setting, and after the end nothing is kept', () => {
  const { window, push, stop, icons } = begin({ platform: 'windows' })
  push('settings', [['', { ...DEFAULT_SETTINGS, closeToTray: false }]])
  assert.equal(window.staysAfterClose(), false)
  push('settings', [['', DEFAULT_SETTINGS]])
  assert.equal(window.staysAfterClose(), true)
  stop()
  assert.equal(window.staysAfterClose(), false)
  assert.equal(icons[0]?.isGone, true)
})

test('where no tray can be made the program says so and closing ends it', () => {
  const { app, window } = begin({ platform: 'windows', isBroken: true })
  assert.equal(app.shell['hasTray'], false)
  assert.equal(window.staysAfterClose(), false)
})

test('the icon is drawn anew for what one can see, and for nothing else', () => {
  const { push, icons } = begin({ platform: 'windows' })
  const shown = icons[0]?.shown ?? []
  const before = shown.length
  push('self', [['', { id: 'me', name: 'Me', reach: { line: { kind: 'direct' } }, reachableThrough: [] }]])
  push('self', [['', { id: 'me', name: 'New name', reach: { line: { kind: 'direct' } }, reachableThrough: [] }]])
  push('conversations', [aChat('a', { unread: 1 })])
  push('conversations', [aChat('a', { unread: 1, draft: 'x' })])
  push('settings', [['', { ...DEFAULT_SETTINGS, language: 'de' }]])
  assert.deepEqual(
    shown.slice(before).map(({ tooltip }) => tooltip.split('\n')[0]),
    ['Sightline', 'Sightline: 1 unread', 'Sightline: 1 ungelesen'],
  )
})
