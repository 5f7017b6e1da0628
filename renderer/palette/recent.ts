// Kept in this window only, and only while the profile is open: on disk it would tell whom one talks to.
const MOST = 6
let used: readonly string[] = []

/** What was chosen in the palette, by id, the last first. */
export const recentlyUsed = (): readonly string[] => used

/** Notes that something was chosen. */
export function noteUse(id: string): void {
  used = [id, ...used.filter((other) => other !== id)].slice(0, MOST)
}

/** Forgets it all, as when the profile is locked. */
export function forgetUses(): void {
  used = []
}
