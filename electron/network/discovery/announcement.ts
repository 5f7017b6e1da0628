import { publicKeyFromProtobuf, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PublicKey } from '@libp2p/interface'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { isRelayedAddress } from '../addresses/multiaddrs.ts'
import { ANNOUNCEMENT_MAX_BYTES } from '../limits.ts'

/** Who is reachable through which relay, as published on the announce topic. */
export interface Announcement {
  readonly peer: PeerId
  readonly addresses: readonly string[]
}

const ADDRESSES_MAX = 8
// `Peer { bytes publicKey = 1; repeated bytes addrs = 2 }`, as @libp2p/pubsub-peer-discovery has it.
const PUBLIC_KEY_TAG = 0x0a
const ADDRESS_TAG = 0x12

/** Writes an announcement. Relayed addresses only; others are left out. */
export function encodeAnnouncement(key: PublicKey, addresses: readonly Multiaddr[]): Uint8Array {
  const fields = [field(PUBLIC_KEY_TAG, publicKeyToProtobuf(key))]
  for (const address of addresses.filter(isCircuit).slice(0, ADDRESSES_MAX))
    fields.push(field(ADDRESS_TAG, address.bytes))
  return Buffer.concat(fields)
}

/** Reads an announcement; `undefined` when it is not one. */
export function decodeAnnouncement(bytes: Uint8Array): Announcement | undefined {
  if (bytes.byteLength > ANNOUNCEMENT_MAX_BYTES) return undefined
  try {
    let key: PublicKey | undefined
    const addresses: string[] = []
    for (let at = 0; at < bytes.byteLength; ) {
      const tag = bytes[at] ?? 0
      const [length, start] = readLength(bytes, at + 1)
      const value = bytes.subarray(start, start + length)
      if (value.byteLength !== length) return undefined
      if (tag === PUBLIC_KEY_TAG) key = publicKeyFromProtobuf(value)
      else if (tag !== ADDRESS_TAG) return undefined
      else {
        const address = multiaddr(value)
        if (isCircuit(address) && addresses.length < ADDRESSES_MAX) addresses.push(address.toString())
      }
      at = start + length
    }
    return key === undefined ? undefined : { peer: peerIdFromPublicKey(key).toString(), addresses }
  } catch {
    // Keys and addresses of a stranger: every library error means the same, this is no announcement.
    return undefined
  }
}

// With or without the peer's own id at its end.
function isCircuit(address: Multiaddr): boolean {
  return isRelayedAddress(address) || address.getComponents().at(-1)?.name === 'p2p-circuit'
}

function field(tag: number, value: Uint8Array): Uint8Array {
  const length =
    value.byteLength < 0x80 ? [value.byteLength] : [(value.byteLength & 0x7f) | 0x80, value.byteLength >> 7]
  return Uint8Array.of(tag, ...length, ...value)
}

function readLength(bytes: Uint8Array, at: number): [length: number, next: number] {
  const [low = 0, high = 0] = [bytes[at], bytes[at + 1]]
  if (low < 0x80) return [low, at + 1]
  if (high >= 0x80) throw new RangeError('too long')
  return [(low & 0x7f) | (high << 7), at + 2]
}
