import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayHave, type PermissionAsked } from '../../../electron/shell/guard/permissions.ts'
import { mayRequest } from '../../../electron/shell/page/page-address.ts'
import { createReloads } from '../../../electron/shell/window/reloads.ts'

const OURS = 'app://sightline/'
const asked = (more: Partial<PermissionAsked>): PermissionAsked => ({
  permission: 'media',
  origin: OURS,
  media: ['video'],
  pressedMsAgo: 100,
  ...more,
})

test('our page is given the camera after a press, notices and the clipboard to write to, and nothing else', () => {
  const cases: readonly (readonly [Partial<PermissionAsked>, boolean])[] = [
    [{}, true],
    [{ pressedMsAgo: 5000 }, true],
    [{ pressedMsAgo: 5001 }, false],
    [{ pressedMsAgo: Number.POSITIVE_INFINITY }, false],
    [{ media: ['audio'] }, false],
    [{ media: ['video', 'audio'] }, false],
    [{ media: ['unknown'] }, false],
    [{ media: [] }, false],
    [{ permission: 'notifications', media: [], pressedMsAgo: Number.POSITIVE_INFINITY }, true],
    [{ permission: 'clipboard-sanitized-write', media: [] }, true],
    [{ permission: 'clipboard-read' }, false],
    [{ permission: 'geolocation' }, false],
    [{ permission: 'display-capture' }, false],
    [{ permission: 'openExternal' }, false],
    [{ permission: 'fullscreen' }, false],
    [{ permission: 'usb' }, false],
    [{ permission: 'hid' }, false],
    [{ permission: 'serial' }, false],
    [{ permission: 'local-network-access' }, false],
    [{ permission: 'something of a later version' }, false],
    [{ origin: 'app://sightline' }, true],
    [{ origin: 'app://sightline.evil/' }, false],
    [{ origin: 'app://other/' }, false],
    [{ origin: 'https://sightline/' }, false],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
    [{ origin: 'https://example.org/', permission: 'notifications' }, false],
  ]
  for (const [more, may] of cases) assert.equal(mayHave(asked(more)), may, JSON.stringify(more))
})

test("the window's session loads our page and what it made, and asks no host for anything", () => {
  for (const url of [
    'app://sightline/',
    'app://sightline/a.js',
    'blob:app://sightline/1',
    'data:,',
    'devtools://devtools/x',
  ])
    assert.equal(mayRequest(url), true, url)
  for (const url of [
    'https://example.org/',
    'http://127.0.0.1/',
    'ws://127.0.0.1/',
    'wss://example.org/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'app://other/',
    'app://sightline.evil/',
    'app://sightline@evil/',
    'blob:https://example.org/1',
    'chrome://gpu',
    'chrome-extension://x/',
    '',
  ])
    assert.equal(mayRequest(url), false, url)
})

test('a page that crashes is reloaded three times in a minute, then somebody is asked', () => {
  let nowMs = 0
  const reloads = createReloads(() => nowMs)
  assert.deepEqual([1, 2, 3, 4].map(reloads.mayReload), [true, true, true, false])
  nowMs = 59_999
  assert.equal(reloads.mayReload(), false)
  nowMs = 60_000
  assert.equal(reloads.mayReload(), true)
})
