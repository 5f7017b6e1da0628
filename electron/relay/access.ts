import { readFileSync } from 'node:fs'
import type { PeerId } from '../../shared/domain/peer.ts'
import type { RelayGate } from '../network/relay-server/gate.ts'
import type { RelayLimits } from '../network/relay-server/node.ts'
import { RelayStartError } from '../network/relay-server/start-error.ts'

/** Who may hold a place. Reaching a member through the relay is open to everybody: a member's people need not be members. */
export type Access =
  | { readonly kind: 'open' }
  | { readonly kind: 'members'; readonly isMember: (peer: PeerId) => boolean }

/** The relay's rules as plain comparisons. */
export function createRelayGate(limits: RelayLimits, access: Access): RelayGate {
  return {
    refuseConnection: ({ fromAddress }) =>
      fromAddress >= limits.connectionsPerAddress ? 'too-many-from-address' : undefined,
    refusePeer: ({ connections }) => (connections >= limits.connectionsPerPeer ? 'too-many-of-peer' : undefined),
    refuseReservation: (peer, { reservations, fromAddress, hasReservation }) => {
      if (access.kind === 'members' && !access.isMember(peer)) return 'not-member'
      // A refresh takes no new place.
      if (hasReservation) return undefined
      if (reservations >= limits.reservations) return 'full'
      return fromAddress >= limits.reservationsPerAddress ? 'too-many-from-address' : undefined
    },
    refuseCircuit: ({ ofSource, ofDestination }) =>
      Math.max(ofSource, ofDestination) >= limits.circuitsPerPeer ? 'too-many-of-peer' : undefined,
  }
}

/** A peer id in text: `12D3KooW…` (Ed25519), `16Uiu2…` (secp256k1) or `Qm…` (RSA), in the base58 alphabet. */
const PEER_ID = /^(?:12D3KooW[1-9A-HJ-NP-Za-km-z]{44}|16Uiu2[1-9A-HJ-NP-Za-km-z]{46,48}|Qm[1-9A-HJ-NP-Za-km-z]{44})$/

/** Reads a member list: one peer id per line; empty lines and what follows a `#` are left out. The first bad line is named. */
export function parseMembers(text: string): ReadonlySet<PeerId> | { readonly badLine: number } {
  const members = new Set<PeerId>()
  for (const [index, line] of text.split('\n').entries()) {
    const word = (line.split('#')[0] ?? '').trim()
    if (word === '') continue
    if (!PEER_ID.test(word)) return { badLine: index + 1 }
    members.add(word)
  }
  return members
}

/** A member list from a file, which may be read again while the relay runs. Throws `RelayStartError`. */
export function membersFromFile(file: string): {
  readonly access: Access
  readonly count: () => number
  reload(): void
} {
  let members = readMembers(file)
  return {
    access: { kind: 'members', isMember: (peer) => members.has(peer) },
    count: () => members.size,
    reload: () => {
      members = readMembers(file)
    },
  }
}

function readMembers(file: string): ReadonlySet<PeerId> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new RelayStartError('members-unreadable', file, { cause: error })
  }
  const members = parseMembers(text)
  if ('badLine' in members) throw new RelayStartError('members-bad', `${file}, line ${members.badLine}`)
  return members
}
