import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Watches how long the event loop keeps others waiting. */
export interface LoopDelay {
  /** 99th percentile over the last minute, in milliseconds; `undefined` before there is any. */
  p99Ms(): number | undefined
  stop(): void
}

const RESOLUTION_MS = 10
const WINDOW_MS = 30_000

/** Starts watching. Two windows of half a minute take turns, so that a figure is never older than a minute. */
export function watchLoopDelay(): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  let before: number | undefined
  histogram.enable()
  // The histogram measures the timer's whole period; what is over the resolution is delay.
  const current = () =>
    histogram.count === 0 ? undefined : Math.max(0, histogram.percentile(99) / 1e6 - RESOLUTION_MS)
  const turn = setInterval(() => {
    before = current()
    histogram.reset()
  }, WINDOW_MS)
  turn.unref()
  return {
    p99Ms: () => {
      const worst = Math.max(before ?? -1, current() ?? -1)
      return worst < 0 ? undefined : Math.round(worst * 10) / 10
    },
    stop: () => {
      clearInterval(turn)
      histogram.disable()
    },
  }
}
