/** Says whether one more target may be tried for the sake of a key; one tried a moment ago may always be tried again. */
export type TargetLimit = (key: string, target: string) => boolean

export interface TargetLimitOptions {
  /** Different targets within `perMs`. */
  readonly max: number
  readonly perMs: number
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
}

/** Counts different targets, not tries: an honest list is tried again and again, a scan needs new ones. */
export function createTargetLimit({ max, perMs, now = () => performance.now() }: TargetLimitOptions): TargetLimit {
  const triedOf = new Map<string, Map<string, number>>()

  const forgetOld = (at: number) => {
    for (const [key, tried] of triedOf) {
      for (const [target, triedAt] of tried) if (at - triedAt >= perMs) tried.delete(target)
      if (tried.size === 0) triedOf.delete(key)
    }
  }

  return (key, target) => {
    const at = now()
    forgetOld(at)
    const tried = triedOf.get(key) ?? new Map<string, number>()
    if (!tried.has(target) && tried.size >= max) return false
    triedOf.set(key, tried.set(target, at))
    return true
  }
}
