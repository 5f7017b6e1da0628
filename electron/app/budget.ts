/** How often something may be done: `burst` at once, then `perSecond` on average. */
export interface Budget {
  /** Takes one; `false` means: too often. */
  take(): boolean
}

/** A token bucket. It never waits; whoever gets a `false` says so to the caller. */
export function createBudget({
  perSecond,
  burst,
  nowMs = () => performance.now(),
}: {
  readonly perSecond: number
  readonly burst: number
  readonly nowMs?: () => number
}): Budget {
  let left = burst
  let countedAt = nowMs()
  return {
    take() {
      const now = nowMs()
      left = Math.min(burst, left + (Math.max(0, now - countedAt) / 1000) * perSecond)
      countedAt = now
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
