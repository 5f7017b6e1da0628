import type { Log } from '../app/log.ts'

/** Stops parts in reverse of their start. One that fails is logged and keeps no other from stopping. */
export function stopAll(stops: readonly (() => void)[], log: Log): void {
  for (const stop of [...stops].reverse()) {
    try {
      stop()
    } catch (error) {
      log('stopping a part of the shell failed by a bug', { error })
    }
  }
}
