import type { BrowserWindow, Rectangle } from 'electron'
import { type Clock, systemClock } from '../clock.ts'
import type { ShellMemory } from './shell-memory.ts'

/** Below this the page has no room. */
export const WINDOW_MIN = { width: 480, height: 400 } as const
const WINDOW_FIRST = { width: 1100, height: 760 } as const
/** As much of the window's upper edge must lie on a screen, that a hand can take hold of it. */
const HOLD = { width: 120, height: 32 } as const
/** While a window is dragged it moves many times a second. */
const WRITE_AFTER_MS = 500

/** The part of each screen that windows may cover; the first screen stands for "anywhere". */
export type WorkAreas = readonly [Rectangle, ...Rectangle[]]

/** Where the window opens: where it was, unless no hand could reach it there any more. Never larger than its screen. */
export function placeOn(screens: WorkAreas, known: Rectangle | undefined): Rectangle {
  const home = (known && screens.find((screen) => canBeHeld(known, screen))) ?? screens[0]
  const size = known ?? WINDOW_FIRST
  const width = Math.min(Math.max(size.width, WINDOW_MIN.width), home.width)
  const height = Math.min(Math.max(size.height, WINDOW_MIN.height), home.height)
  if (known !== undefined && canBeHeld(known, home)) return { x: known.x, y: known.y, width, height }
  return {
    x: home.x + Math.round((home.width - width) / 2),
    y: home.y + Math.round((home.height - height) / 2),
    width,
    height,
  }
}

function canBeHeld(window: Rectangle, screen: Rectangle): boolean {
  const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  // The title bar is the upper edge: above the screen it is as lost as beneath it.
  const isUpperEdgeThere = window.y >= screen.y && window.y + HOLD.height <= screen.y + screen.height
  return isUpperEdgeThere && width >= HOLD.width
}

/** What is used of a BrowserWindow. */
type PlacedWindow = Pick<
  BrowserWindow,
  'getNormalBounds' | 'isMaximized' | 'isMinimized' | 'isFullScreen' | 'isDestroyed' | 'maximize'
> & {
  on(event: 'resize', listener: () => void): unknown
  on(event: 'move', listener: () => void): unknown
  on(event: 'maximize', listener: () => void): unknown
  on(event: 'unmaximize', listener: () => void): unknown
  on(event: 'close', listener: () => void): unknown
  once(event: 'show', listener: () => void): unknown
}

export interface WindowPlace {
  /** For a window that is about to be made. */
  bounds(): Rectangle
  /** Remembers where this window goes, after it was put as it was left. */
  follow(window: PlacedWindow): void
  stop(): void
}

/** Remembers where the window stood. */
export function createWindowPlace({
  memory,
  workAreas,
  clock = systemClock,
}: {
  readonly memory: ShellMemory
  readonly workAreas: () => WorkAreas
  readonly clock?: Pick<Clock, 'after'>
}): WindowPlace {
  let cancel: (() => void) | undefined
  let write: (() => void) | undefined
  const writeNow = () => {
    cancel?.()
    cancel = undefined
    write?.()
    write = undefined
  }
  return {
    bounds: () => placeOn(workAreas(), memory.now().bounds),
    follow(window) {
      // Not before it is shown: maximising shows a window, painted or not.
      if (memory.now().isMaximized === true) window.once('show', () => window.maximize())
      const noted = () => {
        // A minimised window or one that fills the screen for a while says nothing about where it belongs.
        if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
        const isMaximized = window.isMaximized()
        const { x, y, width, height } = window.getNormalBounds()
        write = () => memory.change({ bounds: { x, y, width, height }, isMaximized })
        cancel ??= clock.after(WRITE_AFTER_MS, writeNow)
      }
      window.on('resize', noted)
      window.on('move', noted)
      window.on('maximize', noted)
      window.on('unmaximize', noted)
      window.on('close', writeNow)
    },
    stop: writeNow,
  }
}
