import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { silent } from '../../../electron/app/log.ts'
import { openShellMemory } from '../../../electron/shell/window/shell-memory.ts'
import { createWindowPlace, placeOn, type WorkAreas } from '../../../electron/shell/window/window-place.ts'
import { testClock } from './desk.ts'

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })
const laptop = box(0, 25, 1440, 875)
const beside = box(-1920, 0, 1920, 1080)

test('the window opens where it was, unless no hand could reach it there', () => {
  const table: readonly (readonly [string, WorkAreas, Parameters<typeof placeOn>[1], ReturnType<typeof placeOn>])[] = [
    ['never opened: in the middle', [laptop], undefined, box(170, 83, 1100, 760)],
    ['where it was', [laptop], box(100, 100, 900, 700), box(100, 100, 900, 700)],
    ['on the second screen', [laptop, beside], box(-1800, 40, 900, 700), box(-1800, 40, 900, 700)],
    ['the second screen is gone', [laptop], box(-1800, 40, 900, 700), box(270, 113, 900, 700)],
    ['title bar above the screen', [laptop], box(100, -300, 900, 700), box(270, 113, 900, 700)],
    ['title bar beneath the screen', [laptop], box(100, 890, 900, 700), box(270, 113, 900, 700)],
    ['half beside the screen, can be held', [laptop], box(1300, 100, 900, 700), box(1300, 100, 900, 700)],
    ['a sliver left on the screen', [laptop], box(1400, 100, 900, 700), box(270, 113, 900, 700)],
    ['larger than any screen', [laptop], box(0, 25, 5000, 4000), box(0, 25, 1440, 875)],
    ['smaller than the page needs', [laptop], box(10, 30, 200, 20), box(10, 30, 480, 400)],
    ['a screen smaller than that', [box(0, 0, 400, 300)], undefined, box(0, 0, 400, 300)],
    ['far away', [laptop], box(99_999, 99_999, 900, 700), box(270, 113, 900, 700)],
  ]
  for (const [name, screens, known, place] of table) assert.deepEqual(placeOn(screens, known), place, name)
})

test('the place is written once after a drag, for its owner only, and read back', (t) => {
  const directory = folder(t)
  const clock = testClock()
  const memory = openShellMemory({ directory, log: silent })
  let written = 0
  const counting = {
    now: memory.now,
    change(more: object) {
      written += 1
      memory.change(more)
    },
  }
  const place = createWindowPlace({ memory: counting, workAreas: () => [laptop], clock })
  const window = fakeWindow()
  place.follow(window)
  for (let x = 0; x < 100; x++) {
    window.bounds = box(x, 50, 900, 700)
    window.tell('move')
  }
  assert.equal(written, 0)
  clock.turn(500)
  assert.equal(written, 1)
  window.isMax = true
  window.tell('maximize')
  window.tell('close')
  const file = join(directory, 'window.json')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const again = openShellMemory({ directory, log: silent })
  assert.deepEqual(again.now(), { bounds: box(99, 50, 900, 700), isMaximized: true })
  const next = createWindowPlace({ memory: again, workAreas: () => [laptop], clock })
  assert.deepEqual(next.bounds(), box(99, 50, 900, 700))
  const reopened = fakeWindow()
  next.follow(reopened)
  assert.equal(reopened.isMax, false)
  reopened.tell('show')
  assert.equal(reopened.isMax, true)
})

test('junk in the file counts as nothing, and other parts of it survive a move', (t) => {
  const directory = folder(t)
  const file = join(directory, 'window.json')
  const junk = [
    '',
    '{',
    'null',
    '[]',
    '7',
    '{"bounds":{"x":"1","y":0,"width":1,"height":1}}',
    '{"bounds":{"x":0,"y":0,"width":-5,"height":1}}',
    '{"bounds":{"x":1e300,"y":0,"width":5,"height":5}}',
    '{"isMaximized":"yes"}',
    '{"theme":"blinding"}',
    `{"toldOfTray":true,"x":"${'x'.repeat(10_000)}"}`,
  ]
  for (const text of junk) {
    writeFileSync(file, text)
    assert.deepEqual(openShellMemory({ directory, log: silent }).now(), {}, text.slice(0, 80))
  }
  writeFileSync(file, '{"toldOfTray":true}')
  const memory = openShellMemory({ directory, log: silent })
  memory.change({ isMaximized: true })
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { toldOfTray: true, isMaximized: true })
})

test('a file that cannot be written costs nothing but the place', () => {
  const events: string[] = []
  const memory = openShellMemory({ directory: '/nowhere/at/all', log: (event) => void events.push(event) })
  memory.change({ isMaximized: true })
  assert.deepEqual(memory.now(), { isMaximized: true })
  assert.deepEqual(events, ['window place could not be written'])
})

function folder(t: { after(act: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'sightline-place-'))
  t.after(() => rmSync(directory, { recursive: true }))
  return directory
}

function fakeWindow() {
  const listeners = new Map<string, () => void>()
  const listen = (event: string, listener: () => void) => void listeners.set(event, listener)
  return {
    bounds: box(0, 0, 900, 700),
    isMax: false,
    tell: (event: string) => listeners.get(event)?.(),
    on: listen,
    once: listen,
    getNormalBounds() {
      return this.bounds
    },
    isMaximized() {
      return this.isMax
    },
    maximize() {
      this.isMax = true
    },
    isMinimized: () => false,
    isFullScreen: () => false,
    isDestroyed: () => false,
  }
}
