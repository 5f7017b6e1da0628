import type { TestContext } from 'node:test'
import {
  type Conversations,
  type ConversationsOptions,
  createConversations,
} from '../../electron/messaging/conversations/conversations.ts'
import type { ConversationPeople } from '../../electron/messaging/conversations/people.ts'
import { peerIdOfSeed } from '../../electron/messaging/wire/signing.ts'
import type { Storage, StorageOptions } from '../../electron/storage/database.ts'
import type { MessagesChanged } from '../../shared/contract/events.ts'
import type { ContactState } from '../../shared/domain/contact.ts'
import type { ConversationId, Message } from '../../shared/domain/message.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import type { FakeHub, FakeNetwork } from './fake-network.ts'
import { temporaryStorage } from './storage.ts'

/** Whom somebody knows, as the test says. */
export interface FakePeople extends ConversationPeople {
  name: string
  set(peer: PeerId, state: ContactState): void
  readonly learned: readonly (readonly [PeerId, string])[]
  changed(): void
}

export function createFakePeople(): FakePeople {
  const states = new Map<PeerId, ContactState>()
  const mutualListeners = new Set<(peer: PeerId) => void>()
  const listeners = new Set<() => void>()
  const learned: [PeerId, string][] = []
  const people: FakePeople = {
    name: '',
    learned,
    contacts: {
      rows: () => [...states].map(([id, state]) => [id, { id, state }] as const),
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    mutuals: () => [...states].filter(([, state]) => state === 'mutual').map(([id]) => id),
    onMutual(listener) {
      mutualListeners.add(listener)
      return () => mutualListeners.delete(listener)
    },
    async learnName(peer, name) {
      learned.push([peer, name])
    },
    heardFrom() {},
    changed() {
      for (const listener of [...listeners]) listener()
    },
    set(peer, state) {
      states.set(peer, state)
      people.changed()
      if (state === 'mutual') for (const listener of [...mutualListeners]) listener(peer)
    },
  }
  return people
}

/** Somebody with a database, a network and conversations. */
export interface Converser {
  readonly id: PeerId
  readonly seed: Uint8Array
  readonly network: FakeNetwork
  readonly people: FakePeople
  readonly storage: Storage
  readonly conversations: Conversations
  readonly settings: { tellRead: boolean; tellTyping: boolean }
  readonly logged: readonly string[]
  /** The conversation with somebody, opened. */
  with(other: PeerId): Promise<ConversationId>
  say(other: PeerId, text: string): Promise<string>
  messages(other: PeerId): Promise<readonly Message[]>
  texts(other: PeerId): Promise<readonly string[]>
  heard(other: PeerId): Promise<readonly MessagesChanged[]>
}

export const seedOf = (number: number): Uint8Array => new Uint8Array(32).fill(number)

interface Options {
  readonly storage?: Storage
  readonly storageOptions?: Partial<StorageOptions>
  readonly options?: Partial<ConversationsOptions>
}

/** Makes somebody whose identity is this number, and starts network and conversations. */
export async function converser(
  test: TestContext,
  hub: FakeHub,
  number: number,
  { storage: given, storageOptions, options }: Options = {},
): Promise<Converser> {
  const seed = seedOf(number)
  const id = peerIdOfSeed(seed)
  const storage = given ?? (await temporaryStorage(test, storageOptions))
  if (!(await storage.request('profile.read')))
    await storage.request('profile.create', { seed, instance: seedOf(number).slice(16), name: '', createdAt: 1 })
  const network = hub.join(id)
  const people = createFakePeople()
  const settings = { tellRead: true, tellTyping: true }
  const logged: string[] = []
  const conversations = await createConversations({
    ...{ network, storage, seed, people, settings: () => settings },
    log: (event, fields) => logged.push(`${event} ${JSON.stringify(fields ?? {})}`),
    ...options,
  })
  await conversations.start()
  await network.start()
  test.after(async () => {
    await conversations.stop()
    await network.stop()
  })

  const open = async (other: PeerId) => {
    const opened = await conversations.open({ contact: other })
    if (!opened.ok) throw new Error(opened.failure.code)
    return opened.value.conversation
  }
  const messages = async (other: PeerId) => {
    const page = await conversations.history({ conversation: await open(other), limit: 200 })
    if (!page.ok) throw new Error(page.failure.code)
    return page.value.messages
  }
  return {
    ...{ id, seed, network, people, storage, conversations, settings, logged, messages },
    with: open,
    async say(other, text) {
      const sent = await conversations.send({ conversation: await open(other), text })
      if (!sent.ok) throw new Error(sent.failure.code)
      return sent.value.message
    },
    texts: async (other) =>
      (await messages(other)).map(({ body }) => (body.kind === 'text' ? body.text : `(${body.kind})`)),
    async heard(other) {
      const changes: MessagesChanged[] = []
      test.after(conversations.hear(await open(other), (change) => changes.push(change)))
      return changes
    },
  }
}

/** Makes both know each other. */
export function befriend(a: Converser, b: Converser): void {
  a.people.set(b.id, 'mutual')
  b.people.set(a.id, 'mutual')
}
