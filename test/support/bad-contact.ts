import type { TestContext } from 'node:test'
import { decodeFrame, encodeFrame, type Frame } from '../../electron/messaging/conversations/sync/frames.ts'
import { SYNC_PROTOCOL } from '../../electron/messaging/conversations/sync/sessions.ts'
import { openBook } from '../../electron/messaging/people/book.ts'
import { createPeople } from '../../electron/messaging/people/people.ts'
import { createNetwork } from '../../electron/network/create-network.ts'
import { DEFAULT_SETTINGS } from '../../shared/domain/settings.ts'
import { seedOf } from './conversers.ts'
import { eventually } from './eventually.ts'
import { temporaryStorage } from './storage.ts'

/** A contact with a real network who behaves until the first message, and then says whatever the test wants. */
export interface BadContact {
  readonly id: string
  /** Asks the owner of a link to be a contact, and resolves when both are. */
  befriend(link: string): Promise<void>
  /** Opens a conversation stream and greets as everybody does; what is said after that is the test's. */
  talk(to: string): Promise<{ readonly heard: readonly Frame[]; say(frame: Frame): Promise<void> }>
}

/** Starts one on loopback, whose identity is this number; stopped with the test. */
export async function startBadContact(
  t: TestContext,
  number: number,
  { name }: { readonly name: string },
): Promise<BadContact> {
  const seed = seedOf(number)
  const storage = await temporaryStorage(t)
  await storage.request('profile.create', { seed, instance: new Uint8Array(16), name, createdAt: 1 })
  const settings = () => ({ ...DEFAULT_SETTINGS, relayOnly: true })
  const book = await openBook(storage, settings)
  const network = createNetwork({
    ...{ seed, trust: book.trust, listen: { host: '127.0.0.1' } },
    settings: { mdns: false, portMapping: false, announce: false },
  })
  const people = await createPeople({ book, network, storage, seed, name, settings })
  people.onRelayCandidates(() => network.setRelays(people.relayCandidates()))
  // Streams of the other side are taken, and stay unanswered.
  await network.handle(SYNC_PROTOCOL, 'contacts', () => undefined)
  await people.start()
  await network.start()
  t.after(async () => {
    await people.stop()
    await network.stop()
  })
  return {
    id: network.self,
    async befriend(link) {
      const added = await people.add(link, '')
      if (!added.ok) throw new Error(added.failure.code)
      await eventually(() => book.get(added.value.contact)?.state === 'mutual', { what: 'an accepted request' })
    },
    async talk(to) {
      const stream = await network.open(to, SYNC_PROTOCOL, { signal: AbortSignal.timeout(5_000) })
      const heard: Frame[] = []
      // It ends with the network.
      void (async () => {
        for await (const bytes of stream) heard.push(...(decodeFrame(bytes) ?? []))
      })().catch(() => undefined)
      const say = (frame: Frame) => stream.send(encodeFrame(frame))
      await say({ say: 'hello', turn: 1 })
      await say({ say: 'vector', rows: [], isComplete: true, isRewind: false })
      return { heard, say }
    },
  }
}
