import type { Multiaddr } from '@multiformats/multiaddr'
import type { NatReport, OwnAddress } from '../../../shared/domain/nat-report.ts'
import { worthDialling } from '../addresses/own-addresses.ts'
import type { OwnAddresses } from '../network.ts'
import { watchLoopDelay } from '../pace/loop-delay.ts'
import type { Nat } from './nat.ts'
import type { PortMapping } from './port-mapping.ts'
import { natReport } from './report.ts'

/** How we can be reached now, put together from what every mechanism saw. */
export interface OwnState {
  addresses(): OwnAddresses
  report(): NatReport
  /** Something of it may have changed; tells only when it did. */
  look(): void
  stop(): void
}

export interface OwnStateOptions {
  /** Our own addresses without a relay, best first. */
  readonly direct: () => readonly OwnAddress[]
  readonly places: { addresses(): readonly Multiaddr[]; reservations(): number }
  readonly mapping: Pick<PortMapping, 'state'>
  readonly nat: Pick<Nat, 'mapping'>
  readonly missing: NatReport['missing']
  readonly onChange: () => void
  /** Our addresses on relays are others now: whoever looks for us has to be told. */
  readonly onPlaces: () => void
}

// Own addresses change for many reasons; not each of them has an event.
const LOOK_EVERY_MS = 2_000

/** Looks from now on. */
export function createOwnState({
  direct,
  places,
  mapping,
  nat,
  missing,
  onChange,
  onPlaces,
}: OwnStateOptions): OwnState {
  const loopDelay = watchLoopDelay()
  let shown = ''
  let shownPlaces = ''

  const addresses = (): OwnAddresses => ({
    relayed: places.addresses().map(String),
    direct: worthDialling(direct()),
  })
  const report = (): NatReport => {
    const loopDelayP99Ms = loopDelay.p99Ms()
    return natReport({
      at: Date.now(),
      direct: direct(),
      relayed: addresses().relayed,
      reservations: places.reservations(),
      portMapping: mapping.state(),
      mapping: nat.mapping(),
      missing,
      ...(loopDelayP99Ms !== undefined && { loopDelayP99Ms }),
    })
  }
  const look = () => {
    // The delay of the loop changes with every look, and the evidence of an address without its text.
    const { at, loopDelayP99Ms, ...lasting } = report()
    const now = JSON.stringify(lasting)
    if (now === shown) return
    shown = now
    const relayed = addresses().relayed.join()
    if (relayed !== shownPlaces) onPlaces()
    shownPlaces = relayed
    onChange()
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()
  return {
    addresses,
    report,
    look,
    stop() {
      clearInterval(timer)
      loopDelay.stop()
    },
  }
}
