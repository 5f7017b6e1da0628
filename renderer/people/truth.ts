import type { Self } from '../../shared/contract/views.ts'
import type { Invite, InvitePreview } from '../../shared/domain/contact.ts'
import type { PeerId } from '../../shared/domain/peer.ts'

/** Who can really reach me through a link, as far as it was observed. */
export type Truth =
  | { readonly kind: 'relay'; readonly relays: readonly PeerId[] }
  | { readonly kind: 'direct' | 'nearby' | 'nobody' | 'unknown' }

/** Holds a link of mine against how I can be reached now: a link is only as good as the addresses in it. */
export function truthOf(
  invite: Pick<Invite, 'relays' | 'hasDirectAddresses'> | undefined,
  self: Self | undefined,
): Truth {
  if (invite === undefined || self === undefined) return { kind: 'unknown' }
  const holding = self.reachableThrough.map(({ relay }) => relay)
  const relays = invite.relays.filter((relay) => holding.includes(relay))
  if (relays.length > 0) return { kind: 'relay', relays }
  const { kind } = self.reach.line
  if (kind === 'unknown') return { kind: 'unknown' }
  if (invite.hasDirectAddresses && kind === 'direct') return { kind: 'direct' }
  if (invite.hasDirectAddresses && kind === 'lan') return { kind: 'nearby' }
  return { kind: 'nobody' }
}

/** Whether another link would hold a relay that keeps a place for me, where this one holds none of them. */
export function isOutdated(invite: Pick<Invite, 'relays'> | undefined, self: Self): boolean {
  if (invite === undefined) return true
  const holding = self.reachableThrough.map(({ relay }) => relay)
  return holding.length > 0 && !invite.relays.some((relay) => holding.includes(relay))
}

/** The addresses of the relays a link passes through. */
export function relayAddressesIn(preview: Pick<InvitePreview, 'addresses'>): readonly string[] {
  const relays = preview.addresses.flatMap((address) => {
    const circuit = address.indexOf('/p2p-circuit')
    return circuit > 0 ? [address.slice(0, circuit)] : []
  })
  return [...new Set(relays)]
}

/** Whether a link holds an address that is called without a relay. */
export const hasAddressOfTheirs = ({ addresses }: Pick<InvitePreview, 'addresses'>): boolean =>
  addresses.some((address) => !address.includes('/p2p-circuit'))

/** Where a preview's request would go first. */
export function wayTo(preview: Pick<InvitePreview, 'addresses' | 'relays'>): 'relay' | 'direct' | 'nothing' {
  if (preview.relays.length > 0 || relayAddressesIn(preview).length > 0) return 'relay'
  return preview.addresses.length > 0 ? 'direct' : 'nothing'
}
