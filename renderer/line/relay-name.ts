import { useCallback } from 'react'
import type { PeerId } from '../../shared/domain/peer.ts'
import { shortKey } from '../ui/identity.ts'
import { useView } from '../views.ts'
import { words } from '../words/words.ts'

/**
 * How people call a relay: by its name, or else by the short form of its key. In a sentence that does not say
 * otherwise what it is, `asRelay` puts the word before the bare key.
 */
export function useRelayName({ asRelay = false } = {}): (relay: PeerId) => string {
  const relays = useView('relays')
  const self = useView('self')?.get('')
  return useCallback(
    (relay) => {
      const name = relays?.get(relay)?.name ?? self?.reachableThrough.find((through) => through.relay === relay)?.name
      return name ?? (asRelay ? words.network.aRelay(shortKey(relay)) : shortKey(relay))
    },
    [relays, self, asRelay],
  )
}
