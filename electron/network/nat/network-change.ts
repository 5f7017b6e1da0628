import { isLoopback, ownSubnets, type Subnet } from '../addresses/subnets.ts'

/** Something happened to the machine that libp2p does not notice by itself. */
export type NetworkChange =
  | {
      readonly kind: 'interfaces'
      readonly subnets: readonly Subnet[]
      /** None of the addresses we had is left: every open connection is dead, although nobody will ever say so. */
      readonly isElsewhere: boolean
    }
  /** The program stood still: a laptop that was closed, a process that was stopped. */
  | { readonly kind: 'wake'; readonly sleptMs: number }

export interface NetworkWatchOptions {
  readonly onChange: (change: NetworkChange) => void
  readonly read?: () => readonly Subnet[]
  /** Milliseconds since 1970: unlike the monotonic clock it goes on while the machine sleeps. */
  readonly now?: () => number
}

// Interfaces come and go without an event; asking for them takes a fraction of a millisecond.
const LOOK_EVERY_MS = 500
// A busy event loop is late by a second at most; connections live through a pause of this length.
const SLEPT_MS = 5_000

/** Looks at the interfaces and the clock from now on; returns what ends it. */
export function watchNetwork({ onChange, read = ownSubnets, now = Date.now }: NetworkWatchOptions): () => void {
  let before = read()
  let lookedAt = now()
  const timer = setInterval(() => {
    const sleptMs = now() - lookedAt - LOOK_EVERY_MS
    lookedAt = now()
    if (sleptMs > SLEPT_MS) onChange({ kind: 'wake', sleptMs })
    const subnets = read()
    if (subnets.join() === before.join()) return
    const isElsewhere = isAnotherPlace(before, subnets)
    before = subnets
    onChange({ kind: 'interfaces', subnets, isElsewhere })
  }, LOOK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** Is none of the addresses left by which the outside was reached? */
export function isAnotherPlace(before: readonly Subnet[], now: readonly Subnet[]): boolean {
  // A link-local address belongs to the interface and stays the same everywhere.
  const had = before.filter((subnet) => !isLoopback(subnet.split('/')[0] ?? '') && !/^fe[89ab]/i.test(subnet))
  return had.length > 0 && !had.some((subnet) => now.includes(subnet))
}
