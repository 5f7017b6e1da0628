import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../../support/eventually.ts'
import { addressesOf, createWorld, idOf, introduce, linkOf, RELAY } from './world.ts'

test('a link says who and through whom, and nothing is dialled', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  const preview = ada.people.preview(await linkOf(bea))
  assert.equal(preview.ok && preview.value.name, 'Bea')
  assert.deepEqual(preview.ok && preview.value.relays, [RELAY])
  assert.deepEqual(preview.ok && preview.value.addresses, addressesOf('Bea').relayed)
  assert.equal(preview.ok && preview.value.known, undefined)
  assert.deepEqual(ada.network.wanted, [])
  assert.deepEqual(ada.network.opened, [])
})

test('a contact cannot be added twice, but a request can be repeated with a newer link', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  world.hub.setDialling(false)
  assert.equal((await ada.people.add(await linkOf(bea), '')).ok, true)
  bea.network.setOwnAddresses({ relayed: [], direct: [] })
  assert.equal((await ada.people.add(await linkOf(bea), '')).ok, true)
  assert.equal([...ada.people.contacts.rows()].length, 1)
  world.hub.setDialling(true)
  await introduce(ada, bea)
  const preview = ada.people.preview(bea.id)
  assert.equal(preview.ok && preview.value.known, 'mutual')
  assert.deepEqual(await ada.people.add(bea.id, ''), { ok: false, failure: { code: 'already-contact' } })
})

test('a link holds relay addresses; direct ones only when wanted, and never while relay-only is on', async (t) => {
  const world = createWorld(t)
  const bea = await world.person('Bea')
  bea.network.setOwnAddresses({ relayed: [], direct: addressesOf('Bea').direct })
  const addressesIn = async (withDirect: boolean) => {
    const preview = (await world.person(`Reader ${Math.random()}`)).people.preview(await linkOf(bea, withDirect))
    return preview.ok ? preview.value.addresses : assert.fail(preview.failure.code)
  }
  assert.deepEqual(await addressesIn(false), [])
  assert.deepEqual(await addressesIn(true), addressesOf('Bea').direct)
  bea.settings = { ...bea.settings, relayOnly: true }
  bea.people.settingsChanged()
  assert.deepEqual(await addressesIn(true), [])
  for (const [, invite] of bea.people.invites.rows()) assert.equal(invite.hasDirectAddresses, false)
})

test('a link shown again has the addresses of now, and stays the same invite', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  bea.network.setOwnAddresses({ relayed: [], direct: [] })
  const early = await linkOf(bea)
  let changes = 0
  bea.people.invites.onChange(() => changes++)
  bea.network.setOwnAddresses(addressesOf('Bea'))
  await eventually(() => changes > 0)
  const [row] = [...bea.people.invites.rows()].map(([, invite]) => invite)
  assert.deepEqual(row?.relays, [RELAY])
  assert.notEqual(row?.link, early)
  await ada.people.add(early, '')
  await eventually(() => bea.contact(ada)?.usedInviteOf === row?.createdAt)
})

test('invites survive a restart', async (t) => {
  const world = createWorld(t)
  const bea = await world.person('Bea')
  await linkOf(bea)
  const before = [...bea.people.invites.rows()]
  await bea.stop()
  await bea.start()
  assert.deepEqual([...bea.people.invites.rows()], before)
})

test('a note over 200 characters is refused with its limit, not cut', async (t) => {
  const world = createWorld(t)
  const ada = await world.person('Ada')
  const failed = await ada.people.add(idOf('Bea'), 'é'.repeat(201))
  assert.deepEqual(failed, { ok: false, failure: { code: 'too-long', detail: { limit: 200, unit: 'characters' } } })
  assert.equal((await ada.people.add(idOf('Bea'), '👩‍🚀'.repeat(200))).ok, true)
})

test('a name I give is shown instead and can be taken away; marks and switches are kept', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  await introduce(ada, bea)
  await ada.people.rename(bea.id, ' Bea from work ')
  await ada.people.setVerified(bea.id, true)
  await ada.people.setRelayOnly(bea.id, true)
  await ada.stop()
  await ada.start()
  const kept = ada.contact(bea)
  assert.deepEqual([kept?.givenName, kept?.isVerified, kept?.isRelayOnly], ['Bea from work', true, true])
  await ada.people.rename(bea.id, '')
  assert.equal(ada.contact(bea)?.givenName, undefined)
  assert.deepEqual(await ada.people.rename('nobody', 'x'), { ok: false, failure: { code: 'not-found' } })
})

test('what makes no sense is refused, not done', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  const none = { ok: false, failure: { code: 'not-found' } }
  assert.deepEqual(await ada.people.accept(bea.id), none)
  assert.deepEqual(await ada.people.ignore(bea.id), none)
  assert.deepEqual(await ada.people.unblock(bea.id), none)
  assert.deepEqual(await ada.people.block('nobody'), none)
  assert.deepEqual(await ada.people.block(ada.id), none)
  assert.deepEqual(await ada.people.ask('nobody', ''), none)
  assert.deepEqual(await ada.people.ask(ada.id, ''), { ok: false, failure: { code: 'invite-own' } })
  assert.deepEqual(ada.people.safetyNumber('nobody'), none)
  const [mine, theirs] = [ada.people.safetyNumber(bea.id), bea.people.safetyNumber(ada.id)]
  assert.deepEqual(mine, theirs)
  assert.equal(mine.ok && mine.value.digits.length, 60)
})

test('somebody who calls herself like a contact carries a warning', async (t) => {
  const world = createWorld(t)
  const [ada, bea, fake] = [await world.person('Ada'), await world.person('Bea'), await world.person('Веа')]
  await introduce(ada, bea)
  await fake.people.add(await linkOf(ada), '')
  await eventually(() => ada.contact(fake)?.looksLike === 'Bea')
  assert.equal(ada.contact(bea)?.looksLike, undefined)
})
