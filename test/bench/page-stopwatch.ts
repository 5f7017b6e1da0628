import type { CDPSession, Page } from '@playwright/test'

// What is measured inside the page: from the event a person makes to the frame that shows its effect.

declare global {
  interface Window {
    /** Starts to wait for the next event of this kind, and from it until `selector` is there and painted. */
    startStopwatch?: (event: string, selector: string) => void
    /** The milliseconds between the two. */
    stopwatch?: Promise<number>
    frameTimes?: number[]
  }
}

/** To be run in every page before its own scripts. */
export function installStopwatch(): void {
  /** The next task: whatever frame is being made now has been handed over by then. */
  const nextTask = (then: () => void) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = then
    port2.postMessage(null)
  }
  let isRunning = false
  let isInFrame = false
  const everyFrame = () => {
    if (!isRunning) return
    isInFrame = true
    nextTask(() => {
      isInFrame = false
    })
    requestAnimationFrame(everyFrame)
  }
  // What a frame itself puts in (an observer of sizes does) is drawn by that very frame, anything else by the next.
  const painted = () =>
    new Promise<number>((resolve) => {
      const hasBeenDrawn = () => nextTask(() => resolve(performance.now()))
      if (isInFrame) hasBeenDrawn()
      else requestAnimationFrame(hasBeenDrawn)
    })
  window.startStopwatch = (event, selector) => {
    isRunning = true
    requestAnimationFrame(everyFrame)
    window.stopwatch = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`${event} did not lead to ${selector} within 10 s`)), 10_000)
      const onEvent = ({ timeStamp }: Event) => {
        const look = () => {
          if (document.querySelector(selector) === null) return
          observer.disconnect()
          void painted().then((at) => {
            isRunning = false
            resolve(at - timeStamp)
          })
        }
        const observer = new MutationObserver(look)
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
        // What is there already may be what the event replaces: looked at once the event has been handled.
        setTimeout(look)
      }
      window.addEventListener(event, onEvent, { capture: true, once: true })
    })
  }
}

/** Does something that raises this event, and answers how long it took until `selector` was painted. */
export async function timeOf(
  page: Page,
  event: string,
  selector: string,
  act: () => Promise<unknown>,
): Promise<number> {
  await page.evaluate(([name = '', at = '']) => window.startStopwatch?.(name, at), [event, selector])
  await act()
  return page.evaluate(async () => (await window.stopwatch) ?? Number.NaN)
}

/** Milliseconds between frames while the wheel is turned over the middle of the page for `seconds`. */
export async function scrollFrames(
  page: Page,
  cdp: CDPSession,
  { seconds, deltaY }: { readonly seconds: number; readonly deltaY: (tick: number) => number },
): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = []
    window.frameTimes = frames
    const note = (at: number) => {
      frames.push(at)
      if (window.frameTimes === frames) requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
  const place = { x: 800, y: 400 }
  const until = performance.now() + seconds * 1000
  for (let tick = 0; performance.now() < until; tick++) {
    const turned = cdp.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      ...place,
      deltaX: 0,
      deltaY: deltaY(tick),
    })
    await Promise.all([turned, new Promise((resolve) => setTimeout(resolve, 16))])
  }
  const frames = await page.evaluate(() => {
    const noted = window.frameTimes ?? []
    delete window.frameTimes
    return noted
  })
  return frames.slice(1).map((at, index) => at - (frames[index] ?? at))
}

/** From a key going down to the frame that shows its letter. */
export async function typingTimes(page: Page, selector: string, letters: string): Promise<number[]> {
  await page.locator(selector).focus()
  const times: number[] = []
  for (const letter of letters) {
    times.push(await timeOf(page, 'keydown', selector, () => page.keyboard.press(letter)))
  }
  return times
}
