import type { WebContents } from 'electron'

/** When somebody last pressed a key, a button or the screen in each window. */
export interface Presses {
  watch(contents: WebContents): void
  msAgo(contents: WebContents | null): number
}

const PRESSES: ReadonlySet<string> = new Set(['mouseDown', 'rawKeyDown', 'keyDown', 'touchStart', 'gestureTap'])

export function createPresses(nowMs: () => number = () => performance.now()): Presses {
  const pressedAtMs = new WeakMap<WebContents, number>()
  return {
    watch(contents) {
      contents.on('input-event', (_event, { type }) => {
        if (PRESSES.has(type)) pressedAtMs.set(contents, nowMs())
      })
    },
    msAgo(contents) {
      const at = contents === null ? undefined : pressedAtMs.get(contents)
      return at === undefined ? Number.POSITIVE_INFINITY : nowMs() - at
    },
  }
}
