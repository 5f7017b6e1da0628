import { encodeInvite } from '../../../electron/messaging/people/links/invite.ts'
import { peerIdOfSeed } from '../../../electron/messaging/wire/signing.ts'

/** The link of somebody who is nowhere. */
export function linkOf(name: string): string {
  const seed = new Uint8Array(32).fill(7)
  const content = { owner: peerIdOfSeed(seed), name, createdAt: Date.now(), addresses: [], token: new Uint8Array(16) }
  return encodeInvite(content, seed)
}
