import { type Failure, failure } from '../../../../shared/contract/failures.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { readAddress } from '../../../network/addresses/address.ts'
import { isPeerId } from '../../wire/peer-id.ts'
import { decodeInvite } from './invite.ts'

/** Longest text looked at: a link has at most 700 characters. */
export const LINK_MAX_CHARACTERS = 4_096

/** Somebody one can ask to become a contact, as read from whatever was pasted. */
export interface Link {
  readonly id: PeerId
  /** Empty when only an address or a peer id was given. */
  readonly name: string
  /** Without `/p2p/<id>`. */
  readonly addresses: readonly string[]
  readonly relays: readonly PeerId[]
  readonly createdAt?: number
  readonly token?: Uint8Array
}

/** Reads a `sightline://add/…` link, a peer id, or a multiaddr that ends in one. Dials nothing. */
export function readLink(pasted: string, self: PeerId): Result<Link, Failure> {
  if (pasted.length > LINK_MAX_CHARACTERS)
    return err(failure('too-long', { limit: LINK_MAX_CHARACTERS, unit: 'characters', found: pasted.length }))
  const text = pasted.trim()
  if (text === '') return err(failure('empty'))
  const link = readAny(text)
  return link.ok && link.value.id === self ? err(failure('invite-own')) : link
}

function readAny(text: string): Result<Link, Failure> {
  if (/^sightline:/i.test(text)) return readInvite(text)
  if (text.startsWith('/') && !/^\/p2p\/[^/]+$/.test(text)) return readMultiaddr(text)
  const id = text.replace(/^\/p2p\//, '')
  if (isPeerId(id)) return ok({ id, name: '', addresses: [], relays: [] })
  // Half a link is the commonest of all wrong pastes; it may be the second half.
  return err(failure('invite-damaged', isPartOfLink(text) ? undefined : { found: 'no-link' }))
}

/** A run of letters this long is no word; and no web address where nothing else is around it. */
const isPartOfLink = (text: string): boolean => /[\w-]{32,}/.test(text) && /^(add\/)?[\w\s-]+\/?$/.test(text)

function readInvite(text: string): Result<Link, Failure> {
  // Mail programs break long lines, and some programs put a slash behind whatever looks like an address.
  const link = text
    .replace(/\s+/g, '')
    .replace(/^sightline:\/\/add\//i, 'sightline://add/')
    .replace(/\/$/, '')
  const invite = decodeInvite(link)
  if (invite === 'newer') return err(failure('invite-newer'))
  if (invite === 'damaged') return err(failure('invite-damaged'))
  const { owner, name, addresses, createdAt, token } = invite
  return ok({ id: owner, name, addresses, relays: relaysIn(addresses), createdAt, token })
}

function readMultiaddr(text: string): Result<Link, Failure> {
  const address = readAddress(text)
  if (address === 'refused') return err(failure('address-refused'))
  if (address === 'invalid' || address.peer === undefined || !isPeerId(address.peer))
    return err(failure('address-invalid'))
  // `/p2p-circuit` alone means: over any relay of mine. That is tried anyway.
  const addresses = address.without === '/p2p-circuit' ? [] : [address.without]
  return ok({ id: address.peer, name: '', addresses, relays: relaysIn(addresses) })
}

/** The relays that a list of addresses goes through, each once. */
export function relaysIn(addresses: readonly string[]): PeerId[] {
  const relays = addresses.flatMap((text) => {
    const address = readAddress(text)
    return typeof address === 'string' || address.relay === undefined ? [] : [address.relay]
  })
  return [...new Set(relays)]
}
