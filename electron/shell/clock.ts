/** Time as the parts of the shell know it, so that tests turn it by hand. */
export interface Clock {
  /** Milliseconds that only grow. */
  now(): number
  /** Acts later, once. Returns what calls it off. */
  after(ms: number, act: () => void): () => void
}

/** The machine's clock. It never keeps the program alive. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
