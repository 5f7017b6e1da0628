import type { Clock } from '../clock.ts'
import { LOGS_MAX } from '../log/log-book.ts'

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

// As long as the answer and what it asks for may be under way.
const REWIND_EVERY_MS = 1_000

/** When to tell the other side again that its entries do not fit: what was under way before the answer only looks like further gaps. */
export function createRewinds(clock: Clock): { isDue(log: string, seq: number): boolean } {
  const told = new Map<string, { readonly seq: number; readonly at: number }>()
  return {
    isDue(log, seq) {
      const last = told.get(log)
      // The clock may have stepped.
      if (last && last.seq === seq && Math.abs(clock.now() - last.at) < REWIND_EVERY_MS) return false
      // Only a contact that makes up logs has so many.
      if (told.size >= LOGS_MAX) told.clear()
      told.set(log, { seq, at: clock.now() })
      return true
    },
  }
}
