import { start, stop } from '@libp2p/interface'
import { type UPnPNATClient, uPnPNAT } from '@libp2p/upnp-nat'
import type { PortMappingState } from '../../../shared/domain/nat-report.ts'
import { createSwitch, type Switch } from '../pace/switch.ts'
import { replacing } from '../parts/guard.ts'
import type { Components } from '../parts/transports.ts'

/** Asks the router to open ports (UPnP IGD), while switched on. */
export interface PortMapping extends Switch {
  state(): PortMappingState
}

/** What was seen of the search so far. */
export interface MappingSeen {
  readonly isMapped: boolean
  /** A router answered this long ago. */
  readonly answeredForMs?: number
  /** It said no to every port so far. */
  readonly isRefused: boolean
  readonly searchingForMs: number
}

// A gateway answers within five seconds or not at all.
const SEARCH_MS = 20_000
// libp2p waits five seconds before it maps, and a slow router takes some seconds for each port.
const MAPPING_MS = 20_000

/** What may be said of a search: silence of the router, its refusal, or that we cannot know. */
export function mappingState({ isMapped, answeredForMs, isRefused, searchingForMs }: MappingSeen): PortMappingState {
  if (isMapped) return 'mapped'
  if (answeredForMs === undefined) return searchingForMs < SEARCH_MS ? 'searching' : 'no-gateway'
  if (isRefused) return 'failed'
  // It may stand behind a second router, or have nothing to map; libp2p does not tell.
  return answeredForMs < MAPPING_MS ? 'searching' : 'unknown'
}

/** Off until switched on. */
export function createPortMapping(
  components: Components,
  hasMappedAddress: () => boolean,
  now: () => number = Date.now,
): PortMapping {
  let search: { readonly since: number; answeredAt?: number; hasGranted: boolean; isRefused: boolean } | undefined
  const onOff = createSwitch(async () => {
    // The default description would give our peer id to the router.
    const upnp = uPnPNAT({ portMappingDescription: 'sightline' })(components)
    const current: typeof search = { since: now(), hasGranted: false, isRefused: false }
    search = current
    watchGateways(upnp.portMappingClient, {
      onAnswer: () => {
        current.answeredAt ??= now()
      },
      onMapping: (isGranted) => {
        current.hasGranted ||= isGranted
        current.isRefused = !current.hasGranted
      },
    })
    await start(upnp)
    return async () => {
      search = undefined
      await stop(upnp)
    }
  })
  return {
    ...onOff,
    state() {
      if (search === undefined) return 'off'
      const { since, answeredAt, isRefused } = search
      return mappingState({
        isMapped: hasMappedAddress(),
        ...(answeredAt !== undefined && { answeredForMs: now() - answeredAt }),
        isRefused,
        searchingForMs: now() - since,
      })
    },
  }
}

interface GatewayWatch {
  onAnswer(): void
  onMapping(isGranted: boolean): void
}

/** libp2p's client tells nobody what it found; it finds routers, and maps ports, through these two calls. */
export function watchGateways(client: Pick<UPnPNATClient, 'findGateways'>, watch: GatewayWatch): void {
  const find = client.findGateways.bind(client)
  client.findGateways = async function* (options) {
    for await (const gateway of find(options)) {
      watch.onAnswer()
      yield replacing(gateway, {
        map: async (port, host, mapOptions) => {
          try {
            const mapping = await gateway.map(port, host, mapOptions)
            watch.onMapping(true)
            return mapping
          } catch (error) {
            watch.onMapping(false)
            throw error
          }
        },
      })
    }
  }
}
