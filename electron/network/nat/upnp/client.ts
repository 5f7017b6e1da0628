import type { UPnPNATClient } from '@libp2p/upnp-nat'
import { bounded } from '../../pace/bounded.ts'
import { shown } from './asked.ts'
import type { PortMapper } from './port-mapper.ts'

type Gateway = UPnPNATClient extends { findGateways(): AsyncGenerator<infer Found> } ? Found : never

// A slow router needs a second for each port, and one that wants other ports is asked several times.
const MAP_MS = 10_000
const NEVER = new AbortController().signal

/**
 * What libp2p's UPnP service drives instead of its own client. It chooses which listeners need a port; how a port is
 * opened and kept is the mapper's. libp2p keeps a router for ever once it has seen it, so it sees a single one that
 * stands for whichever answers now.
 */
export function createPortMappingClient(mapper: PortMapper, onTaken: () => void): UPnPNATClient {
  function gatewayAt(host: string): Gateway {
    const map: Gateway['map'] = async (port, internalHost, { protocol = 'TCP', signal } = {}) => {
      const bound = bounded(MAP_MS, signal ?? NEVER)
      const isUdp = protocol.toUpperCase() === 'UDP'
      const want = { protocol: isUdp ? 'UDP' : 'TCP', host: internalHost, port } as const
      const got = await mapper.want(want, bound.signal).finally(bound.clear)
      if (got === undefined) throw new Error('no router answered for this address')
      if ('state' in got) throw new Error(shown(got.detail))
      return {
        externalHost: got.externalIp,
        externalPort: got.externalPort,
        internalHost,
        internalPort: port,
        protocol: want.protocol,
      }
    }
    return {
      id: 'sightline',
      host,
      port: 0,
      family: 'IPv4',
      map,
      async *mapAll(port, options) {
        for (const { lan } of mapper.routers()) yield await map(port, lan.address, options)
      },
      // Ports stay open until the mapper stops, which closes all of them.
      unmap: async () => {},
      stop: async () => {},
      async externalIp() {
        const [mapping] = mapper.mappings()
        if (mapping === undefined) throw new Error('no router knows its outer address')
        return mapping.externalIp
      },
    }
  }

  return {
    async *findGateways({ signal = NEVER } = {}) {
      const router = await mapper.found(signal)
      if (router === undefined) return
      yield gatewayAt(router.host)
      onTaken()
    },
    async getGateway() {
      throw new Error('routers are found by searching only')
    },
  }
}
