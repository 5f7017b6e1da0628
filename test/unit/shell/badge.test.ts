import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startBadge } from '../../../electron/shell/news/badge.ts'
import { unreadMark } from '../../../electron/shell/news/unread-mark.ts'
import { nativeWords } from '../../../electron/shell/words/words.ts'
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts'
import { aChat, aPerson, testViews, testWindow } from './desk.ts'

function begin(platform: 'linux' | 'windows' | 'macos') {
  const desk = testViews()
  const window = testWindow()
  const done: unknown[] = []
  const stop = startBadge({
    views: desk.views,
    words: () => nativeWords.en,
    platform,
    mainWindow: {
      ...window,
      onMade: () => () => undefined,
      browserWindow: () => ({ isDestroyed: () => false, flashFrame: (is: boolean) => void done.push(`flash ${is}`) }),
    },
    setBadgeCount: (count) => void done.push(count),
    setOverlay: (image, description) => void done.push([image, description]),
    overlay: 'mark',
  })
  return { ...desk, window, done, stop }
}

test('the icon carries the sum of what is unread, and nothing once all is read or the profile locks', () => {
  const { whole, push, done } = begin('macos')
  whole('conversations', [aChat('a', { unread: 2 }), aChat('b', { unread: 1 })])
  push('conversations', [aChat('a')])
  push('conversations', [aChat('b', { unread: 1, draft: 'no change' })])
  whole('conversations', [])
  assert.deepEqual(done, [3, 1, 0])
})

test('Windows shows a mark over the icon, with its meaning in words, and takes it off', () => {
  const { whole, stop, done } = begin('windows')
  whole('conversations', [aChat('a', { unread: 2 })])
  stop()
  assert.deepEqual(done, [2, ['mark', 'Sightline: 2 unread'], 0, [null, '']])
})

test('the window asks for attention once, until it is looked at, and never while it is', () => {
  const { push, window, done } = begin('linux')
  push('conversations', [aChat('a', { unread: 1 })])
  push('conversations', [aChat('a', { unread: 2 })])
  push('people', [aPerson('x', { state: 'asks-me' })])
  assert.deepEqual(done, [1, 'flash true', 2])
  window.look(true)
  push('conversations', [aChat('a', { unread: 3 })])
  assert.deepEqual(done.slice(3), ['flash false', 3])
})

test('nothing flashes for what was there before, with notifications off, or in the dock of macOS', () => {
  const before = begin('linux')
  before.whole('conversations', [aChat('a', { unread: 5 })])
  const off = begin('linux')
  off.push('settings', [['', { ...DEFAULT_SETTINGS, notify: false }]])
  off.push('conversations', [aChat('a', { unread: 1 })])
  const dock = begin('macos')
  dock.push('conversations', [aChat('a', { unread: 1 })])
  assert.deepEqual([before.done, off.done, dock.done], [[5], [1], [1]])
})

test('the mark is a disc on nothing', () => {
  const side = 16
  const pixels = unreadMark(side)
  const opacity = (x: number, y: number) => pixels[(y * side + x) * 4 + 3]
  assert.equal(pixels.length, side * side * 4)
  assert.equal(opacity(0, 0), 0)
  assert.equal(opacity(8, 8), 255)
})
