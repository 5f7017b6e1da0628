import type { PeerId } from '../../../shared/domain/peer.ts'
import type { RefusalCause } from './counters.ts'

/** Decides what a relay refuses; asked with what is in use at that moment. `undefined` = welcome. */
export interface RelayGate {
  refuseConnection(inUse: { readonly fromAddress: number }): RefusalCause | undefined
  refusePeer(inUse: { readonly connections: number }): RefusalCause | undefined
  refuseReservation(
    peer: PeerId,
    inUse: { readonly reservations: number; readonly fromAddress: number; readonly hasReservation: boolean },
  ): RefusalCause | undefined
  refuseCircuit(inUse: { readonly ofSource: number; readonly ofDestination: number }): RefusalCause | undefined
}
