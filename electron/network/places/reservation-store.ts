import type { PeerId } from '@libp2p/interface'
import type { Components } from '../parts/transports.ts'

/** The part of the circuit transport's store of places that we use. libp2p has it at run time and hides it in its types. */
export interface ReservationStore {
  addRelay(peer: PeerId, type: 'configured'): Promise<{ details: { reservation: Reservation } }>
  addEventListener<Name extends keyof StoreEvents>(name: Name, listener: (event: StoreEvents[Name]) => void): void
  removeEventListener<Name extends keyof StoreEvents>(name: Name, listener: (event: StoreEvents[Name]) => void): void
}

/** `expire`: seconds since 1970. `addrs`: the relay's own addresses in binary form. */
interface Reservation {
  readonly expire: bigint
  readonly addrs: Uint8Array[]
}

interface StoreEvents {
  readonly 'relay:removed': CustomEvent<{ relay: PeerId }>
  readonly 'relay:created-reservation': CustomEvent<{ relay: PeerId; details: { reservation: Reservation } }>
}

/** Finds the store inside the node. Throws when a newer libp2p has moved it. */
export function reservationStoreOf({ transportManager }: Components): ReservationStore {
  for (const transport of transportManager.getTransports())
    if ('reservationStore' in transport && isReservationStore(transport.reservationStore))
      return transport.reservationStore
  throw new Error('the circuit relay transport has no store of places any more')
}

function isReservationStore(value: unknown): value is ReservationStore {
  return value instanceof EventTarget && 'addRelay' in value && typeof value.addRelay === 'function'
}
