import type { PeerId } from '../../../shared/domain/peer.ts'
import { decodeBase58, encodeBase58 } from './base58.ts'

export const PUBLIC_KEY_BYTES = 32

// An Ed25519 peer id is an identity multihash (code 0, length 36) of libp2p's PublicKey message:
// field 1 = key type 1 (Ed25519), field 2 = 32 bytes. See the peer id specification of libp2p.
const PREFIX = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20)

// Decoding costs some microseconds and is asked for with every entry; a desktop knows few people.
const CACHE_MAX_ROWS = 2_000
const keyOf = new Map<PeerId, Uint8Array<ArrayBuffer>>()

/** The peer id of an Ed25519 public key. */
export function peerIdOf(publicKey: Uint8Array): PeerId {
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new RangeError('an Ed25519 public key has 32 bytes')
  return encodeBase58(Buffer.concat([PREFIX, publicKey]))
}

/** The Ed25519 public key that a peer id is, or nothing when the text is not exactly such an id. */
export function publicKeyOf(peer: PeerId): Uint8Array<ArrayBuffer> | undefined {
  const known = keyOf.get(peer)
  if (known) return known
  const bytes = decodeBase58(peer)
  if (bytes?.length !== PREFIX.length + PUBLIC_KEY_BYTES) return undefined
  if (PREFIX.some((byte, at) => bytes[at] !== byte)) return undefined
  const key = bytes.slice(PREFIX.length)
  if (keyOf.size >= CACHE_MAX_ROWS) keyOf.clear()
  keyOf.set(peer, key)
  return key
}

/** Is this the text form of an Ed25519 peer id? There is exactly one text for each key. */
export function isPeerId(text: string): boolean {
  return publicKeyOf(text) !== undefined
}
