import type { Code } from '../../words/english/scan.ts'

// A link has at most 700 characters; the messenger reads 4,096.
const LINK_MAX_CHARACTERS = 4096
const SAFETY_PREFIX = 'sightline-safety:'
const SAFETY_VERSION = '1'
const DIGITS = 60

/** The text of the code that shows a safety number: `sightline-safety:1:<60 digits>`. */
export const safetyText = (digits: string): string => `${SAFETY_PREFIX}${SAFETY_VERSION}:${digits.replace(/\D/gu, '')}`

// What a code begins with, and what that makes of it.
const beginnings: readonly (readonly [RegExp, Exclude<Code['kind'], 'link' | 'safety' | 'web'>])[] = [
  [/^wifi:/iu, 'wifi'],
  [/^(begin:vcard|mecard:|bizcard:)/iu, 'card'],
  [/^(mailto|matmsg|smtp):/iu, 'mail'],
  [/^(tel|sms|smsto|mms|mmsto):/iu, 'phone'],
  [/^geo:/iu, 'place'],
  [/^[a-z][a-z\d+.-]*:\S/iu, 'program'],
]

/** Tells a Sightline link, a bare key or address, and a safety number from everything else people put into such codes. */
export function readCode(said: string): Code {
  const text = said.trim()
  if (
    /^(sightline:|\/(ip4|ip6|dns|dns4|dns6|dnsaddr|p2p)\/|12D3KooW)/iu.test(text) &&
    text.length <= LINK_MAX_CHARACTERS
  )
    return { kind: 'link', link: text }
  if (text.startsWith(SAFETY_PREFIX)) return readSafety(text.slice(SAFETY_PREFIX.length))
  const host = webHost(text)
  if (host !== undefined) return { kind: 'web', host }
  return { kind: beginnings.find(([beginning]) => beginning.test(text))?.[1] ?? 'text' }
}

function readSafety(rest: string): Code {
  const [version = '', digits = ''] = rest.split(':')
  if (version === SAFETY_VERSION && digits.length === DIGITS && /^\d+$/u.test(digits)) return { kind: 'safety', digits }
  return { kind: /^\d+$/u.test(version) && Number(version) > Number(SAFETY_VERSION) ? 'safety-newer' : 'text' }
}

/** The real host of a web address, spelled so that look-alike letters show; `undefined` for anything else. */
function webHost(text: string): string | undefined {
  if (!/^https?:/iu.test(text) || !URL.canParse(text)) return undefined
  return new URL(text).host
}
