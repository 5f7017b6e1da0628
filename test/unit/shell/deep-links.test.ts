import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { silent } from '../../../electron/app/log.ts'
import {
  collectOpenedLinks,
  DEEP_LINK_MAX_CHARACTERS,
  readDeepLink,
  startDeepLinks,
} from '../../../electron/shell/system/deep-links.ts'
import { nativeWords } from '../../../electron/shell/words/words.ts'
import { testApp, testClock, testWindow } from './desk.ts'

const good = `sightline://add/${'aB3_-'.repeat(100)}`

test('a link is taken by its form alone, and anything else is named', () => {
  const table: readonly (readonly [given: string, read: 'ok' | 'not-a-link' | 'too-long'])[] = [
    [good, 'ok'],
    [`${good}/`, 'ok'],
    ['SIGHTLINE://ADD/abc', 'ok'],
    ['sightline://add/', 'not-a-link'],
    ['sightline://remove/abc', 'not-a-link'],
    ['sightline:add/abc', 'not-a-link'],
    [' sightline://add/abc', 'not-a-link'],
    ['sightline://add/abc\n--profile=x', 'not-a-link'],
    ['sightline://add/abc\n', 'not-a-link'],
    ['sightline://add/abc?x=1', 'not-a-link'],
    ['sightline://add/abc#x', 'not-a-link'],
    ['sightline://add/../abc', 'not-a-link'],
    ['sightline://user@add/abc', 'not-a-link'],
    ['sightline://add/<b>', 'not-a-link'],
    ['sightline://add/ab\u202ec', 'not-a-link'],
    ['https://example.org/sightline://add/abc', 'not-a-link'],
    ['javascript:alert(1)', 'not-a-link'],
    ['', 'not-a-link'],
    [`sightline://add/${'a'.repeat(DEEP_LINK_MAX_CHARACTERS)}`, 'too-long'],
    ['x'.repeat(10_000_000), 'too-long'],
  ]
  for (const [given, expected] of table) {
    const read = readDeepLink(given)
    assert.equal(read.ok ? 'ok' : read.failure, expected, given.slice(0, 60))
  }
})

function begin() {
  const electronApp = new EventEmitter()
  const opened = collectOpenedLinks(electronApp)
  const app = testApp()
  const window = testWindow()
  const clock = testClock()
  const said: string[] = []
  const registered = { times: 0 }
  const start = () =>
    startDeepLinks({
      opened,
      app,
      mainWindow: window,
      words: () => nativeWords.en,
      say: (sentence) => void said.push(sentence),
      log: silent,
      register: () => ++registered.times > 0,
      clock,
    })
  let prevented = 0
  const openUrl = (url: string) => electronApp.emit('open-url', { preventDefault: () => prevented++ }, url)
  return { electronApp, start, app, window, clock, said, registered, openUrl, prevented: () => prevented }
}

test('a link becomes an arrival that the window asks about; nothing else happens', () => {
  const { start, app, window, said, registered } = begin()
  const links = start()
  assert.equal(links.open(good), true)
  assert.deepEqual(app.arrivals, [{ kind: 'link', link: good }])
  assert.deepEqual(window.done, ['show'])
  assert.deepEqual(said, [])
  assert.equal(registered.times, 1)
})

test('a link that macOS hands over before the program is ready waits for it', () => {
  const { start, app, openUrl, prevented, electronApp } = begin()
  openUrl(good)
  for (let each = 0; each < 1000; each++) openUrl(`sightline://add/${each}`)
  const links = start()
  assert.deepEqual(app.arrivals[0], { kind: 'link', link: good })
  assert.equal(app.arrivals.length, 4)
  assert.equal(prevented(), 1001)
  links.stop()
  assert.equal(electronApp.listenerCount('open-url'), 0)
})

test('junk is refused with one sentence, however often it comes, and opens no window', () => {
  const { start, app, window, said, clock } = begin()
  const links = start()
  for (let each = 0; each < 1000; each++) assert.equal(links.open('sightline://nonsense'), false)
  assert.deepEqual(said, [nativeWords.en.notALink])
  clock.turn(10_000)
  links.open('x'.repeat(DEEP_LINK_MAX_CHARACTERS + 1))
  assert.deepEqual(said.slice(1), [nativeWords.en.linkTooLong])
  assert.deepEqual([app.arrivals, window.done], [[], []])
})

test('a page that opens link after link makes the window jump up a few times and no more', () => {
  const { start, window, clock } = begin()
  const links = start()
  for (let each = 0; each < 1000; each++) links.open(`sightline://add/${each}`)
  assert.equal(window.done.length, 4)
  clock.turn(60_000)
  assert.equal(links.open(good), true)
})
