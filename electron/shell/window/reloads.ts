/** How often a window that fails is helped up again before somebody is asked. */
const RELOADS_MAX = 3
const WITHIN_MS = 60_000

/** Says whether a page that crashed may be reloaded once more without asking. */
export function createReloads(nowMs: () => number = () => performance.now()): { mayReload(): boolean } {
  let doneAtMs: readonly number[] = []
  return {
    mayReload() {
      const now = nowMs()
      doneAtMs = doneAtMs.filter((at) => now - at < WITHIN_MS)
      if (doneAtMs.length >= RELOADS_MAX) return false
      doneAtMs = [...doneAtMs, now]
      return true
    },
  }
}
