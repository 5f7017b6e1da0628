import type { Log } from '../app/log.ts'

const ONCE_IN_MS = 60_000

/** Logs an event at most once a minute, with how often it happened since: whoever causes it must not fill the log. */
export function logSeldom(log: Log, event: string, nowMs: () => number = () => performance.now()) {
  let toldAtMs = Number.NEGATIVE_INFINITY
  let times = 0
  return (): void => {
    times += 1
    const now = nowMs()
    if (now - toldAtMs < ONCE_IN_MS) return
    log(event, { times })
    toldAtMs = now
    times = 0
  }
}
