import { BlockList, isIP } from 'node:net'
import { domainToUnicode } from 'node:url'
import { err, ok, type Result } from '../../../shared/result.ts'

/** A link that may be opened once the person has seen where it leads. */
export interface JudgedLink {
  /** As it will be opened: plain ASCII. */
  readonly url: string
  /** The host, with the port if there is one, in the ASCII form the network uses. */
  readonly host: string
  /** How a browser may show the host, where that differs. */
  readonly unicodeHost?: string
  /** Letters of several scripts in one word of the host: how one name is made to look like another. */
  readonly mixesScripts: boolean
  readonly leadsTo: 'internet' | 'local network' | 'this computer'
}

/** `insecure` = http; `other` = not an address of the web at all. */
export type LinkRefusal = 'insecure' | 'other' | 'credentials' | 'unreadable' | 'too-long'

const LINK_MAX_CHARACTERS = 2_048
// Control, format (bidi among them) and space characters have no place in an address and move what is shown.
const UNREADABLE = /[\p{C}\p{Z}]/u

/** Decides about a link before anything is shown or opened. */
export function judgeLink(link: string): Result<JudgedLink, LinkRefusal> {
  if (link.length > LINK_MAX_CHARACTERS) return err('too-long')
  if (UNREADABLE.test(link)) return err('unreadable')
  if (/^http:/i.test(link)) return err('insecure')
  // Exactly two slashes: browsers also read `https:/\host`, and people do not.
  const authority = /^https:\/\/([^/\\?#]+)(?:[/?#]|$)/i.exec(link)?.[1]
  if (authority === undefined) return err('other')
  if (authority.includes('@')) return err('credentials')
  if (!URL.canParse(link)) return err('other')
  const { href, host, hostname, username, password } = new URL(link)
  if (username !== '' || password !== '') return err('credentials')
  if (href.length > LINK_MAX_CHARACTERS) return err('too-long')
  const unicode = isAddress(hostname) ? hostname : domainToUnicode(hostname)
  // A name in the ASCII form that stands for no letters.
  if (unicode === '' || /(?:^|\.)xn--/.test(unicode)) return err('other')
  return ok({
    url: href,
    host,
    ...(unicode === hostname ? {} : { unicodeHost: unicode }),
    mixesScripts: unicode.split('.').some(mixesScripts),
    leadsTo: placeOf(hostname),
  })
}

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Thai',
  'Georgian',
  'Cherokee',
]
const EAST_ASIAN = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo']
const TESTS = SCRIPTS.map((name) => new RegExp(`\\p{Script=${name}}`, 'u'))
const EAST_ASIAN_TEST = new RegExp(`[${EAST_ASIAN.map((name) => `\\p{Script=${name}}`).join('')}]`, 'u')

/** East Asian scripts go together, and with Latin, as people there write; no two others do. */
function mixesScripts(word: string): boolean {
  const found = TESTS.filter((test) => test.test(word)).length
  const besidesLatin = TESTS.slice(1).some((test) => test.test(word))
  return found > 1 || (besidesLatin && EAST_ASIAN_TEST.test(word))
}

const isAddress = (hostname: string): boolean => hostname.startsWith('[') || isIP(hostname) !== 0

const own = new BlockList()
own.addSubnet('127.0.0.0', 8)
own.addAddress('0.0.0.0')
own.addAddress('::1', 'ipv6')
own.addAddress('::', 'ipv6')
const near = new BlockList()
near.addSubnet('10.0.0.0', 8)
near.addSubnet('100.64.0.0', 10)
near.addSubnet('169.254.0.0', 16)
near.addSubnet('172.16.0.0', 12)
near.addSubnet('192.168.0.0', 16)
near.addSubnet('fc00::', 7, 'ipv6')
near.addSubnet('fe80::', 10, 'ipv6')

function placeOf(hostname: string): JudgedLink['leadsTo'] {
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const family = isIP(name)
  if (family === 0) {
    if (name === 'localhost' || name.endsWith('.localhost')) return 'this computer'
    return !name.includes('.') || /\.(?:local|lan|home\.arpa|internal)$/.test(name) ? 'local network' : 'internet'
  }
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  if (own.check(name, kind)) return 'this computer'
  return near.check(name, kind) ? 'local network' : 'internet'
}
