import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MenuItemConstructorOptions } from 'electron'
import { contextMenu } from '../../../electron/shell/system/context-menu.ts'
import { applicationMenu, startMenu } from '../../../electron/shell/system/menu.ts'
import { nativeWords } from '../../../electron/shell/words/words.ts'
import type { Session } from '../../../shared/contract/views.ts'
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts'
import { testApp, testViews, testWindow } from './desk.ts'

const words = nativeWords.en
const open: Session = { state: 'open', opensWith: 'passphrase' }
const doNothing = {
  goTo: () => undefined,
  addPerson: () => undefined,
  lock: () => undefined,
  closeWindow: () => undefined,
  quit: () => undefined,
}

const everyEntry = (entries: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  entries.flatMap((entry) => [entry, ...(Array.isArray(entry.submenu) ? everyEntry(entry.submenu) : [])])

const menu = (state: Partial<Parameters<typeof applicationMenu>[0]> = {}) =>
  everyEntry(applicationMenu({ platform: 'linux', session: open, isPackaged: true, words, ...state }, doNothing))

test('copying and pasting have their entries on every system: without them macOS has no keys for it', () => {
  for (const platform of ['linux', 'windows', 'macos'] as const) {
    const roles = menu({ platform }).map(({ role }) => role)
    for (const role of ['cut', 'copy', 'paste', 'selectAll', 'zoomIn'] as const) assert.ok(roles.includes(role), role)
  }
})

test('a person’s installation offers neither reloading nor developer tools', () => {
  const roles = (isPackaged: boolean) => menu({ isPackaged }).map(({ role }) => role)
  assert.equal(roles(true).includes('reload') || roles(true).includes('toggleDevTools'), false)
  assert.ok(roles(false).includes('reload') && roles(false).includes('toggleDevTools'))
})

test('the pages open by Ctrl+1 to 4 when there is a profile, and lock is offered where a passphrase opens it', () => {
  const enabled = (session: Session | undefined, label: string) =>
    menu({ session }).find((entry) => entry.label === label)?.enabled
  assert.deepEqual(
    [1, 2, 3, 4].map((key) => menu().find(({ accelerator }) => accelerator === `CommandOrControl+${key}`)?.label),
    ['Chats', 'People', 'Network', 'Settings'],
  )
  assert.deepEqual([enabled(open, 'Chats'), enabled(open, 'Lock')], [true, true])
  assert.equal(enabled({ state: 'open', opensWith: 'keyring' }, 'Lock'), false)
  assert.deepEqual(
    [enabled({ state: 'locked', asks: 'passphrase' }, 'Chats'), enabled(undefined, 'Lock')],
    [false, false],
  )
})

test('no two entries that are seen share a key', () => {
  for (const platform of ['linux', 'macos'] as const) {
    const keys = menu({ platform }).flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]))
    assert.deepEqual(keys, [...new Set(keys)])
  }
})

test('an entry of a page arrives in the window, and the menu speaks the chosen language', () => {
  const { views, push } = testViews()
  const app = testApp()
  const window = testWindow()
  const hides: boolean[] = []
  const onMade = (listener: (made: { setAutoHideMenuBar(hide: boolean): void }) => void) => {
    listener({ setAutoHideMenuBar: (hide) => void hides.push(hide) })
    return () => undefined
  }
  const set: (MenuItemConstructorOptions[] | null)[] = []
  const stop = startMenu({
    ...{ views, app, mainWindow: { ...window, onMade }, platform: 'linux', isPackaged: true },
    words: () => nativeWords[views.settings().language === 'de' ? 'de' : 'en'],
    setMenu: (entries) => void set.push(entries),
    ...{ lock: doNothing.lock, closeWindow: doNothing.closeWindow, quit: doNothing.quit },
  })
  assert.deepEqual(hides, [true])
  const network = everyEntry(set[0] ?? []).find(({ label }) => label === 'Network')
  // Our own click takes none of Electron's arguments.
  ;(network?.click as (() => void) | undefined)?.()
  assert.deepEqual(app.arrivals, [{ kind: 'page', page: 'network' }])
  assert.deepEqual(window.done, ['show'])
  push('settings', [['', { ...DEFAULT_SETTINGS, language: 'de', notify: false }]])
  push('settings', [['', { ...DEFAULT_SETTINGS, language: 'de' }]])
  assert.equal(set.length, 2)
  assert.equal(set[1]?.[0]?.label, 'Datei')
  stop()
  assert.equal(set.at(-1), null)
})

test('the right mouse button offers what can be done there, and no address that could run', () => {
  const editFlags = { canCut: true, canCopy: true, canPaste: true, canSelectAll: true }
  const nothing = { linkURL: '', selectionText: '', isEditable: false, editFlags }
  const offered = (pressed: Partial<typeof nothing>) =>
    contextMenu({ ...nothing, ...pressed }, words, () => undefined).map(({ label }) => label)
  assert.deepEqual(offered({}), [])
  assert.deepEqual(offered({ selectionText: 'words' }), ['Copy'])
  assert.deepEqual(offered({ isEditable: true }), ['Cut', 'Copy', 'Paste', 'Select all'])
  assert.deepEqual(offered({ linkURL: 'https://example.org/' }), ['Copy link address'])
  for (const linkURL of ['javascript:alert(1)', 'file:///etc/passwd', 'app://window/#/chats', 'data:text/html,x'])
    assert.deepEqual(offered({ linkURL }), [], linkURL)
})
