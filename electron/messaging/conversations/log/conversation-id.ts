import { createHash } from 'node:crypto'
import type { ConversationId } from '../../../../shared/domain/message.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { decodeBase58 } from '../../wire/base58.ts'
import { isPeerId } from '../../wire/peer-id.ts'

/**
 * Id of the conversation of two people: SHA-256("sightline:direct:1" ‖ both peer ids in byte order), as hex.
 * The bytes of a peer id are its multihash. Throws when one of them is no Ed25519 peer id: callers have checked.
 */
export function directConversationId(a: PeerId, b: PeerId): ConversationId {
  const ids = [bytesOf(a), bytesOf(b)].sort(Buffer.compare)
  const hash = createHash('sha256').update('sightline:direct:1', 'utf8')
  for (const id of ids) hash.update(id)
  return hash.digest('hex')
}

function bytesOf(peer: PeerId): Uint8Array {
  const bytes = isPeerId(peer) ? decodeBase58(peer) : undefined
  if (!bytes) throw new TypeError('a conversation needs two Ed25519 peer ids')
  return bytes
}
