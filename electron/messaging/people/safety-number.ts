import { createHash } from 'node:crypto'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { publicKeyOf } from '../wire/peer-id.ts'

const GROUPS = 12
const DIGITS_PER_GROUP = 5
const BYTES_PER_GROUP = 5

/**
 * Sixty digits that two people compare to know that nobody stands between them; the same for both.
 * SHA-512 over `"sightline:safety:1" ‖ 0x00 ‖ smaller key ‖ larger key` (public keys in byte order); its first 60 bytes
 * are read as 12 big-endian numbers of 5 bytes, of each the remainder by 100,000 makes 5 digits. To stand in the middle
 * unnoticed takes two keys whose numbers for both sides agree: about 2^99 attempts.
 */
export function safetyNumber(one: PeerId, other: PeerId): string {
  const keys = [one, other].map((peer) => {
    const key = publicKeyOf(peer)
    if (!key) throw new RangeError('not an Ed25519 peer id')
    return key
  })
  const hash = createHash('sha512').update('sightline:safety:1\0')
  for (const key of keys.sort(Buffer.compare)) hash.update(key)
  const digest = hash.digest()
  let digits = ''
  for (let group = 0; group < GROUPS; group++) {
    const number = digest.readUIntBE(group * BYTES_PER_GROUP, BYTES_PER_GROUP) % 10 ** DIGITS_PER_GROUP
    digits += String(number).padStart(DIGITS_PER_GROUP, '0')
  }
  return digits
}
