import { start, stop } from '@libp2p/interface'
import { type UPnPNAT, uPnPNAT } from '@libp2p/upnp-nat'
import type { PortMappingState } from '../../../shared/domain/nat-report.ts'
import { createSwitch, type Switch } from '../pace/switch.ts'
import { replacing, withComponents } from '../parts/guard.ts'
import type { Components } from '../parts/transports.ts'
import { createPortMappingClient } from './upnp/client.ts'
import { type PortMapper, type PortMapperOptions, startPortMapper } from './upnp/port-mapper.ts'
import type { Mapping } from './upnp/router.ts'

/** Asks the router to open ports (UPnP IGD), while switched on. */
export interface PortMapping extends Switch {
  state(): PortMappingState
  /** After a wake or on another network: looks at once, not when it is time. */
  retryNow(): void
}

export interface PortMappingOptions extends PortMapperOptions {
  /** The state changed, or the addresses that the router opened for us; these are with libp2p's address manager already. */
  readonly onChange: () => void
}

/** Off until switched on. */
export function createPortMapping(components: Components, { onChange, ...options }: PortMappingOptions): PortMapping {
  let running: PortMapper | undefined
  const onOff = createSwitch(async () => {
    const mapper = startPortMapper(options)
    running = mapper
    const unannounce = announceMappings(mapper, components.addressManager)
    const unheard = mapper.onChange(onChange)
    const upnp = portMappingService(mapper)(components)
    await start(upnp)
    return async () => {
      running = undefined
      unannounce()
      onChange()
      await mapper.stop()
      unheard()
      await stop(upnp)
    }
  })
  return {
    ...onOff,
    state: () => running?.state() ?? 'off',
    retryNow: () => running?.lookNow(),
  }
}

/**
 * libp2p's UPnP service with our client. It chooses the listeners that need a port. What is announced is not its
 * business: it never takes back an address whose router is gone, nor one of before the last but one.
 */
export function portMappingService(mapper: PortMapper): (components: Components) => UPnPNAT {
  return (components) => {
    const upnp: UPnPNAT = withComponents(
      uPnPNAT({
        portMappingClient: createPortMappingClient(mapper, () => mapNow(upnp)),
        externalAddress: NOT_ITS_CONCERN,
        portMappingDescription: 'sightline',
      }),
      ({ addressManager }) => ({
        addressManager: replacing(addressManager, {
          addPublicAddressMapping: () => {},
          removePublicAddressMapping: () => {},
        }),
      }),
    )(components)
    let shown = ''
    mapper.onChange(() => {
      const now = mapper.routers().map(({ host, lan }) => `${host} ${lan.address}`)
      const isNew = now.length > 0 && now.join() !== shown
      shown = now.join()
      if (isNew) mapNow(upnp)
    })
    return upnp
  }
}

/** libp2p waits five seconds after each change; its class has a method that does not. Without it, we wait too. */
function mapNow(upnp: UPnPNAT): void {
  if ('mapIpAddresses' in upnp && typeof upnp.mapIpAddresses === 'function') upnp.mapIpAddresses()
}

/**
 * Keeps libp2p's list of our addresses true: what is open to the internet now, and nothing else. Returns what takes all
 * of them off the list.
 */
export function announceMappings(
  mapper: Pick<PortMapper, 'mappings' | 'onChange'>,
  addresses: Pick<Components['addressManager'], 'addPublicAddressMapping' | 'removePublicAddressMapping'>,
): () => void {
  const announced = new Map<string, Mapping>()
  const announce = (open: readonly Mapping[]) => {
    const wanted = new Map(open.map((mapping) => [JSON.stringify(mapping), mapping]))
    for (const [key, mapping] of announced) {
      if (wanted.has(key)) continue
      addresses.removePublicAddressMapping(...valuesOf(mapping))
      announced.delete(key)
    }
    for (const [key, mapping] of wanted) {
      if (announced.has(key)) continue
      addresses.addPublicAddressMapping(...valuesOf(mapping))
      announced.set(key, mapping)
    }
  }
  const unheard = mapper.onChange(() => announce(mapper.mappings().filter(({ isPublic }) => isPublic)))
  return () => {
    unheard()
    announce([])
  }
}

function valuesOf({ want, externalIp, externalPort }: Mapping) {
  const protocol = want.protocol === 'TCP' ? 'tcp' : 'udp'
  return [want.host, want.port, externalIp, externalPort, protocol] as const
}

// Asked for its own outer address, a router behind another one would get no mapping at all. This one belongs to nobody
// (multicast, RFC 5771), is announced nowhere, and only keeps libp2p from asking.
const NOT_ITS_CONCERN = '224.0.0.0'
