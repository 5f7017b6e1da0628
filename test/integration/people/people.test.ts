import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { type Book, openBook } from '../../../electron/messaging/people/book.ts'
import { createPeople, type People } from '../../../electron/messaging/people/people.ts'
import { createNetwork } from '../../../electron/network/create-network.ts'
import type { KnownRelay, Network } from '../../../electron/network/network.ts'
import type { Storage } from '../../../electron/storage/database.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/domain/settings.ts'
import { eventually } from '../../support/eventually.ts'
import { temporaryStorage } from '../../support/storage.ts'
import { startPlainRelay } from '../network/plain-relay.ts'

interface Person {
  readonly id: string
  readonly people: People
  readonly book: Book
  readonly network: Network
  settings: Settings
  stop(): Promise<void>
}

/** Somebody with a real network on loopback. Mutual contacts count what `onMutual` told in `mutuals`. */
async function run(t: TestContext, storage: Storage, seed: Uint8Array, relays: readonly KnownRelay[]): Promise<Person> {
  let settings: Settings = DEFAULT_SETTINGS
  const book = await openBook(storage, () => settings)
  const network = createNetwork({
    seed,
    trust: book.trust,
    settings: { mdns: false, portMapping: false, announce: false },
    listen: { host: '127.0.0.1' },
  })
  const name = (await storage.request('profile.read'))?.name ?? ''
  const people = await createPeople({ book, network, storage, seed, name, settings: () => settings })
  const setRelays = () => network.setRelays([...relays, ...people.relayCandidates()])
  people.onRelayCandidates(setRelays)
  await people.start()
  setRelays()
  await network.start()
  let isStopped = false
  const person = {
    ...{ id: network.self, people, book, network },
    get settings() {
      return settings
    },
    set settings(next) {
      settings = next
      people.settingsChanged()
    },
    async stop() {
      if (isStopped) return
      isStopped = true
      await people.stop()
      await network.stop()
    },
  }
  t.after(() => person.stop())
  return person
}

async function profile(t: TestContext, name: string) {
  const seed = Uint8Array.from(randomBytes(32))
  const storage = await temporaryStorage(t)
  await storage.request('profile.create', { seed, instance: new Uint8Array(16), name, createdAt: 1 })
  return { run: (relays: readonly KnownRelay[] = []) => run(t, storage, seed, relays) }
}

const line = (from: Person, to: Person) => from.network.path(to.id).line.kind
const state = (of: Person, to: Person) => of.book.get(to.id)?.state

async function linkWithRelay(person: Person): Promise<string> {
  await eventually(() => person.network.ownAddresses().relayed.length > 0)
  const invite = await person.people.createInvite(false)
  return invite.ok ? invite.value.link : assert.fail(invite.failure.code)
}

test('a link with a relay in it is enough for two who never met; strangers stay on the relay, contacts get direct', async (t) => {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const bea = await (await profile(t, 'Bea')).run([relay.known])
  const ada = await (await profile(t, 'Ada')).run()

  const link = await linkWithRelay(bea)
  assert.equal((await ada.people.add(link, 'Hello')).ok, true)
  await eventually(() => state(bea, ada) === 'asks-me')
  assert.equal(line(bea, ada), 'relayed')
  assert.deepEqual(bea.book.get(ada.id)?.direct, [])

  await bea.people.accept(ada.id)
  await eventually(() => state(ada, bea) === 'mutual')
  await eventually(() => ada.book.get(bea.id)?.direct.length !== 0 && bea.book.get(ada.id)?.direct.length !== 0)
  await eventually(() => line(ada, bea) === 'lan' && line(bea, ada) === 'lan')
  // Her relay is now one of mine, too.
  await eventually(() => ada.network.ownAddresses().relayed.length > 0)

  ada.settings = { ...ada.settings, relayOnly: true }
  await eventually(() => line(ada, bea) === 'relayed' && line(bea, ada) === 'relayed')
  await eventually(() => bea.book.get(ada.id)?.direct.length === 0)
  ada.settings = { ...ada.settings, relayOnly: false }
  await eventually(() => line(ada, bea) === 'lan', { withinMs: 10_000 })
})

test('two who are never there together until both have decided become contacts', async (t) => {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const [adasProfile, beasProfile] = [await profile(t, 'Ada'), await profile(t, 'Bea')]
  let bea = await beasProfile.run([relay.known])
  const link = await linkWithRelay(bea)
  await bea.stop()

  let ada = await adasProfile.run([relay.known])
  await ada.people.add(link, '')
  bea = await beasProfile.run([relay.known])
  await eventually(() => state(bea, ada) === 'asks-me')
  await ada.stop()
  await bea.people.accept(ada.id)
  assert.equal(state(bea, ada), 'mutual')

  ada = await adasProfile.run([relay.known])
  await eventually(() => state(ada, bea) === 'mutual')
  assert.equal(bea.book.get(ada.id)?.isConfirmed, true)
})

test('a bare direct address that was typed is enough, on the local network too, while relay-only is off', async (t) => {
  const bea = await (await profile(t, 'Bea')).run()
  const ada = await (await profile(t, 'Ada')).run()
  const [direct] = bea.network.ownAddresses().direct
  const typed = `${direct ?? assert.fail('Bea listens nowhere')}/p2p/${bea.id}`

  assert.equal((await ada.people.add(typed, 'Hello')).ok, true)
  await eventually(() => state(bea, ada) === 'asks-me')
  assert.equal(line(ada, bea), 'lan')
  await bea.people.accept(ada.id)
  await eventually(() => state(ada, bea) === 'mutual')
})
