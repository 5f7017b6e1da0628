import { createHash, randomBytes } from 'node:crypto'
import { type Failure, failure } from '../../../../shared/contract/failures.ts'
import type { Invite } from '../../../../shared/domain/contact.ts'
import { INVITE_MAX_ADDRESSES } from '../../../../shared/domain/limits.ts'
import type { Listing } from '../../../../shared/domain/listing.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { Network } from '../../../network/network.ts'
import type { Storage } from '../../../storage/database.ts'
import type { StoredInvite } from '../../../storage/tables/invites.ts'
import { isSameBytes } from '../../wire/bytes.ts'
import { encodeHex } from '../../wire/hex.ts'
import { createSignal } from '../signal.ts'
import { encodeInvite, INVITE_TOKEN_BYTES } from './invite.ts'
import { relaysIn } from './link.ts'

/** Links one person may have given out. Withdrawn ones count: their tokens must stay known. */
export const INVITES_MAX = 500

/** The links I gave out. */
export interface OwnInvites {
  readonly listing: Listing<Invite>
  create(withDirectAddresses: boolean): Promise<Result<Invite, Failure>>
  withdraw(id: string): Promise<Result<null, Failure>>
  /** By the token somebody presents, withdrawn or not. */
  byToken(token: Uint8Array): StoredInvite | undefined
  byId(id: string): StoredInvite | undefined
  /** My name, addresses, the relay-only switch or somebody who came with a link changed: rows read differently now. */
  review(): void
}

export interface OwnInvitesOptions {
  readonly network: Pick<Network, 'self' | 'ownAddresses' | 'report'>
  readonly storage: Pick<Storage, 'request'>
  readonly seed: Uint8Array
  readonly name: () => string
  readonly isRelayOnly: () => boolean
  /** How many people came with this one. */
  readonly usesOf: (id: string) => number
  readonly now: () => number
}

/** Reads them from the database. */
export async function openInvites(options: OwnInvitesOptions): Promise<OwnInvites> {
  const { network, storage, seed, name, isRelayOnly, usesOf, now } = options
  const invites = new Map((await storage.request('invites.list')).map((invite) => [invite.id, invite]))
  const change = createSignal()

  async function put(invite: StoredInvite): Promise<void> {
    await storage.request('invites.put', invite)
    invites.set(invite.id, invite)
    change.tell()
  }

  // The text is made anew from where I can be reached now, so a link copied today never has yesterday's relay in it.
  // Copies made earlier stay as good as their addresses: owner and token are the same.
  const links = new Map<string, { readonly madeOf: string; readonly link: string }>()
  function linkOf({ id, token, createdAt }: StoredInvite, addresses: readonly string[]): string {
    const madeOf = JSON.stringify([name(), addresses])
    const made = links.get(id)
    if (made?.madeOf === madeOf) return made.link
    const link = encodeInvite({ owner: network.self, name: name(), createdAt, addresses, token }, seed)
    links.set(id, { madeOf, link })
    return link
  }

  function shown(invite: StoredInvite): Invite {
    const addresses = addressesFor(invite.hasDirectAddresses && !isRelayOnly(), network)
    return {
      id: invite.id,
      link: linkOf(invite, addresses),
      createdAt: invite.createdAt,
      used: usesOf(invite.id),
      isWithdrawn: invite.isWithdrawn,
      hasDirectAddresses: addresses.some((address) => relaysIn([address]).length === 0),
      relays: relaysIn(addresses),
    }
  }

  return {
    listing: {
      *rows() {
        for (const invite of invites.values()) yield [invite.id, shown(invite)]
      },
      onChange: change.listen,
    },
    async create(hasDirectAddresses) {
      if (invites.size >= INVITES_MAX) return err(failure('too-many', { limit: INVITES_MAX }))
      const token = Uint8Array.from(randomBytes(INVITE_TOKEN_BYTES))
      // The id goes to the window and into logs; the token is a secret of the link.
      const id = encodeHex(createHash('sha256').update(token).digest().subarray(0, 8))
      const invite = { id, token, createdAt: now(), hasDirectAddresses, isWithdrawn: false }
      await put(invite)
      return ok(shown(invite))
    },
    async withdraw(id) {
      const invite = invites.get(id)
      if (invite === undefined) return err(failure('not-found'))
      if (!invite.isWithdrawn) await put({ ...invite, isWithdrawn: true })
      return ok(null)
    },
    byToken: (token) => [...invites.values()].find((invite) => isSameBytes(invite.token, token)),
    byId: (id) => invites.get(id),
    review: change.tell,
  }
}

/** Relays first; direct addresses only with consent, and only those that somebody else has verified. */
function addressesFor(mayHaveDirect: boolean, network: Pick<Network, 'ownAddresses' | 'report'>): string[] {
  const { relayed, direct } = network.ownAddresses()
  if (!mayHaveDirect) return relayed.slice(0, INVITE_MAX_ADDRESSES)
  const verified = new Set(
    network.report().addresses.flatMap(({ address, evidence }) => (evidence === 'verified' ? [address] : [])),
  )
  const sure = direct.filter((address) => verified.has(address))
  // Nothing else leads here: then an address of the local network is better than none.
  const own = relayed.length + sure.length === 0 ? direct : sure
  // One place is kept for a relay and one for a direct address; the rest goes to relays first.
  const relays = relayed.slice(0, INVITE_MAX_ADDRESSES - Math.min(own.length, 1))
  return [...relays, ...own].slice(0, INVITE_MAX_ADDRESSES)
}
