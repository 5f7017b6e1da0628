import type { Connection, PeerId as Libp2pPeerId, Stream, StreamHandler, Topology } from '@libp2p/interface'
import type { Components } from './transports.ts'

/** Which peers a stock protocol of libp2p is for. Others cannot open it towards us, and we never open it towards them. */
export type Admits = (peer: string, protocol: string) => boolean

type Part<C extends Components, Service> = (components: C) => Service
type Registrar = Components['registrar']

/**
 * A part of libp2p that lives only between us and the peers that `admits` names: its handlers reset everyone else's
 * streams before a byte is read, and it never hears of anyone else. libp2p's own stream middleware is no help: in 3.3
 * `Connection.onIncomingStream` adds a handler to the stored list with each stream.
 */
export function guarded<C extends Components, Service>(part: Part<C, Service>, admits: Admits): Part<C, Service> {
  return withComponents(part, (components) => ({ registrar: guardRegistrar(components.registrar, admits) }))
}

/** A part of libp2p that is handed some components of ours instead of libp2p's. */
export function withComponents<C extends Components, Service>(
  part: Part<C, Service>,
  replace: (components: C) => Partial<Components>,
): Part<C, Service> {
  return (components) => {
    const descriptors = Object.entries(replace(components)).map(([name, value]) => [name, { value }] as const)
    const replaced: C = Object.create(components, Object.fromEntries(descriptors))
    return part(replaced)
  }
}

/** A stand-in for an object of libp2p with some members replaced and all others left as they are. */
export function replacing<T extends object>(original: T, members: Partial<T>): T {
  return new Proxy(original, {
    get: (target, name) => {
      if (Object.hasOwn(members, name)) return Reflect.get(members, name)
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function guardRegistrar(registrar: Registrar, admits: Admits): Registrar {
  return replacing(registrar, {
    handle: (protocol: string, handler: StreamHandler, options) =>
      registrar.handle(
        protocol,
        onlyFrom((peer) => admits(peer, protocol), handler),
        options,
      ),
    register: (protocol: string, topology: Topology, options) =>
      registrar.register(
        protocol,
        onlyWith((peer) => admits(peer, protocol), topology),
        options,
      ),
  })
}

/** Resets streams of everyone else before a byte of theirs is read. */
function onlyFrom(admits: (peer: string) => boolean, handler: StreamHandler): StreamHandler {
  return (stream: Stream, connection: Connection) => {
    if (!admits(connection.remotePeer.toString())) {
      stream.abort(new Error('not open to this peer'))
      return
    }
    return handler(stream, connection)
  }
}

function onlyWith(admits: (peer: string) => boolean, topology: Topology): Topology {
  return {
    ...topology,
    onConnect: (peer: Libp2pPeerId, connection: Connection) => {
      if (admits(peer.toString())) return topology.onConnect?.(peer, connection)
    },
  }
}
