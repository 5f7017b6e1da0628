import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { BrowserWindow } from 'electron'
import { createMainWindow } from '../../../electron/shell/window/main-window.ts'

/** As much of a window of the system as the main window uses. */
class SystemWindow extends EventEmitter {
  isShown = false
  isSmall = false
  isAhead = false
  isVisible = () => this.isShown
  isMinimized = () => this.isSmall
  isFocused = () => this.isAhead
  show() {
    this.isShown = true
    this.isAhead = true
    this.emit('show')
  }
  hide() {
    this.isShown = false
    this.isAhead = false
    this.emit('hide')
  }
  focus() {
    this.isAhead = true
  }
  restore() {
    this.isSmall = false
    this.emit('restore')
  }
  close() {
    let isKept = false
    this.emit('close', {
      preventDefault: () => {
        isKept = true
      },
    })
    if (!isKept) this.emit('closed')
  }
}

function scene() {
  const made: SystemWindow[] = []
  let isEnding = false
  const main = createMainWindow({
    make() {
      const window = new SystemWindow()
      made.push(window)
      // It is used only in the ways above.
      return window as unknown as BrowserWindow
    },
    isEnding: () => isEnding,
  })
  const latest = () => made.at(-1) ?? new SystemWindow()
  return {
    main,
    made,
    latest,
    end: () => {
      isEnding = true
    },
  }
}

test('nothing is made before its limits stand, whoever asks for it', () => {
  const { main, made } = scene()
  main.show()
  assert.equal(made.length, 0)
  main.begin()
  assert.equal(made.length, 1)
  const other = scene()
  other.end()
  other.main.begin()
  assert.equal(other.made.length, 0)
})

test('a window is shown when it has something to show, and not before', () => {
  const { main, made, latest } = scene()
  main.begin()
  main.show()
  assert.equal(made.length, 1)
  assert.equal(latest().isShown, false)
  latest().emit('ready-to-show')
  assert.equal(latest().isShown, true)
  assert.equal(main.isLookedAt(), true)
})

test('a window hidden before it was ready stays hidden until it is wanted again', () => {
  const { main, latest } = scene()
  main.begin()
  main.hide()
  latest().emit('ready-to-show')
  assert.equal(latest().isShown, false)
  main.show()
  assert.equal(latest().isShown, true)
})

test('showing brings back a window that is small, hidden or closed', () => {
  const { main, made, latest } = scene()
  let heard = 0
  main.onMade(() => {
    heard += 1
  })
  main.begin()
  latest().emit('ready-to-show')
  latest().isSmall = true
  assert.equal(main.isLookedAt(), false)
  main.show()
  assert.equal(latest().isSmall, false)
  main.hide()
  main.show()
  assert.equal(latest().isShown, true)
  latest().close()
  assert.equal(main.browserWindow(), undefined)
  assert.equal(main.isLookedAt(), false)
  main.show()
  assert.equal(made.length, 2)
  assert.equal(heard, 2)
})

test('closing hides the window where the program keeps running, and never once it ends', () => {
  const { main, latest, end } = scene()
  main.setClosePolicy(() => true)
  main.begin()
  latest().emit('ready-to-show')
  latest().close()
  assert.notEqual(main.browserWindow(), undefined)
  assert.equal(latest().isShown, false)
  main.show()
  end()
  latest().close()
  assert.equal(main.browserWindow(), undefined)
  main.show()
  assert.equal(main.browserWindow(), undefined)
})

test('whoever asked hears when the person may have looked away, until it has heard enough', () => {
  const { main, latest } = scene()
  let heard = 0
  const stop = main.onLook(() => {
    heard += 1
  })
  main.begin()
  latest().emit('ready-to-show')
  const atFirst = heard
  assert.ok(atFirst > 0)
  for (const event of ['blur', 'focus', 'minimize', 'restore', 'hide', 'show']) latest().emit(event)
  assert.equal(heard, atFirst + 6)
  stop()
  latest().emit('blur')
  assert.equal(heard, atFirst + 6)
})
