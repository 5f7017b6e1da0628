import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** One of our own interfaces' networks, as `192.168.1.0/24`. */
export type Subnet = string

/** The networks our own interfaces stand in now. */
export function ownSubnets(interfaces = networkInterfaces()): Subnet[] {
  return Object.values(interfaces).flatMap((addresses) =>
    (addresses ?? []).flatMap(({ cidr }) => (cidr === null ? [] : [cidr])),
  )
}

/** Loopback, in both families. */
export function isLoopback(ip: string): boolean {
  return LOOPBACK.check(ip, familyOf(ip))
}

/** Addresses that mean something only on a local network (RFC 1918, 3927, 4193, 4291, 6598, 5737, 2544), loopback included. */
export function isPrivate(ip: string): boolean {
  return PRIVATE.check(ip, familyOf(ip))
}

/** Addresses nobody can be reached at: unspecified, multicast, reserved. */
export function isUnusable(ip: string): boolean {
  return isIP(ip) === 0 || UNUSABLE.check(ip, familyOf(ip))
}

/** Does the address lie in one of these networks? */
export function isWithin(ip: string, subnets: readonly Subnet[]): boolean {
  const family = familyOf(ip)
  return subnets.some((subnet) => listOf([subnet]).check(ip, family))
}

function familyOf(ip: string): 'ipv4' | 'ipv6' {
  return isIP(ip) === 6 ? 'ipv6' : 'ipv4'
}

function listOf(subnets: readonly Subnet[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [ip = '', bits = ''] = subnet.split('/')
    if (isIP(ip) !== 0) list.addSubnet(ip, Number(bits), familyOf(ip))
  }
  return list
}

const LOOPBACK = listOf(['127.0.0.0/8', '::1/128'])
const PRIVATE = listOf([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Documentation and benchmarking (RFC 5737, 2544, 3849): nobody routes them, and libp2p counts them as verified.
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '198.18.0.0/15',
  '2001:db8::/32',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
])
const UNUSABLE = listOf(['0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', '::/128', 'ff00::/8'])
