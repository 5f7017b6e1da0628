import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escapeMarkup, NATIVE_TEXT_MAX_CHARACTERS, oneLine } from '../../../electron/shell/news/native-text.ts'
import { noticeOf } from '../../../electron/shell/news/notice.ts'
import { createSay } from '../../../electron/shell/news/say.ts'
import { nativeWords, wordsOf } from '../../../electron/shell/words/words.ts'
import { testNotifications } from './desk.ts'

test('what others wrote is one clean line where the system shows it', () => {
  const table: readonly (readonly [raw: string, shown: string])[] = [
    ['plain', 'plain'],
    ['two\nlines\r\n\tand a tab', 'two lines and a tab'],
    ['exe.\u202egnp', 'exe.gnp'],
    ['\u2067isolated\u2069\u200e', 'isolated'],
    ['zero\u200bwidth\u2060\ufeff', 'zerowidth'],
    ['nul\0bell\x07', 'nulbell'],
    ['line\u2028separator', 'line separator'],
    ['half \ud83d pair', 'half pair'],
    ['family 👨‍👩‍👧', 'family 👨‍👩‍👧'],
    [`Z${'\u0300'.repeat(60)}algo`, `Z${'\u0300'.repeat(4)}algo`],
    [' \n ', ''],
  ]
  for (const [raw, shown] of table) assert.equal(oneLine(raw), shown)
})

test('a megabyte of words is cut to what a notification can show, between two characters', () => {
  const cut = oneLine('word '.repeat(200_000))
  assert.ok(cut.length <= NATIVE_TEXT_MAX_CHARACTERS)
  assert.ok(cut.endsWith('…'))
  const faces = oneLine('👨‍👩‍👧'.repeat(1000))
  assert.ok(faces.length <= NATIVE_TEXT_MAX_CHARACTERS)
  assert.equal(faces.replaceAll('👨‍👩‍👧', ''), '…')
})

test('markup is shown and not obeyed by the notification server of a Linux desktop', () => {
  assert.equal(escapeMarkup('<a href="x">&amp;</a>'), '&lt;a href="x"&gt;&amp;amp;&lt;/a&gt;')
  const told = { about: 'messages', count: 1, name: 'Bea', text: '<b>1 & 2</b>' } as const
  const words = nativeWords.en
  assert.equal(noticeOf(told, { words, showsText: true, platform: 'linux' }).body, '&lt;b&gt;1 &amp; 2&lt;/b&gt;')
  assert.equal(noticeOf(told, { words, showsText: true, platform: 'windows' }).body, '<b>1 & 2</b>')
})

test('a name that holds nothing to be seen is no name', () => {
  const told = { about: 'messages', count: 1, name: '\u200b\u202e', text: 'hi' } as const
  const notice = noticeOf(told, { words: nativeWords.en, showsText: true, platform: 'linux' })
  assert.deepEqual(notice, { title: 'Sightline', body: 'New message' })
})

test('the chosen language counts, and otherwise the system’s as far as there are words for it', () => {
  assert.equal(wordsOf('de', 'en-US'), nativeWords.de)
  assert.equal(wordsOf('en', 'de-AT'), nativeWords.en)
  assert.equal(wordsOf('system', 'de-AT'), nativeWords.de)
  assert.equal(wordsOf(undefined, 'de'), nativeWords.de)
  assert.equal(wordsOf('system', 'den'), nativeWords.en)
  assert.equal(wordsOf('system', ''), nativeWords.en)
})

test('a sentence of the app itself replaces the one before, and is a dialog where nothing can notify', async () => {
  const shown = testNotifications()
  const dialogs: string[] = []
  let dialogClosed = () => {}
  const showDialog = (said: string) => {
    dialogs.push(said)
    return new Promise<void>((resolve) => {
      dialogClosed = resolve
    })
  }
  const notifying = createSay({ Notification: shown.Notification, showDialog })
  notifying.say('one')
  notifying.say('two')
  assert.deepEqual(shown.said(), ['Sightline | two'])
  notifying.stop()
  assert.deepEqual(shown.said(), [])
  const { Notification } = testNotifications({ isSupported: false })
  const { say } = createSay({ Notification, showDialog })
  say('three')
  // Dialogs are not piled on one another.
  say('four')
  assert.deepEqual(dialogs, ['three'])
  dialogClosed()
  await new Promise(setImmediate)
  say('five')
  assert.deepEqual(dialogs, ['three', 'five'])
})
