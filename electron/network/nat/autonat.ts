import { type Admits, guarded, replacing, withComponents } from '../parts/guard.ts'
import type { Components } from '../parts/transports.ts'
import { LIBP2P_PROTOCOLS } from '../protocols.ts'

/**
 * AutoNAT v2 that asks our relays whether our addresses can be dialled, and never dials for anyone: the service always
 * brings its server along, which would make a desktop dial addresses that others name.
 * Version 1 must not run between js nodes: asked about an unverified address, its server gets the existing connection
 * back and closes it, reservations included.
 */
export function clientOnly<C extends Components, Service>(
  autonat: (components: C) => Service,
  isRelay: Admits,
): (components: C) => Service {
  return guarded(
    withComponents(autonat, ({ registrar }) => ({
      registrar: replacing(registrar, {
        handle: async (protocol, handler, options) => {
          if (protocol !== LIBP2P_PROTOCOLS.autonatDialRequest) await registrar.handle(protocol, handler, options)
        },
        unhandle: async (protocol, options) => {
          if (protocol !== LIBP2P_PROTOCOLS.autonatDialRequest) await registrar.unhandle(protocol, options)
        },
      }),
    })),
    isRelay,
  )
}
