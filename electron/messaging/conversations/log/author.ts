import type { PeerId } from '../../../../shared/domain/peer.ts'
import { encodeHex } from '../../wire/hex.ts'
import { peerIdOf } from '../../wire/peer-id.ts'

// The text form costs some microseconds and is needed for every entry; few people write to one desktop.
const CACHE_MAX_ROWS = 1_000
const ids = new Map<string, PeerId>()

/** The author whose public key this is. */
export function authorOf(publicKey: Uint8Array): PeerId {
  const key = encodeHex(publicKey)
  const known = ids.get(key)
  if (known !== undefined) return known
  const id = peerIdOf(publicKey)
  if (ids.size >= CACHE_MAX_ROWS) ids.clear()
  ids.set(key, id)
  return id
}
