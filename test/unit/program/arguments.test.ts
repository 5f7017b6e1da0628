import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personArguments, weakeningRefusal } from '../../../electron/program/arguments.ts'
import { linksAmong } from '../../../electron/program/links.ts'
import { readOptions } from '../../../electron/program/options.ts'

const link = 'sightline://add/AbC-_9'

test('what the person said is told apart from what Electron and Chromium were told', () => {
  const cases: readonly (readonly [argv: readonly string[], isPackaged: boolean, said: readonly string[]])[] = [
    [['/opt/sightline'], true, []],
    [['/opt/sightline', '--profile', 'Ada'], true, ['--profile', 'Ada']],
    [['/opt/sightline', link], true, [link]],
    [['electron', '.'], false, []],
    [['electron', '.', '--profile', 'Ada'], false, ['--profile', 'Ada']],
    [['electron', '--inspect=0', '--remote-debugging-port=0', '/app', '--profile=Ada'], false, ['--profile=Ada']],
    [['electron', '-r', '/loader.js', '--inspect=0', '/app', link], false, [link]],
    [['/opt/sightline', '--no-sandbox', '--enable-features=A,B', '--profile', 'Ada'], true, ['--profile', 'Ada']],
    [['/opt/sightline', '--ozone-platform=wayland', '--lang=de', '-psn_0_12345', link], true, [link]],
    // A foreign switch is one word: it takes nothing with it.
    [['/opt/sightline', '--proxy-server', '--profile', 'Ada'], true, ['--profile', 'Ada']],
    // Behind `--` nothing is a switch, of nobody.
    [['/opt/sightline', '--', '--no-sandbox'], true, ['--', '--no-sandbox']],
    // Ours that begin like one of theirs.
    [['/opt/sightline', '--port', '4000', '--profiles-dir', '/p'], true, ['--port', '4000', '--profiles-dir', '/p']],
  ]
  for (const [argv, isPackaged, said] of cases)
    assert.deepEqual(personArguments(argv, isPackaged), said, argv.join(' '))
})

test('a hostile command line ends in one sentence, and never in an option from inside a link', () => {
  const hostile: readonly (readonly string[])[] = [
    [`${link} --profile evil`],
    [link, '--profile', 'evil'],
    [link, '--profile=evil'],
    ['SIGHTLINE://x', '--relay', '/ip4/203.0.113.7/tcp/1'],
    ['--', link, '--profile', 'evil'],
    ['--', '--profile', 'evil'],
    [`${link}"`, '--profile', 'evil'],
    [`${link}\n--profile`],
    [`sightline://${'a'.repeat(1024 * 1024)}`],
    ['x'.repeat(1024 * 1024)],
    ['--profile', 'x'.repeat(1024 * 1024)],
    [`--${'x'.repeat(5000)}`],
    Array.from({ length: 1000 }, (_, place) => `${link}${place}`),
    ['https://example.org/'],
    ['sightline:add/x'],
    ['file:///etc/passwd'],
    ['\u001b[2Jgone'],
  ]
  for (const args of hostile) {
    const read = readOptions(personArguments(['/opt/sightline', ...args], true), {}, 'linux')
    const shown = args.join(' ').slice(0, 60)
    assert.equal(read.ok, false, shown)
    if (read.ok) continue
    assert.match(read.failure, /^.{20,600}$/u, shown)
    assert.doesNotMatch(read.failure, /\p{Cc}/u, shown)
  }
})

test('a million arguments are refused as fast as a few', () => {
  const startedAt = performance.now()
  const read = readOptions(personArguments(['/a', ...new Array(1_000_000).fill('--no-sandboxes')], true), {}, 'linux')
  assert.equal(read.ok, false)
  assert.ok(performance.now() - startedAt < 5_000)
})

test('links behind the options are kept, each once, a few at most', () => {
  const read = readOptions(['--profile', 'Ada', link, link, `${link}2`], {}, 'linux')
  assert.deepEqual(read.ok && read.value !== 'help' && read.value.links, [link, `${link}2`])
  assert.equal(linksAmong(Array.from({ length: 1000 }, (_, place) => `${link}${place}`)).length, 8)
})

test('what another process hands over is taken for links only where it is some', () => {
  for (const given of [
    undefined,
    null,
    link,
    {},
    { length: 3 },
    [1, null, {}, [link]],
    ['--profile', 'x', `${link} x`],
  ])
    assert.deepEqual(linksAmong(given), [], JSON.stringify(given))
  assert.deepEqual(linksAmong(['--profile', link]), [link])
})

test('a packaged app does not start without what protects its window', () => {
  const started = (...names: string[]) => weakeningRefusal((name) => names.includes(name))
  assert.equal(started(), undefined)
  assert.equal(started('ozone-platform', 'lang', 'enable-features'), undefined)
  assert.match(started('no-sandbox') ?? '', /sandbox/)
  for (const name of ['remote-debugging-port', 'disable-web-security', 'renderer-cmd-prefix'])
    assert.match(started('lang', name) ?? '', new RegExp(`--${name}`))
})
