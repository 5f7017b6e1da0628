import { INVITE_MAX_ADDRESSES, INVITE_MAX_BYTES } from '../../../../shared/domain/limits.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { addressBytes, type ParsedAddress, readAddressBytes } from '../../../network/addresses/address.ts'
import { decodeBase64url, encodeBase64url } from '../../wire/base64url.ts'
import { PUBLIC_KEY_BYTES, peerIdOf, publicKeyOf } from '../../wire/peer-id.ts'
import { sign, verify } from '../../wire/signing.ts'
import { cleanName } from '../names.ts'
import { Invite as InviteFrame, SignedInvite } from './invite.pb.js'

export const INVITE_VERSION = 1
export const INVITE_PREFIX = 'sightline://add/'
export const INVITE_TOKEN_BYTES = 16

/** What a link says, checked: `owner` signed it. */
export interface InviteContent {
  readonly owner: PeerId
  readonly name: string
  /** Milliseconds since 1970, as the owner's clock says. */
  readonly createdAt: number
  /** Without `/p2p/<owner>`, relayed ones first. */
  readonly addresses: readonly string[]
  readonly token: Uint8Array
}

export type InviteProblem = 'damaged' | 'newer'

/** Makes a signed link. Addresses that no longer fit into its 512 bytes are left out, the last ones first. */
export function encodeInvite(content: InviteContent, seed: Uint8Array): string {
  const key = publicKeyOf(content.owner)
  if (!key || content.token.length !== INVITE_TOKEN_BYTES) throw new RangeError('an invite needs an owner and a token')
  for (let count = Math.min(content.addresses.length, INVITE_MAX_ADDRESSES); ; count--) {
    const invite = InviteFrame.encode({
      owner: key,
      name: content.name,
      createdAt: content.createdAt,
      addresses: content.addresses.slice(0, count).map(addressBytes),
      token: content.token,
    })
    const bytes = SignedInvite.encode({ version: INVITE_VERSION, invite, signature: sign('invite', invite, seed) })
    if (bytes.length <= INVITE_MAX_BYTES) return INVITE_PREFIX + encodeBase64url(bytes)
    if (count === 0) throw new RangeError('the invite does not fit')
  }
}

/** Reads a link. Whoever wrote it may be anybody: nothing in it is believed before its signature fits. */
export function decodeInvite(link: string): InviteContent | InviteProblem {
  const bytes = decodeBase64url(link.slice(INVITE_PREFIX.length))
  if (!link.startsWith(INVITE_PREFIX) || !bytes) return 'damaged'
  try {
    const { version, invite, signature } = SignedInvite.decode(bytes)
    if (version > INVITE_VERSION) return 'newer'
    if (version < INVITE_VERSION || bytes.length > INVITE_MAX_BYTES) return 'damaged'
    const { owner, name, createdAt, addresses, token } = InviteFrame.decode(invite)
    if (owner.length !== PUBLIC_KEY_BYTES || token.length !== INVITE_TOKEN_BYTES) return 'damaged'
    const peer = peerIdOf(owner)
    if (!verify('invite', invite, signature, peer)) return 'damaged'
    if (!Number.isSafeInteger(createdAt)) return 'damaged'
    return { owner: peer, name: cleanName(name), createdAt, addresses: readAddresses(addresses, peer), token }
  } catch {
    // What the decoder throws at random bytes says nothing a reader could use.
    return 'damaged'
  }
}

// An address of a kind this version does not know is left out; the others may still lead there.
function readAddresses(addresses: readonly Uint8Array[], owner: PeerId): string[] {
  return addresses
    .map(readAddressBytes)
    .filter((address): address is ParsedAddress => typeof address !== 'string')
    .filter(({ peer }) => peer === undefined || peer === owner)
    .map(({ without }) => without)
}
