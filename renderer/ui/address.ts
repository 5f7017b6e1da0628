import { decodeLabel } from './punycode.ts'

/** What an address in a text really leads to. */
export type Judged =
  | {
      readonly kind: 'leads'
      /** The address as the browser will ask for it. */
      readonly address: string
      /** The host in letters nobody can imitate (ASCII), with its port where it has one. */
      readonly host: string
      /** The same in the letters it shows, when those are others. */
      readonly hostInItsLetters?: string
      /** Letters of several scripts stand in one part of the host. */
      readonly isMixed: boolean
      /** Asked for over http: everyone on the way can read and change it. */
      readonly isOpenToAll: boolean
    }
  /** `user`: what stands before an @ looks like the host and is none. */
  | { readonly kind: 'refused'; readonly because: 'not-an-address' | 'scheme' | 'user' }

/** Judges an address before it is opened, without asking anybody. */
export function judgeAddress(text: string): Judged {
  const url = URL.parse(text.trim())
  if (url === null) return { kind: 'refused', because: 'not-an-address' }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { kind: 'refused', because: 'scheme' }
  if (url.username !== '' || url.password !== '' || /^[a-z]+:[/\\]*[^/\\?#]*@/i.test(text.trim()))
    return { kind: 'refused', because: 'user' }
  const labels = url.hostname.split('.').map(decodeLabel)
  const decoded = labels.join('.')
  return {
    kind: 'leads',
    address: url.href,
    host: url.host,
    ...(decoded === url.hostname ? {} : { hostInItsLetters: url.host.replace(url.hostname, decoded) }),
    isMixed: labels.some(mixesScripts),
    isOpenToAll: url.protocol === 'http:',
  }
}

// The scripts hosts are registered in, as far as letters of one can pass for letters of another.
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Cherokee}/u,
  // Chinese, Japanese and Korean are written in several scripts at once.
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
] as const

const mixesScripts = (label: string): boolean => SCRIPTS.filter((script) => script.test(label)).length > 1
