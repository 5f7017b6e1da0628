import { lookup } from 'node:dns/promises'
import type { Multiaddr } from '@multiformats/multiaddr'
import { nameIn, withIp } from '../addresses/multiaddrs.ts'
import { bounded } from '../pace/bounded.ts'

/** The IP addresses behind a name; rejects when there are none. `family` 0 = both kinds. */
export type Lookup = (name: string, family: 0 | 4 | 6) => Promise<readonly string[]>

/** What one address comes down to. */
export interface Target {
  /** What the transport is given. */
  readonly address: Multiaddr
  /** The same place by IP address, at least one: all of them must be allowed before the address is dialled. */
  readonly places: readonly Multiaddr[]
}

const LOOKUP_MS = 4_000
// Whoever has more behind one name can spare some; dialling all of them is not our business.
const IPS_PER_NAME = 4

/** The system's resolver, hosts file included: what a transport would ask too. */
export const systemLookup: Lookup = async (name, family) =>
  (await lookup(name, { all: true, family, order: 'verbatim' })).map(({ address }) => address)

/**
 * Takes the names out of an address, so that what is judged is what is dialled: a name can be made to lead anywhere, our
 * own machine included.
 * Only WebSocket over TLS keeps its name, which its certificate is for. Its transport asks again, so that whoever runs
 * the name can answer differently a moment later; he gains a TLS handshake that fails, towards a place of his choice.
 */
export async function targetsOf(address: Multiaddr, look: Lookup, signal: AbortSignal): Promise<Target[]> {
  const named = nameIn(address)
  if (named === undefined) return [{ address, places: [address] }]
  const bound = bounded(LOOKUP_MS, signal)
  try {
    const ips = await Promise.race([look(named.name, named.family), rejectsWith(bound.signal)])
    const places = [...new Set(ips)].map((ip) => withIp(address, ip))
    if (!named.isNeeded)
      return places.slice(0, IPS_PER_NAME).flatMap((place) => (place ? [{ address: place, places: [place] }] : []))
    const known = places.filter((place) => place !== undefined)
    return known.length > 0 && known.length === places.length ? [{ address, places: known }] : []
  } finally {
    bound.clear()
  }
}

function rejectsWith(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
