import { type Failure, failure } from '../../shared/contract/failures.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { readAddress } from '../network/addresses/address.ts'
import type { KnownRelay } from '../network/network.ts'
import type { Storage } from '../storage/database.ts'
import type { StoredRelay } from '../storage/tables/relays.ts'

/** More than anybody runs or needs; a page gone wrong must not fill the list. */
const RELAYS_MAX = 32

/** The relays entered by hand, in memory and on disk, together with those that people I know bring along. */
export interface RelayBook {
  /** Every relay we may ask for a place, those entered by hand first. */
  known(): KnownRelay[]
  /** Takes a multiaddr that ends with the relay's id; a relayed address is taken as the address of the relay in it. */
  add(address: string): Promise<Result<{ relay: PeerId }, Failure>>
  remove(id: PeerId): Promise<Result<null, Failure>>
}

export async function openRelays({
  storage,
  candidates,
  onChange,
  now = () => Date.now(),
}: {
  readonly storage: Pick<Storage, 'request'>
  /** Relays of contacts and of the links I used. */
  readonly candidates: () => readonly KnownRelay[]
  readonly onChange: () => void
  readonly now?: () => number
}): Promise<RelayBook> {
  const entered = new Map((await storage.request('relays.list')).map((relay) => [relay.id, relay]))
  return {
    known: () => mergeRelays([...entered.values()], candidates()),
    async add(address) {
      const read = readRelayAddress(address)
      if (!read.ok) return read
      const { id, text } = read.value
      const before = entered.get(id)
      if (before === undefined && entered.size >= RELAYS_MAX) return err(failure('too-many', { limit: RELAYS_MAX }))
      const relay: StoredRelay = {
        id,
        source: 'entered',
        addedAt: before?.addedAt ?? now(),
        ...(before?.name === undefined ? {} : { name: before.name }),
        // What was typed last is what the person believes in now.
        addresses: [...new Set([text, ...(before?.addresses ?? [])])],
      }
      await storage.request('relays.put', relay)
      entered.set(id, relay)
      onChange()
      return ok({ relay: id })
    },
    async remove(id) {
      if (!(await storage.request('relays.remove', id))) {
        // It comes with a person: as long as we know them, their relay is a way to them.
        const isBrought = candidates().some((relay) => relay.id === id)
        return err(isBrought ? failure('not-allowed', { because: 'relay of a contact' }) : failure('not-found'))
      }
      entered.delete(id)
      onChange()
      return ok(null)
    },
  }
}

/** Reads what was typed as the address of a relay. */
export function readRelayAddress(typed: string): Result<{ readonly id: PeerId; readonly text: string }, Failure> {
  const address = readAddress(typed.trim())
  if (address === 'invalid') return err(failure('address-invalid'))
  if (address === 'refused') return err(failure('address-refused'))
  if (address.isRelayed) {
    return address.relay !== undefined && address.relayAddress !== undefined
      ? ok({ id: address.relay, text: address.relayAddress })
      : err(failure('address-invalid'))
  }
  // Without its id anybody could answer in the relay's place.
  return address.peer === undefined
    ? err(failure('address-invalid', { missing: 'relay id' }))
    : ok({ id: address.peer, text: address.text })
}

/** One list of relays: those entered by hand, then those that come with people; of one relay all addresses. */
export function mergeRelays(entered: readonly StoredRelay[], candidates: readonly KnownRelay[]): KnownRelay[] {
  const brought = new Map(candidates.map((relay) => [relay.id, relay]))
  const own = entered.map(({ id, name, addresses, source }): KnownRelay => {
    const other = brought.get(id)
    brought.delete(id)
    return {
      id,
      source,
      addresses: [...new Set([...addresses, ...(other?.addresses ?? [])])],
      ...(other === undefined ? {} : { entered: addresses }),
      ...(name === undefined ? {} : { name }),
      ...(other?.isNeeded ? { isNeeded: true } : {}),
    }
  })
  return [...own, ...brought.values()]
}
