import type { Contact } from '../../../shared/domain/contact.ts'
import type { Listing } from '../../../shared/domain/listing.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'

/** What conversations need to know of people, and tell them. */
export interface ConversationPeople {
  readonly contacts: Listing<Pick<Contact, 'id' | 'state'>>
  /** Everybody with whom entries may be exchanged. */
  mutuals(): readonly PeerId[]
  /** Somebody became mutual. */
  onMutual(listener: (peer: PeerId) => void): () => void
  /** My own name: a changed one is told in every conversation. */
  readonly name: string
  /** A contact tells another name. */
  learnName(peer: PeerId, name: string): Promise<void>
  heardFrom(peer: PeerId): void
}

/** May something be written to this person? What is written before they accept waits. */
export function mayWriteTo(people: ConversationPeople, peer: PeerId): boolean {
  if (people.mutuals().includes(peer)) return true
  for (const [id, { state }] of people.contacts.rows()) if (id === peer) return state === 'asked'
  return false
}
