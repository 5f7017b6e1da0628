import { start, stop } from '@libp2p/interface'
import { uPnPNAT } from '@libp2p/upnp-nat'
import type { PortMappingState } from '../../../shared/domain/nat-report.ts'
import type { Components } from '../parts/transports.ts'
import { createSwitch, type Switch } from '../switch.ts'

/** Asks the router to open ports (UPnP IGD), while switched on. */
export interface PortMapping extends Switch {
  state(): PortMappingState
}

// libp2p's client says nothing. A gateway answers within five seconds or not at all, and mapping takes about seven.
const SEARCH_MS = 20_000

/** Off until switched on. */
export function createPortMapping(
  components: Components,
  hasMappedAddress: () => boolean,
  now: () => number = Date.now,
): PortMapping {
  let searchingSince: number | undefined
  const onOff = createSwitch(async () => {
    // The default description would give our peer id to the router.
    const upnp = uPnPNAT({ portMappingDescription: 'sightline' })(components)
    searchingSince = now()
    await start(upnp)
    return async () => {
      searchingSince = undefined
      await stop(upnp)
    }
  })
  return {
    ...onOff,
    state() {
      if (searchingSince === undefined) return 'off'
      if (hasMappedAddress()) return 'mapped'
      return now() - searchingSince < SEARCH_MS ? 'searching' : 'no-gateway'
    },
  }
}
