import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keyNames, keyTip, meaningOf, type Pressed, shortcutsOf } from '../../../renderer/key-map.ts'
import { words } from '../../../renderer/words/words.ts'

const bare: Pressed = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const onLinux = { kind: 'electron', platform: 'linux' } as const
const onMac = { kind: 'electron', platform: 'macos' } as const
const inBrowser = { kind: 'loopback', platform: 'linux' } as const

describe('a pressed key', () => {
  const cases = [
    ['Ctrl+K', { key: 'k', code: 'KeyK', ctrlKey: true }, onLinux, 'palette'],
    ['Ctrl+K with Caps Lock', { key: 'K', code: 'KeyK', ctrlKey: true }, onLinux, 'palette'],
    ['Ctrl+K on a Cyrillic layout', { key: 'л', code: 'KeyK', ctrlKey: true }, onLinux, 'palette'],
    ['Ctrl+K on Dvorak, by its letter', { key: 'k', code: 'KeyV', ctrlKey: true }, onLinux, 'palette'],
    ['the key at the place of K on Dvorak', { key: 't', code: 'KeyK', ctrlKey: true }, onLinux, undefined],
    ['Ctrl+Shift+K', { key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true }, onLinux, undefined],
    ['Ctrl+Alt+K', { key: 'k', code: 'KeyK', ctrlKey: true, altKey: true }, onLinux, undefined],
    ['Cmd+K on Linux', { key: 'k', code: 'KeyK', metaKey: true }, onLinux, undefined],
    ['Cmd+K on a Mac', { key: 'k', code: 'KeyK', metaKey: true }, onMac, 'palette'],
    ['Ctrl+K on a Mac', { key: 'k', code: 'KeyK', ctrlKey: true }, onMac, undefined],
    ['k alone', { key: 'k', code: 'KeyK' }, onLinux, undefined],
    ['Ctrl+2', { key: '2', code: 'Digit2', ctrlKey: true }, onLinux, 'people'],
    ['Ctrl+2 on a French layout', { key: 'é', code: 'Digit2', ctrlKey: true }, onLinux, 'people'],
    ['Ctrl+Shift+2 on a French layout', { key: '2', code: 'Digit2', ctrlKey: true, shiftKey: true }, onLinux, 'people'],
    ['Ctrl+,', { key: ',', code: 'Comma', ctrlKey: true }, onLinux, 'settings'],
    ['Ctrl+/ on a German layout', { key: '/', code: 'Digit7', ctrlKey: true, shiftKey: true }, onLinux, 'sheet'],
    ['?', { key: '?', code: 'Slash', shiftKey: true }, onLinux, 'sheet'],
    ['Alt+Up', { key: 'ArrowUp', code: 'ArrowUp', altKey: true }, onLinux, 'above'],
    ['Up', { key: 'ArrowUp', code: 'ArrowUp' }, onLinux, undefined],
    ['Ctrl+N in a desktop window', { key: 'n', code: 'KeyN', ctrlKey: true }, onLinux, 'add'],
    ['Ctrl+N in a browser, which keeps it', { key: 'n', code: 'KeyN', ctrlKey: true }, inBrowser, undefined],
    ['Escape', { key: 'Escape', code: 'Escape' }, onLinux, 'back'],
    ['Ctrl+7', { key: '7', code: 'Digit7', ctrlKey: true }, onLinux, undefined],
  ] as const
  for (const [said, pressed, shell, meaning] of cases)
    it(`${said} means ${meaning ?? 'nothing'}`, () => assert.equal(meaningOf({ ...bare, ...pressed }, shell), meaning))
})

describe('the sheet of keys', () => {
  it('lists every key that works, and in a browser none that does not', () => {
    assert.deepEqual(
      shortcutsOf(onLinux)
        .map(({ does }) => does)
        .sort(),
      Object.keys(words.shell.shortcuts.does).sort(),
    )
    assert.equal(
      shortcutsOf(inBrowser).some(({ does }) => does === 'add'),
      false,
    )
  })
  it('gives each key one meaning', () => {
    const all = shortcutsOf(onLinux).flatMap(({ by }) => by.map((each) => keyNames(each, 'linux').join(' ')))
    assert.equal(new Set(all).size, all.length)
  })
  it('shows what is printed on the keys of this computer', () => {
    assert.deepEqual(keyNames({ held: 'main', key: 'k' }, 'linux'), ['Ctrl', 'K'])
    assert.deepEqual(keyNames({ held: 'main', key: 'k' }, 'macos'), ['⌘', 'K'])
    assert.deepEqual(keyNames({ held: 'alt', key: 'ArrowUp' }, 'macos'), ['⌥', '↑'])
    assert.equal(keyTip('palette', 'windows'), 'Ctrl+K')
  })
})
