import { isSameSecret, newSecret } from './secret.ts'

/** Long enough to walk to another window, short enough that a link in a scrollback is worthless. */
export const LINK_LIFE_MS = 10 * 60_000
/** Each used link makes a session; beyond this the oldest browser has to follow a fresh link. */
const SESSIONS_MAX = 16

/** The one-time links of this server, and the sessions they were swapped for. */
export interface Links {
  /** Makes a token; the one before it is worthless from now on. */
  renew(): string
  /** Swaps a token for a session, once and in time; `undefined` for everything else. */
  redeem(token: string): string | undefined
  /** Sessions whose cookie is good. */
  sessions(): Iterable<string>
}

export function createLinks({ nowMs = () => performance.now(), secret = newSecret } = {}): Links {
  let newest: { readonly token: string; readonly madeAtMs: number } | undefined
  const sessions: string[] = []
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
      const session = secret()
      sessions.push(session)
      if (sessions.length > SESSIONS_MAX) sessions.shift()
      return session
    },
    sessions: () => sessions,
  }
}
