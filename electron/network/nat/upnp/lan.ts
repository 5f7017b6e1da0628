import { networkInterfaces } from 'node:os'
import { isLoopback, isPrivate, isUnusable, isWithin, type Subnet } from '../../addresses/subnets.ts'

/** A private IPv4 network that one of our interfaces stands in. */
export interface Lan {
  /** Our own address there. */
  readonly address: string
  readonly subnet: Subnet
}

// Machines with many containers have many bridges.
const LANS_MAX = 8

/** Where a router may stand between us and the internet: with a public address there is none to ask. */
export function ownLans(interfaces = networkInterfaces()): Lan[] {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .flatMap(({ family, internal, address, cidr }) =>
      family === 'IPv4' && !internal && cidr !== null && isPrivate(address) ? [{ address, subnet: cidr }] : [],
    )
    .slice(0, LANS_MAX)
}

/** May we send requests to whoever answered? Only to another machine of the same network, so never to the internet. */
export function mayAsk(responder: string, { address, subnet }: Lan): boolean {
  return (
    responder !== address &&
    !isUnusable(responder) &&
    !isLoopback(responder) &&
    isPrivate(responder) &&
    isWithin(responder, [subnet])
  )
}

/** What a router said its address on the internet is. */
export type Outer =
  | { readonly kind: 'public'; readonly ip: string }
  /** It stands behind another router (RFC 1918), or its provider's (RFC 6598). */
  | { readonly kind: 'private'; readonly ip: string }
  /** The same, and the router does not tell the address: it has a connection, and none it would call its own. */
  | { readonly kind: 'hidden'; readonly ip?: undefined }

/** `undefined` when it is no IPv4 address that a router can have outside. */
export function judgeOuter(text: string): Outer | undefined {
  const isIPv4 = /^\d{1,3}(\.\d{1,3}){3}$/.test(text)
  if (!isIPv4 || isUnusable(text) || isLoopback(text) || text.startsWith('169.254.')) return undefined
  return { kind: isPrivate(text) ? 'private' : 'public', ip: text }
}
