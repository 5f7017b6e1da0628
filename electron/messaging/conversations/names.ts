import type { PeerId } from '../../../shared/domain/peer.ts'
import type { Storage } from '../../storage/database.ts'
import { decodeBody, KIND, PROFILE_NAME_MAX_BYTES } from './log/body.ts'
import { decodeEntry } from './log/entry.ts'
import type { Writer } from './log/writer.ts'
import type { ConversationPeople } from './people.ts'
import type { ChatList } from './view/chat-list.ts'

interface Options {
  readonly storage: Pick<Storage, 'request'>
  readonly people: ConversationPeople
  readonly self: PeerId
  readonly chats: ChatList
  readonly writer: Writer
  readonly failed: (error: unknown) => void
}

/** Changed names travel as entries of kind `profile`, in conversations that exist already. */
export function createNames({ storage, people, self, chats, writer, failed }: Options) {
  // Who comes new gets my name with the contact request.
  let told = people.name

  async function learn(): Promise<void> {
    const news = await storage.request('conversations.newestUnapplied', { kind: KIND.profile, self })
    for (const { conversation, author, arrival, bytes } of news) {
      const entry = decodeEntry(bytes)
      const body = entry && decodeBody(entry.kind, entry.body)
      if (typeof body === 'object' && body.kind === 'profile') await people.learnName(author, body.name)
      await storage.request('conversations.setApplied', { conversation, arrival })
    }
  }

  async function tell(name: string): Promise<void> {
    const mutuals = new Set(people.mutuals())
    const writing: Promise<unknown>[] = []
    for (const [id, { contact }] of chats.listing.rows())
      if (mutuals.has(contact)) writing.push(writer.write(id, contact, { kind: 'profile', name }))
    await Promise.all(writing)
  }

  return {
    /** Takes over names that contacts told. */
    learn(): void {
      learn().catch(failed)
    },
    /** Tells my name if it is not the one that was told. */
    tell(): void {
      const { name } = people
      if (name === told || name === '' || Buffer.byteLength(name) > PROFILE_NAME_MAX_BYTES) return
      told = name
      tell(name).catch(failed)
    },
  }
}
