/** A pause that somebody else can end. */
export interface Alarm {
  /** Ends the pause; rung while nobody waits, the next pause ends at once. */
  ring(): void
  /** Resolves after so many milliseconds, when rung, or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

export function createAlarm(): Alarm {
  let isRung = false
  let wake = () => {
    isRung = true
  }
  const noted = wake
  return {
    ring: () => wake(),
    async wait(ms, signal) {
      if (!isRung && !signal.aborted)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(() => wake(), ms)
          timer.unref()
          const onAbort = () => wake()
          signal.addEventListener('abort', onAbort, { once: true })
          wake = () => {
            clearTimeout(timer)
            signal.removeEventListener('abort', onAbort)
            wake = noted
            resolve()
          }
        })
      isRung = false
    },
  }
}
