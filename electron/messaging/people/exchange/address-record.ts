import type { PeerId } from '../../../../shared/domain/peer.ts'
import { addressBytes, readAddressBytes } from '../../../network/addresses/address.ts'
import { PUBLIC_KEY_BYTES, peerIdOf, publicKeyOf } from '../../wire/peer-id.ts'
import { sign, verify } from '../../wire/signing.ts'
import { AddressRecord as RecordFrame, SignedAddressRecord } from './address.pb.js'

export const RECORD_MAX_RELAYED = 8
export const RECORD_MAX_DIRECT = 16
/** 24 addresses of the longest kind, and room for what later versions add. */
export const RECORD_MAX_BYTES = 8 * 1024

/** Where somebody can be reached, in that person's own signed words. */
export interface AddressRecord {
  readonly owner: PeerId
  /** Rises with every record; of two the larger counts. */
  readonly number: number
  /** `/…/p2p/<relay>/p2p-circuit`, best first. */
  readonly relayed: readonly string[]
  /** Empty where the owner wants relayed connections only. */
  readonly direct: readonly string[]
}

/** Signs a record. Addresses over the limits are left out. */
export function encodeRecord(record: AddressRecord, seed: Uint8Array): Uint8Array<ArrayBuffer> {
  const owner = publicKeyOf(record.owner)
  if (!owner) throw new RangeError('an address record needs an owner')
  const binary = (addresses: readonly string[], most: number) => addresses.slice(0, most).map(addressBytes)
  const bytes = RecordFrame.encode({
    owner,
    number: record.number,
    relayed: binary(record.relayed, RECORD_MAX_RELAYED),
    direct: binary(record.direct, RECORD_MAX_DIRECT),
  })
  return SignedAddressRecord.encode({ record: bytes, signature: sign('address', bytes, seed) })
}

/** Reads a record that `owner` should have signed; nothing when it did not, or when it cannot be read. */
export function decodeRecord(signed: Uint8Array, owner: PeerId): AddressRecord | undefined {
  if (signed.length > RECORD_MAX_BYTES) return undefined
  try {
    const { record, signature } = SignedAddressRecord.decode(signed)
    if (!verify('address', record, signature, owner)) return undefined
    const frame = RecordFrame.decode(record)
    if (frame.owner.length !== PUBLIC_KEY_BYTES || peerIdOf(frame.owner) !== owner) return undefined
    if (!Number.isSafeInteger(frame.number) || frame.number < 1) return undefined
    return {
      owner,
      number: frame.number,
      relayed: readAddresses(frame.relayed, owner, true),
      direct: readAddresses(frame.direct, owner, false),
    }
  } catch {
    return undefined
  }
}

// What is not an address we dial, leads to somebody else or stands in the wrong list is left out.
function readAddresses(addresses: readonly Uint8Array[], owner: PeerId, isRelayed: boolean): string[] {
  return addresses.flatMap((bytes) => {
    const address = readAddressBytes(bytes)
    if (typeof address === 'string' || address.isRelayed !== isRelayed) return []
    if (address.peer !== undefined && address.peer !== owner) return []
    return [address.without]
  })
}
