import type { BrowserWindow } from 'electron'

/** The one window of the program, as the other parts of the shell see it. It may be closed while the messenger runs on. */
export interface MainWindow {
  /** Shows and focuses it, restored if minimised, made anew if it was closed. */
  show(): void
  /** The person is looking at it: visible, not minimised, focused. */
  isLookedAt(): boolean
  /** Hears when that may have changed. Returns what ends the listening. */
  onLook(listener: () => void): () => void
  /** Hides it without ending anything (close to tray). */
  hide(): void
  /** Asked before the window closes; true = keep it, hidden. */
  setClosePolicy(keepsRunning: () => boolean): void
  /** The live BrowserWindow, undefined while closed. For window place, badge, flash. */
  browserWindow(): BrowserWindow | undefined
  onMade(listener: (window: BrowserWindow) => void): () => void
}

/** A page that paints nothing for so long has failed; an empty window says more than none. */
const SHOWN_WITHIN_MS = 5_000

/** The window, before its limits stand: a link from outside may ask for it earlier, and waits. */
export interface WaitingWindow extends MainWindow {
  /** Makes the window, now that everything it needs is there. */
  begin(): void
}

/** `make` makes a window that is not shown yet. */
export function createMainWindow({
  make,
  isEnding,
}: {
  readonly make: () => BrowserWindow
  /** The program ends: nothing keeps a window any more. */
  readonly isEnding: () => boolean
}): WaitingWindow {
  const lookListeners = new Set<() => void>()
  const madeListeners = new Set<(window: BrowserWindow) => void>()
  let keepsRunning: () => boolean = () => false
  let hasBegun = false
  let live: BrowserWindow | undefined
  // Before it has painted, show() and hide() only say what is wanted.
  let hasPainted = false
  let isWanted = false

  const tellLook = () => {
    for (const listener of [...lookListeners]) listener()
  }

  const makeLive = () => {
    const window = make()
    live = window
    hasPainted = false
    const paint = () => {
      clearTimeout(late)
      if (hasPainted || window !== live) return
      hasPainted = true
      if (isWanted) window.show()
    }
    const late = setTimeout(paint, SHOWN_WITHIN_MS)
    late.unref()
    window.once('ready-to-show', paint)
    window.on('close', (event) => {
      if (isEnding() || !keepsRunning()) return
      event.preventDefault()
      hide()
    })
    window.on('closed', () => {
      clearTimeout(late)
      if (live === window) live = undefined
      tellLook()
    })
    window.on('show', tellLook)
    window.on('hide', tellLook)
    window.on('focus', tellLook)
    window.on('blur', tellLook)
    window.on('minimize', tellLook)
    window.on('restore', tellLook)
    for (const listener of [...madeListeners]) listener(window)
    tellLook()
  }

  const hide = () => {
    isWanted = false
    if (hasPainted) live?.hide()
  }

  const show = () => {
    if (isEnding() || !hasBegun) return
    isWanted = true
    if (live === undefined) return makeLive()
    if (!hasPainted) return
    if (live.isMinimized()) live.restore()
    live.show()
    live.focus()
  }

  return {
    begin() {
      hasBegun = true
      show()
    },
    show,
    isLookedAt() {
      if (live === undefined) return false
      return live.isVisible() && !live.isMinimized() && live.isFocused()
    },
    onLook(listener) {
      lookListeners.add(listener)
      return () => lookListeners.delete(listener)
    },
    hide,
    setClosePolicy(policy) {
      keepsRunning = policy
    },
    browserWindow: () => live,
    onMade(listener) {
      madeListeners.add(listener)
      return () => madeListeners.delete(listener)
    },
  }
}
