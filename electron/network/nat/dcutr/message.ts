import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { HolePunch } from './hole-punch.pb.js'

/** What the two sides say to each other (libp2p specs, relay/DCUtR.md, "RPC messages"). */
export type Message = { readonly type: 'connect'; readonly addresses: readonly Multiaddr[] } | { readonly type: 'sync' }

/** Longest message of the protocol, in bytes, without its length prefix. */
export const MESSAGE_MAX_BYTES = 4096
// Of a message; honest programs send half a dozen.
const ADDRESSES_KEPT_MAX = 16
const TYPES = { connect: 100, sync: 300 } as const

/** The message as it goes into a frame. */
export function encodeMessage(message: Message): Uint8Array {
  const addresses = message.type === 'connect' ? message.addresses : []
  return HolePunch.encode({ type: TYPES[message.type], observedAddresses: addresses.map(({ bytes }) => bytes) })
}

/** Reads a frame; `undefined` when it is no message of this protocol. Addresses nobody can read are left out. */
export function decodeMessage(frame: Uint8Array): Message | undefined {
  try {
    const { type, observedAddresses } = HolePunch.decode(frame)
    if (type === TYPES.sync) return { type: 'sync' }
    if (type !== TYPES.connect) return undefined
    return { type: 'connect', addresses: observedAddresses.slice(0, ADDRESSES_KEPT_MAX).flatMap(readAddress) }
  } catch {
    return undefined
  }
}

function readAddress(bytes: Uint8Array): Multiaddr[] {
  try {
    const address = multiaddr(bytes)
    // Reads every part, which the constructor leaves for later.
    return address.getComponents().length > 0 ? [address] : []
  } catch {
    return []
  }
}
