import { isSameSecret, newSecret } from './secret.ts'

/** Long enough to walk to another window, short enough that a link in a scrollback is worthless. */
export const LINK_LIFE_MS = 10 * 60_000
/** Each used link lets one tab in; beyond this the oldest one has to follow a fresh link. */
const ADMISSIONS_MAX = 16

/** What a link is swapped for: two secrets that have nothing in common. */
export interface Admission {
  /** The value of the browser's cookie. */
  readonly session: string
  /** For one tab; never in a cookie, nor in anything that a cookie alone can fetch. */
  readonly key: string
}

/** The one-time links of this server, and what they were swapped for. */
export interface Links {
  /** Makes a token; the one before it is worthless from now on. */
  renew(): string
  /** Swaps a token, once and in time; `undefined` for everything else. */
  redeem(token: string): Admission | undefined
  /** Sessions whose cookie is good. */
  sessions(): Iterable<string>
  /** Keys that are good, whatever the cookie: a second link gives the browser of the first tab another cookie. */
  keys(): Iterable<string>
}

export function createLinks({ nowMs = () => performance.now(), secret = newSecret } = {}): Links {
  let newest: { readonly token: string; readonly madeAtMs: number } | undefined
  const admissions: Admission[] = []
  return {
    renew() {
      newest = { token: secret(), madeAtMs: nowMs() }
      return newest.token
    },
    redeem(token) {
      if (newest === undefined || !isSameSecret(token, newest.token)) return undefined
      const isInTime = nowMs() - newest.madeAtMs <= LINK_LIFE_MS
      newest = undefined
      if (!isInTime) return undefined
      const admission = { session: secret(), key: secret() }
      admissions.push(admission)
      if (admissions.length > ADMISSIONS_MAX) admissions.shift()
      return admission
    },
    sessions: () => admissions.map(({ session }) => session),
    keys: () => admissions.map(({ key }) => key),
  }
}
