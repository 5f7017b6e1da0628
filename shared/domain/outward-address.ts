import { decodeLabel } from './punycode.ts'

/** What an address that leads out of the app really leads to. */
export type Judged =
  | {
      readonly kind: 'leads'
      /** The address as the browser will ask for it: plain ASCII. */
      readonly address: string
      /** The host in letters nobody can imitate (ASCII), with its port where it has one. */
      readonly host: string
      /** The same in the letters it shows, when those are others. */
      readonly hostInItsLetters?: string
      /** Letters of several scripts stand in one part of the host: how one name is made to look like another. */
      readonly isMixed: boolean
      /** Asked for over http: everyone on the way can read and change it. */
      readonly isOpenToAll: boolean
    }
  | { readonly kind: 'refused'; readonly because: AddressRefusal }

/** `user`: what stands before an @ looks like the host and is none. */
export type AddressRefusal = 'too-long' | 'unreadable' | 'not-an-address' | 'scheme' | 'user'

// Runs on both sides, and neither's types are known here: this much of the URL standard both have.
declare const URL: {
  parse(text: string): {
    readonly href: string
    readonly protocol: string
    readonly username: string
    readonly password: string
    readonly host: string
    readonly hostname: string
  } | null
}

const ADDRESS_MAX_CHARACTERS = 2_048
// Control, format (bidi among them), space and invisible characters have no place in an address: they move what is shown
// or are left out of what is asked for.
const UNREADABLE = /[\p{C}\p{Z}\p{DI}]/u

/** Judges an address before it is shown as a link or opened, without asking anybody. */
export function judgeAddress(text: string): Judged {
  if (text.length > ADDRESS_MAX_CHARACTERS) return refused('too-long')
  if (UNREADABLE.test(text)) return refused('unreadable')
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]
  if (scheme === undefined) return refused('not-an-address')
  if (!/^https?$/i.test(scheme)) return refused('scheme')
  if (/^[a-z]+:[/\\]*[^/\\?#]*@/i.test(text)) return refused('user')
  // Exactly two slashes: browsers also read `https:host` and `https:/\host`, and people do not.
  if (!/^[a-z]+:\/\/[^/\\?#]+(?:[/?#]|$)/i.test(text)) return refused('not-an-address')
  const url = URL.parse(text)
  if (url === null) return refused('not-an-address')
  if (url.username !== '' || url.password !== '') return refused('user')
  if (url.href.length > ADDRESS_MAX_CHARACTERS) return refused('too-long')
  const labels = url.hostname.split('.').map(decodeLabel)
  const letters = labels.join('.')
  // A name in the ASCII form that stands for no letters, or for letters that would be asked for in another form.
  if (labels.some((label) => label.startsWith('xn--'))) return refused('not-an-address')
  if (letters !== url.hostname && URL.parse(`https://${letters}/`)?.hostname !== url.hostname)
    return refused('not-an-address')
  return {
    kind: 'leads',
    address: url.href,
    host: url.host,
    ...(letters === url.hostname ? {} : { hostInItsLetters: url.host.replace(url.hostname, letters) }),
    isMixed: labels.some(mixesScripts),
    isOpenToAll: url.protocol === 'http:',
  }
}

const refused = (because: AddressRefusal): Judged => ({ kind: 'refused', because })

const LATIN = /\p{Script=Latin}/u
// The scripts hosts are registered in, as far as letters of one can pass for letters of another.
const OTHER_SCRIPTS = [
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Cherokee}/u,
] as const
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u

/** East Asian scripts go together, and with Latin, as people there write; no two others do. */
function mixesScripts(label: string): boolean {
  const others = OTHER_SCRIPTS.filter((script) => script.test(label)).length
  return others > 1 || (others === 1 && (LATIN.test(label) || EAST_ASIAN.test(label)))
}
