import type { Clock } from '../clock.ts'

const AT_ONCE = 20
const EVERY_MS = 250

/** How often a contact may ask for what makes us read the disk again: some at once, then a few a second. */
export function createPatience(clock: Clock): { costs(): boolean } {
  let left = AT_ONCE
  let at = clock.now()
  return {
    costs() {
      const now = clock.now()
      left = Math.min(AT_ONCE, left + Math.max(0, now - at) / EVERY_MS)
      at = now
      if (left < 1) return false
      left--
      return true
    },
  }
}
