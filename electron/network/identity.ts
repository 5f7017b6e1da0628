import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import type { PeerId } from '../../shared/domain/peer.ts'

export interface Identity {
  readonly privateKey: Ed25519PrivateKey
  readonly id: PeerId
}

/** Turns a 32-byte Ed25519 seed into the libp2p key and the peer id that follows from it. The same seed gives the same id. */
export async function identityFromSeed(seed: Uint8Array): Promise<Identity> {
  if (seed.byteLength !== 32) throw new RangeError(`an Ed25519 seed has 32 bytes, not ${seed.byteLength}`)
  const privateKey = await generateKeyPairFromSeed('Ed25519', seed)
  return { privateKey, id: peerIdFromPrivateKey(privateKey).toString() }
}
