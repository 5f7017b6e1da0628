import type { IncomingHttpHeaders } from 'node:http'
import { TAB_PROTOCOL } from '../../shared/contract/tab-key.ts'
import { isSameSecret } from './secret.ts'

/** Where this server lives: the only `Host` it answers to and the only `Origin` it trusts. */
export interface Place {
  readonly host: string
  readonly origin: string
  /** Cookies do not tell ports apart, so each port has a cookie name of its own. */
  readonly cookie: string
}

export function placeOf(port: number): Place {
  // Browsers leave out the port that http implies.
  const host = port === 80 ? '127.0.0.1' : `127.0.0.1:${port}`
  return { host, origin: `http://${host}`, cookie: `sightline_${port}` }
}

export type Verdict = { readonly pass: true } | { readonly pass: false; readonly status: number; readonly why: string }

const PASS: Verdict = { pass: true }
const HOW_TO_GET_IN = 'Open the link that Sightline printed, or run `npm start` again for a fresh one.'
const refuse = (status: number, why: string): Verdict => ({ pass: false, status, why })

/** A page of another name that resolves to 127.0.0.1 (DNS rebinding) shows itself by its Host. */
export function checkHost(headers: IncomingHttpHeaders, place: Place): Verdict {
  return headers.host === place.host ? PASS : refuse(421, 'This address does not belong to Sightline.')
}

/**
 * What other sites make a browser ask is refused. `isDoor`: the link is its own secret and is reached from the file
 * the browser was opened on, which counts as another site; there a navigation passes.
 */
export function checkSite(headers: IncomingHttpHeaders, { isDoor }: { readonly isDoor: boolean }): Verdict {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return PASS
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return isDoor && isNavigation ? PASS : refuse(403, 'Other sites may not ask Sightline for anything.')
}

/** Did the browser use a link of ours before? */
export function checkSession(headers: IncomingHttpHeaders, place: Place, sessions: Iterable<string>): Verdict {
  return isAmong(sessions, cookieValue(headers.cookie, place.cookie)) ? PASS : refuse(401, HOW_TO_GET_IN)
}

/** Does it offer a key at all, as only our own page does? Whoever has nothing but the cookie gets no further. */
export function checkOffer(headers: IncomingHttpHeaders): Verdict {
  return offeredKey(headers) === '' ? refuse(401, HOW_TO_GET_IN) : PASS
}

/** Did this very tab come in by a link of ours? Other programs on this machine see the cookie, but never the key. */
export function hasKey(headers: IncomingHttpHeaders, keys: Iterable<string>): boolean {
  return isAmong(keys, offeredKey(headers))
}

/** A WebSocket is not held by the same-origin policy: its Origin must be exactly ours. */
export function checkOrigin(headers: IncomingHttpHeaders, place: Place): Verdict {
  return headers.origin === place.origin ? PASS : refuse(403, 'Other sites may not ask Sightline for anything.')
}

/** The first refusal, or a pass. */
export function firstRefusal(...verdicts: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => !verdict.pass) ?? PASS
}

function isAmong(secrets: Iterable<string>, given: string): boolean {
  let isKnown = false
  // No early exit: how long it takes must not tell which secret came close.
  for (const secret of secrets) if (isSameSecret(given, secret)) isKnown = true
  return isKnown
}

function offeredKey(headers: IncomingHttpHeaders): string {
  const [protocol, key = ''] = (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim())
  return protocol === TAB_PROTOCOL ? key : ''
}

function cookieValue(header: string | undefined, name: string): string {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return ''
}
