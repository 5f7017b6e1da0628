import { useCallback } from 'react'
import type { PeerId } from '../../shared/domain/peer.ts'
import { shortKey } from '../ui/identity.ts'
import { useView } from '../views.ts'

/** How people call a relay: by its name, or else by the short form of its key. */
export function useRelayName(): (relay: PeerId) => string {
  const relays = useView('relays')
  const self = useView('self')?.get('')
  return useCallback(
    (relay) =>
      relays?.get(relay)?.name ??
      self?.reachableThrough.find((through) => through.relay === relay)?.name ??
      `relay ${shortKey(relay)}`,
    [relays, self],
  )
}
