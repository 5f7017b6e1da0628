import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AGAIN_AFTER_MS, NOTIFICATIONS_MAX, startNotifications } from '../../../electron/shell/news/notifications.ts'
import { nativeWords } from '../../../electron/shell/words/words.ts'
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts'
import { aChat, aPerson, testApp, testClock, testNotifications, testViews, testWindow } from './desk.ts'

function begin({ isLookedAt = false, isSupported = true } = {}) {
  const desk = testViews()
  const window = testWindow(isLookedAt)
  const app = testApp()
  const shown = testNotifications({ isSupported })
  const clock = testClock()
  const stop = startNotifications({
    views: desk.views,
    words: () => nativeWords.en,
    mainWindow: window,
    app,
    Notification: shown.Notification,
    platform: 'linux',
    clock,
  })
  return { ...desk, window, app, shown, clock, stop }
}

const wrote = (unread: number, lastText: string, lastAt = unread) => ({ unread, lastText, lastAt, lastIsMine: false })

test('a new message is told with who wrote and what, and a press opens its conversation', () => {
  const { whole, push, shown, app, window } = begin()
  whole('people', [aPerson('peer-a', { name: 'Bea Lind', givenName: 'Bea' })])
  whole('conversations', [aChat('a')])
  push('conversations', [aChat('a', wrote(1, 'Are you there?'))])
  assert.deepEqual(shown.said(), ['Bea | Are you there?'])
  shown.open[0]?.press()
  assert.deepEqual(app.arrivals, [{ kind: 'conversation', conversation: 'a' }])
  assert.deepEqual(window.done, ['show'])
  assert.deepEqual(shown.said(), [])
})

test('what was unread before the program or the profile opened is no news', () => {
  const { whole, shown } = begin()
  whole('conversations', [aChat('a', wrote(7, 'old'))])
  whole('people', [aPerson('x', { state: 'asks-me' })])
  assert.deepEqual(shown.said(), [])
})

test('nobody is told of what they are looking at, of what they read, or of what they wrote', () => {
  const looking = begin({ isLookedAt: true })
  looking.push('conversations', [aChat('a', wrote(1, 'hello'))])
  assert.deepEqual(looking.shown.said(), [])
  const away = begin()
  away.push('conversations', [aChat('a', { lastText: 'mine', lastIsMine: true, lastAt: 3 })])
  away.whole('conversations', [aChat('a', wrote(4, 'hello'))])
  away.push('conversations', [aChat('a', wrote(2, 'hello'))])
  assert.deepEqual(away.shown.said(), [])
})

test('a burst is one notification that counts, and pops up no more often than every few seconds', () => {
  const { whole, push, shown, clock } = begin()
  whole('people', [aPerson('peer-a', { name: 'Bea' })])
  for (let unread = 1; unread <= 50; unread++) push('conversations', [aChat('a', wrote(unread, `number ${unread}`))])
  assert.deepEqual(shown.said(), ['Bea | number 1'])
  clock.turn(AGAIN_AFTER_MS)
  assert.deepEqual(shown.said(), ['Bea · 50 new messages | number 50'])
})

test('a message that landed above others is told without words that are not its own', () => {
  const { whole, push, shown } = begin()
  whole('people', [aPerson('peer-a', { name: 'Bea' })])
  whole('conversations', [aChat('a', wrote(0, 'newest', 9))])
  push('conversations', [aChat('a', wrote(1, 'newest', 9))])
  assert.deepEqual(shown.said(), ['Bea | New message'])
})

test('at most five notifications stand at once: the oldest makes room', () => {
  const { push, shown } = begin()
  for (let each = 0; each < NOTIFICATIONS_MAX + 3; each++) push('conversations', [aChat(`c${each}`, wrote(1, 'hi'))])
  assert.equal(shown.open.length, NOTIFICATIONS_MAX)
})

test('requests of many strangers are one notification, which leads to the people and goes with the last of them', () => {
  const { push, shown, clock, app } = begin()
  push('people', [aPerson('x', { name: 'Nora', state: 'asks-me' })])
  assert.deepEqual(shown.said(), ['Sightline | Nora asks to be your contact'])
  push('people', [aPerson('y', { state: 'asks-me' }), aPerson('z', { state: 'ignored' })])
  clock.turn(AGAIN_AFTER_MS)
  assert.deepEqual(shown.said(), ['Sightline | 2 new requests'])
  // Seen again for another reason: no news.
  push('people', [aPerson('y', { state: 'asks-me', lastSeen: 5 })])
  clock.turn(AGAIN_AFTER_MS)
  assert.deepEqual(shown.said(), ['Sightline | 2 new requests'])
  shown.open[0]?.press()
  assert.deepEqual(app.arrivals, [{ kind: 'page', page: 'people' }])
  push('people', [aPerson('w', { state: 'asks-me' })])
  clock.turn(AGAIN_AFTER_MS)
  push('people', [aPerson('w', { state: 'blocked' }), aPerson('x'), aPerson('y')])
  assert.deepEqual(shown.said(), [])
})

test('with text off neither a name nor a word is shown, and with notifications off nothing is', () => {
  const { whole, push, shown } = begin()
  whole('people', [aPerson('peer-a', { name: 'Bea' })])
  push('settings', [['', { ...DEFAULT_SETTINGS, notifyText: false }]])
  push('conversations', [aChat('a', wrote(1, 'secret'))])
  push('people', [aPerson('x', { name: 'Nora', state: 'asks-me' })])
  assert.deepEqual(shown.said(), ['Sightline | New message', 'Sightline | New request'])
  push('settings', [['', { ...DEFAULT_SETTINGS, notify: false }]])
  assert.deepEqual(shown.said(), [])
  push('conversations', [aChat('b', wrote(1, 'secret'))])
  assert.deepEqual(shown.said(), [])
})

test('switching the text off takes away what shows it already', () => {
  const { push, shown } = begin()
  push('conversations', [aChat('a', wrote(1, 'secret'))])
  assert.equal(shown.open.length, 1)
  push('settings', [['', { ...DEFAULT_SETTINGS, notifyText: false }]])
  assert.equal(shown.open.length, 0)
})

test('a notification goes when its conversation is read, when the window is looked at, on lock and at the end', () => {
  const tell = () => {
    const begun = begin()
    begun.push('conversations', [aChat('a', wrote(1, 'hi'))])
    // A second one is planned: it must not come after all.
    begun.push('conversations', [aChat('a', wrote(2, 'hi'))])
    assert.equal(begun.shown.open.length, 1)
    return begun
  }
  const endings: readonly ((begun: ReturnType<typeof begin>) => void)[] = [
    ({ push }) => push('conversations', [aChat('a')]),
    ({ window }) => window.look(true),
    ({ whole }) => whole('session', [['', { state: 'locked', asks: 'passphrase' }]]),
    ({ whole }) => whole('conversations', []),
    ({ stop }) => stop(),
  ]
  for (const end of endings) {
    const begun = tell()
    end(begun)
    begun.clock.turn(AGAIN_AFTER_MS)
    assert.equal(begun.shown.open.length, 0, end.toString())
  }
})

test('one that the person closed counts anew; one whose time is up is still there to be taken away', () => {
  const { whole, push, shown, clock } = begin()
  whole('people', [aPerson('peer-a', { name: 'Bea' })])
  push('conversations', [aChat('a', wrote(1, 'one'))])
  shown.open[0]?.close()
  clock.turn(AGAIN_AFTER_MS)
  push('conversations', [aChat('a', wrote(2, 'two'))])
  assert.deepEqual(shown.said(), ['Bea | two'])
  shown.open[0]?.timeOut()
  push('conversations', [aChat('a')])
  assert.deepEqual(shown.said(), [])
})

test('nobody hears of somebody who was blocked or ignored', () => {
  const { whole, push, shown } = begin()
  whole('people', [aPerson('peer-a', { state: 'blocked' }), aPerson('peer-b', { state: 'ignored' })])
  push('conversations', [aChat('a', wrote(1, 'hi')), aChat('b', wrote(1, 'hi'))])
  assert.deepEqual(shown.said(), [])
})

test('the window is told whether the system can notify, and where it cannot nothing is tried', () => {
  assert.equal(begin().app.shell['canNotify'], true)
  const without = begin({ isSupported: false })
  without.push('conversations', [aChat('a', wrote(1, 'hi'))])
  assert.equal(without.app.shell['canNotify'], false)
  assert.deepEqual(without.shown.said(), [])
})
