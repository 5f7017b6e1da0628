import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../../support/eventually.ts'
import { addressesOf, createWorld, introduce, linkOf, type Person, RELAY } from './world.ts'

const known = (by: Person, whom: Person) => by.network.wanted.find(({ id }) => id === whom.id)?.addresses ?? []

test('contacts learn each other’s direct addresses, strangers only the relayed ones', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  await ada.people.add(await linkOf(bea), '')
  await eventually(() => bea.contact(ada)?.state === 'asks-me')
  assert.deepEqual(bea.book.get(ada.id)?.direct, [])
  assert.deepEqual(bea.book.get(ada.id)?.relayed, addressesOf('Ada').relayed)
  assert.deepEqual(ada.book.get(bea.id)?.givenAddresses, addressesOf('Bea').relayed, 'the link has no direct address')

  await bea.people.accept(ada.id)
  await eventually(() => ada.book.get(bea.id)?.direct.join() === addressesOf('Bea').direct.join())
  await eventually(() => bea.book.get(ada.id)?.direct.join() === addressesOf('Ada').direct.join())
})

test('relay-only for one contact takes my direct address away from that contact and nobody else', async (t) => {
  const world = createWorld(t)
  const [ada, bea, carl] = [await world.person('Ada'), await world.person('Bea'), await world.person('Carl')]
  await introduce(ada, bea)
  await introduce(ada, carl)
  await eventually(() => bea.book.get(ada.id)?.direct.length === 1 && carl.book.get(ada.id)?.direct.length === 1)

  await ada.people.setRelayOnly(bea.id, true)
  assert.equal(ada.book.trust.mayConnectDirectly(bea.id), false)
  assert.equal(ada.book.trust.mayConnectDirectly(carl.id), true)
  await eventually(() => bea.book.get(ada.id)?.direct.length === 0)
  assert.equal(carl.book.get(ada.id)?.direct.length, 1)

  await ada.people.setRelayOnly(bea.id, false)
  await eventually(() => bea.book.get(ada.id)?.direct.length === 1)
})

test('the global relay-only switch takes it away from everybody, and gives it back', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  await introduce(ada, bea)
  await eventually(() => bea.book.get(ada.id)?.direct.length === 1)
  ada.settings = { ...ada.settings, relayOnly: true }
  ada.people.settingsChanged()
  assert.equal(ada.book.trust.mayConnectDirectly(bea.id), false)
  assert.equal(ada.book.trust.mayConnectDirectly('somebody else'), false)
  await eventually(() => bea.book.get(ada.id)?.direct.length === 0)
  ada.settings = { ...ada.settings, relayOnly: false }
  ada.people.settingsChanged()
  await eventually(() => bea.book.get(ada.id)?.direct.length === 1)
})

test('a changed address and a changed name reach contacts at once', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  await introduce(ada, bea)
  ada.network.setOwnAddresses({ relayed: [], direct: ['/ip4/203.0.113.9/tcp/9'] })
  await eventually(() => known(bea, ada).includes('/ip4/203.0.113.9/tcp/9'))
  assert.equal((await ada.people.setName('Ada Byron')).ok, true)
  await eventually(() => bea.contact(ada)?.name === 'Ada Byron')
})

test('a name changed while the contact was away arrives with the next connection', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  await introduce(ada, bea)
  await bea.stop()
  await ada.people.setName('Ada Byron')
  await bea.start()
  await eventually(() => bea.contact(ada)?.name === 'Ada Byron')
})

test('the relay in a link I used, and those of contacts, become candidates of mine', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  world.hub.setDialling(false)
  await ada.people.add(await linkOf(bea), '')
  const fromLink = { id: RELAY, addresses: [`/ip4/192.0.2.1/tcp/4001/p2p/${RELAY}`], source: 'invite' }
  assert.deepEqual(ada.people.relayCandidates(), [fromLink])
  world.hub.setDialling(true)
  await eventually(() => bea.contact(ada)?.state === 'asks-me')
  assert.deepEqual(bea.people.relayCandidates(), [], 'somebody who only asks does not choose my relays')
  await bea.people.accept(ada.id)
  await eventually(() => bea.people.relayCandidates()[0]?.source === 'contact')
  // She knows me by this relay only, so I keep my place there.
  await eventually(() => bea.people.relayCandidates()[0]?.isNeeded === true)
})

test('only contacts may ask for an address record', async (t) => {
  const world = createWorld(t)
  const [ada, mallory] = [await world.person('Ada'), await world.person('Mallory')]
  world.hub.connect(ada.id, mallory.id)
  const stream = await mallory.network.open(ada.id, '/sightline/address/1', { signal: t.signal })
  await assert.rejects(async () => {
    for await (const frame of stream) assert.fail(`got ${frame.length} bytes`)
  })
})
