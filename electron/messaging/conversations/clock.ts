/** Time as a parameter, so that tests can own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back once after a while. Returns what calls that off. */
  after(delayMs: number, callback: () => void): () => void
  /** Lets everything else have its turn. */
  breathe(): Promise<void>
}

/** The machine's own clock. Its timers keep no process alive. */
export const systemClock: Clock = {
  now: Date.now,
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs).unref()
    return () => clearTimeout(timer)
  },
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
}

/** Timers that end together. */
export function createTimers(clock: Clock): { later(delayMs: number, callback: () => void): void; stop(): void } {
  const cancels = new Set<() => void>()
  return {
    later(delayMs, callback) {
      const cancel = clock.after(delayMs, () => {
        cancels.delete(cancel)
        callback()
      })
      cancels.add(cancel)
    },
    stop() {
      for (const cancel of cancels) cancel()
      cancels.clear()
    },
  }
}
