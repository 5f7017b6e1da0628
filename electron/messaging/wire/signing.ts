import { createPrivateKey, createPublicKey, type KeyObject, sign as signWith, verify as verifyWith } from 'node:crypto'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { PUBLIC_KEY_BYTES, peerIdOf, publicKeyOf } from './peer-id.ts'

/** Everything that is ever signed. A signature of one kind never verifies as another. */
export type SignedKind = 'entry' | 'invite' | 'contact' | 'address' | 'card' | 'prekey'

export const SIGNATURE_BYTES = 64
export const SEED_BYTES = 32

// DER headers that turn a raw Ed25519 key into the PKCS #8 and SPKI forms node:crypto imports (RFC 8410).
// node:crypto is used because it is twenty times as fast as the JavaScript curve; Electron's BoringSSL has Ed25519 too.
// Both compare the recomputed R byte by byte (no cofactor), so every replica comes to the same verdict.
const PRIVATE_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_HEADER = Buffer.from('302a300506032b6570032100', 'hex')

const CACHE_MAX_ROWS = 2_000
const privateKeys = new WeakMap<Uint8Array, KeyObject>()
const publicKeys = new Map<PeerId, KeyObject>()

/** Signs `bytes` as a thing of this kind, with the 32-byte seed of an identity. */
export function sign(kind: SignedKind, bytes: Uint8Array, seed: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(signWith(null, withContext(kind, bytes), privateKeyOf(seed)))
}

/** Did `peer` sign exactly these bytes as a thing of this kind? False for anything malformed. */
export function verify(kind: SignedKind, bytes: Uint8Array, signature: Uint8Array, peer: PeerId): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false
  const key = publicKeyObject(peer)
  return key !== undefined && verifyWith(null, withContext(kind, bytes), key, signature)
}

/** The peer id that belongs to a seed. */
export function peerIdOfSeed(seed: Uint8Array): PeerId {
  const spki = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' })
  return peerIdOf(spki.subarray(-PUBLIC_KEY_BYTES))
}

/** What is really signed: `"sightline:<kind>:1" ‖ 0x00 ‖ bytes`. */
export function withContext(kind: SignedKind, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`sightline:${kind}:1\0`, 'utf8'), bytes])
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  if (seed.length !== SEED_BYTES) throw new RangeError('an Ed25519 seed has 32 bytes')
  let key = privateKeys.get(seed)
  if (!key) {
    key = createPrivateKey({ key: Buffer.concat([PRIVATE_HEADER, seed]), format: 'der', type: 'pkcs8' })
    privateKeys.set(seed, key)
  }
  return key
}

function publicKeyObject(peer: PeerId): KeyObject | undefined {
  const known = publicKeys.get(peer)
  if (known) return known
  const raw = publicKeyOf(peer)
  if (!raw) return undefined
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_HEADER, raw]), format: 'der', type: 'spki' })
  if (publicKeys.size >= CACHE_MAX_ROWS) publicKeys.clear()
  publicKeys.set(peer, key)
  return key
}
