/** One network of the internet, with everything in it that has one owner. */
export interface OuterNetwork {
  /** Of the machine or router that stands there. */
  readonly address: string
  readonly gateway: string
  /** What the internet sends there. */
  readonly network: string
}

/**
 * Networks of homes: 80.1.0.0/24, 80.2.0.0/24 … Documentation ranges (RFC 5737) and 100.64/10 will not do: libp2p takes
 * them for private and dials none of them. /24, so that no two machines take each other for neighbours on one wire.
 */
export function homeNetwork(number: number): OuterNetwork {
  return network(`${80 + Math.floor(number / 256)}.${number % 256}`)
}

/** Networks of relays, each with another first octet: AutoNAT v2 counts witnesses by that. */
export function siteNetwork(number: number): OuterNetwork {
  const octets = [45, 62, 89, 93, 104, 129, 147, 185, 193, 212]
  return network(`${octets[number % octets.length]}.${33 + Math.floor(number / octets.length)}`)
}

function network(start: string): OuterNetwork {
  return { address: `${start}.0.2`, gateway: `${start}.0.1`, network: `${start}.0.0/24` }
}

/** IPv6 of a home: `outer` for its router, `inner(2)` for the first machine behind it, `network` for all of it. */
export function homeNetwork6(number: number): {
  readonly outer: string
  readonly network: string
  inner(host: number): string
} {
  const start = `2a80:${number.toString(16)}`
  return { outer: `${start}::2`, network: `${start}::/32`, inner: (host) => `${start}:0:1::${host.toString(16)}` }
}

export function siteNetwork6(number: number): { readonly address: string; readonly network: string } {
  const start = `2a45:${(number + 1).toString(16)}`
  return { address: `${start}::2`, network: `${start}::/32` }
}

/** First three octets of a home's inner network. Half of all homes share one, and with it the addresses of their machines. */
export function innerNetwork(number: number): string {
  const common = ['192.168.1', '192.168.0', '192.168.1', '10.0.0']
  return common[number % common.length] ?? '192.168.1'
}

/** Between a carrier's router and its customer's, RFC 6598. */
export const CARRIER_NETWORK = '100.64.1'
