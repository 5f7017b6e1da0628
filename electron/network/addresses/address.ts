import { peerIdFromString } from '@libp2p/peer-id'
import { type Component, type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '../../../shared/domain/peer.ts'

/** One multiaddr taken apart, as far as people and the messenger have to know it. */
export interface ParsedAddress {
  /** The multiaddr in its one canonical spelling. */
  readonly text: string
  /** Whom it leads to: the `/p2p/…` at its end, which is not the relay's. */
  readonly peer?: PeerId
  /** The same address without that end. */
  readonly without: string
  readonly isRelayed: boolean
  /** The relay of a relayed one. Absent in `/p2p-circuit/p2p/<peer>`: any relay. */
  readonly relay?: PeerId
  /** How to reach that relay, `/p2p/<relay>` included. Absent when only its id is known. */
  readonly relayAddress?: string
}

/** `invalid`: not an address of a kind we dial. `refused`: it is one, but never leads to a peer (multicast, port 0, …). */
export type AddressProblem = 'invalid' | 'refused'

/** Longest multiaddr read, as text and as bytes. A relayed one with a long host name has about 200. */
export const ADDRESS_MAX_CHARACTERS = 512
export const ADDRESS_MAX_BYTES = 320

const HOSTS = ['ip4', 'ip6', 'dns', 'dns4', 'dns6']
// Everything after the host, up to the peer id.
const TRANSPORTS = ['tcp', 'tcp/ws', 'tcp/wss', 'tcp/tls/ws', 'tcp/tls/sni/ws', 'udp/quic-v1']

/**
 * Reads a multiaddr strictly: `host/transport[/p2p/peer]`, or one of the three circuit forms
 * `host/transport/p2p/relay/p2p-circuit[/p2p/peer]`, `/p2p/relay/p2p-circuit[/p2p/peer]` and `/p2p-circuit[/p2p/peer]`.
 */
export function readAddress(text: string): ParsedAddress | AddressProblem {
  if (text.length > ADDRESS_MAX_CHARACTERS || !text.startsWith('/')) return 'invalid'
  return take(() => multiaddr(text))
}

/** Reads the binary form of a multiaddr, as strictly. */
export function readAddressBytes(bytes: Uint8Array): ParsedAddress | AddressProblem {
  if (bytes.length === 0 || bytes.length > ADDRESS_MAX_BYTES) return 'invalid'
  return take(() => multiaddr(bytes))
}

/** The binary form of a multiaddr; throws when it is none. */
export function addressBytes(text: string): Uint8Array {
  return multiaddr(text).bytes
}

function take(read: () => Multiaddr): ParsedAddress | AddressProblem {
  try {
    const address = read()
    return parse(address.toString(), address.getComponents())
  } catch {
    // The library throws a class of its own for each of a dozen ways to be wrong; for us they are one.
    return 'invalid'
  }
}

function parse(text: string, components: readonly Component[]): ParsedAddress | AddressProblem {
  const circuit = components.findIndex(({ name }) => name === 'p2p-circuit')
  const before = circuit < 0 ? components : components.slice(0, circuit)
  const after = circuit < 0 ? [] : components.slice(circuit + 1)
  const last = circuit < 0 ? before.at(-1) : after.at(-1)
  const peer = last?.name === 'p2p' ? last.value : undefined
  const rest = circuit < 0 && peer !== undefined ? before.slice(0, -1) : before

  if (after.length > (peer === undefined ? 0 : 1)) return 'invalid'
  if (circuit < 0 && rest.length === 0) return 'invalid'
  const relay = circuit >= 0 && before.at(-1)?.name === 'p2p' ? before.at(-1)?.value : undefined
  const place = relay === undefined ? rest : before.slice(0, -1)
  if (place.length > 0) {
    // A circuit address with a place but without the relay's id cannot be verified on arrival.
    if (circuit >= 0 && relay === undefined) return 'invalid'
    const shape = place.map(({ name }) => name)
    if (!HOSTS.includes(shape[0] ?? '') || !TRANSPORTS.includes(shape.slice(1).join('/'))) return 'invalid'
    if (!leadsSomewhere(place)) return 'refused'
  }
  for (const id of [peer, relay]) if (id !== undefined) peerIdFromString(id)
  if (relay !== undefined && relay === peer) return 'refused'

  const ending = peer === undefined ? '' : `/p2p/${peer}`
  return {
    text,
    without: text.slice(0, text.length - ending.length),
    isRelayed: circuit >= 0,
    ...(peer === undefined ? {} : { peer }),
    ...(relay === undefined ? {} : { relay }),
    ...(relay === undefined || place.length === 0 ? {} : { relayAddress: text.slice(0, text.indexOf('/p2p-circuit')) }),
  }
}

function leadsSomewhere(place: readonly Component[]): boolean {
  const [host, carrier] = place
  if (carrier?.value === '0') return false
  if (host?.name === 'ip4') {
    const first = Number(host.value?.split('.')[0])
    // 0.0.0.0/8 is nobody, 224.0.0.0/4 is multicast, the rest up to 255 reserved and broadcast.
    return first > 0 && first < 224
  }
  if (host?.name === 'ip6') {
    const value = host.value?.toLowerCase() ?? ''
    // Nobody, multicast, link-local (needs a zone, which means nothing elsewhere), IPv4 in disguise.
    return value !== '::' && !/^(ff|fe[89ab]|::ffff:)/.test(value)
  }
  return true
}
