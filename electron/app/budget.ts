/** How often something may be done: `burst` at once, then `perSecond` on average. */
export interface Budget {
  /** Takes one, or what it costs; `false` means: too often. */
  take(cost?: number): boolean
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
    take(cost = 1) {
      const now = nowMs()
      left = Math.min(burst, left + (Math.max(0, now - countedAt) / 1000) * perSecond)
      countedAt = now
      if (left < cost) return false
      left -= cost
      return true
    },
  }
}
