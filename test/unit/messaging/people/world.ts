import { createHash } from 'node:crypto'
import type { TestContext } from 'node:test'
import { type Book, openBook } from '../../../../electron/messaging/people/book.ts'
import { createPeople, type People } from '../../../../electron/messaging/people/people.ts'
import { peerIdOfSeed } from '../../../../electron/messaging/wire/signing.ts'
import type { Storage } from '../../../../electron/storage/database.ts'
import type { Contact } from '../../../../shared/domain/contact.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../../../shared/domain/settings.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeHub, type FakeHub, type FakeNetwork } from '../../../support/fake-network.ts'
import { temporaryStorage } from '../../../support/storage.ts'

/** One person with a database of its own, who can be switched off and on again. */
export interface Person {
  readonly id: PeerId
  readonly seed: Uint8Array
  readonly storage: Storage
  settings: Settings
  /** Of the present run. */
  readonly people: People
  readonly network: FakeNetwork
  readonly book: Book
  /** Peers told to `onMutual`, in order, over all runs. */
  readonly mutuals: PeerId[]
  contact(other: Person): Contact | undefined
  start(): Promise<void>
  stop(): Promise<void>
}

export interface World {
  readonly hub: FakeHub
  /** Somebody who runs. */
  person(name: string, settings?: Partial<Settings>): Promise<Person>
}

export function createWorld(test: TestContext): World {
  const hub = createFakeHub()
  const running = new Set<Person>()
  // Registered before any database: everybody stops first.
  test.after(() => Promise.all([...running].map((person) => person.stop())))
  return {
    hub,
    async person(name, settings = {}) {
      const seed = seedOf(name)
      const storage = await temporaryStorage(test)
      await storage.request('profile.create', { seed, instance: new Uint8Array(16), name, createdAt: 1 })
      const person = createPerson(hub, name, seed, storage, { ...DEFAULT_SETTINGS, ...settings }, running)
      await person.start()
      return person
    },
  }
}

export const seedOf = (name: string) => Uint8Array.from(createHash('sha256').update(name).digest())
export const idOf = (name: string) => peerIdOfSeed(seedOf(name))

function createPerson(
  hub: FakeHub,
  name: string,
  seed: Uint8Array,
  storage: Storage,
  settings: Settings,
  running: Set<Person>,
): Person {
  let now: { people: People; network: FakeNetwork; book: Book } | undefined
  const present = () => {
    if (now === undefined) throw new Error(`${name} is not running`)
    return now
  }
  const person: Person = {
    id: peerIdOfSeed(seed),
    seed,
    storage,
    settings,
    mutuals: [],
    get people() {
      return present().people
    },
    get network() {
      return present().network
    },
    get book() {
      return present().book
    },
    contact: (other) => new Map(present().people.contacts.rows()).get(other.id),
    async start() {
      const book = await openBook(storage, () => person.settings)
      const network = hub.join(person.id, book.trust)
      network.setOwnAddresses(addressesOf(name))
      const own = (await storage.request('profile.read'))?.name ?? ''
      const people = await createPeople({ book, network, storage, seed, name: own, settings: () => person.settings })
      people.onMutual((peer) => person.mutuals.push(peer))
      now = { people, network, book }
      running.add(person)
      await people.start()
      await network.start()
    },
    async stop() {
      if (!running.delete(person)) return
      await present().people.stop()
      await present().network.stop()
    },
  }
  return person
}

/** Everybody has an address of their own on the same relay. */
export const RELAY = idOf('relay')
export const addressesOf = (name: string) => ({
  relayed: [`/ip4/192.0.2.1/tcp/4001/p2p/${RELAY}/p2p-circuit`],
  direct: [`/ip4/198.51.100.${seedOf(name)[0]}/tcp/4002`],
})

/** The link of a new invite. */
export async function linkOf(person: Person, withDirectAddresses = false): Promise<string> {
  const invite = await person.people.createInvite(withDirectAddresses)
  if (!invite.ok) throw new Error(invite.failure.code)
  return invite.value.link
}

/** Makes two people contacts, as they would do it themselves. */
export async function introduce(a: Person, b: Person): Promise<void> {
  await a.people.add(await linkOf(b), '')
  await eventually(() => b.contact(a)?.state === 'asks-me')
  await b.people.accept(a.id)
  await eventually(() => a.mutuals.includes(b.id) && b.mutuals.includes(a.id))
}
