import { privateKeyFromRaw } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { ed25519 } from '@noble/curves/ed25519.js'
import type { PeerId } from '../../shared/domain/peer.ts'

export interface Identity {
  readonly privateKey: Ed25519PrivateKey
  readonly id: PeerId
}

/** Turns a 32-byte Ed25519 seed into the libp2p key and the peer id that follows from it. The same seed gives the same id. */
export function identityFromSeed(seed: Uint8Array): Identity {
  if (seed.byteLength !== 32) throw new RangeError(`an Ed25519 seed has 32 bytes, not ${seed.byteLength}`)
  // libp2p's raw form: the seed, then the public key.
  const privateKey = privateKeyFromRaw(Uint8Array.of(...seed, ...ed25519.getPublicKey(seed)))
  if (privateKey.type !== 'Ed25519') throw new Error(`the key came out as ${privateKey.type}`)
  return { privateKey, id: peerIdFromPrivateKey(privateKey).toString() }
}
