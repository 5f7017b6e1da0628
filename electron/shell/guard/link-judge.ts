import { BlockList, isIP } from 'node:net'
import { type AddressRefusal, judgeAddress } from '../../../shared/domain/outward-address.ts'
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

/** `insecure` = http. */
export type LinkRefusal = AddressRefusal | 'insecure'

/** Decides about a link before anything is shown or opened: as the page does, and no http. */
export function judgeLink(link: string): Result<JudgedLink, LinkRefusal> {
  const judged = judgeAddress(link)
  if (judged.kind === 'refused') return err(judged.because)
  const { address, host, hostInItsLetters, isMixed, isOpenToAll } = judged
  if (isOpenToAll) return err('insecure')
  return ok({
    url: address,
    host,
    ...(hostInItsLetters === undefined ? {} : { unicodeHost: hostInItsLetters }),
    mixesScripts: isMixed,
    leadsTo: placeOf(new URL(address).hostname),
  })
}

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
