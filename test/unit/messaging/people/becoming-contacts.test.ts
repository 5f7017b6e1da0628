import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CONTACT_PROTOCOL } from '../../../../electron/messaging/people/exchange/contact-protocol.ts'
import { eventually } from '../../../support/eventually.ts'
import { createWorld, introduce, linkOf } from './world.ts'

test('a request with a link shows the note and the link, and accepting makes both contacts', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  const link = await linkOf(bea)
  assert.deepEqual(await ada.people.add(link, ' Hello from the library '), { ok: true, value: { contact: bea.id } })
  assert.equal(ada.contact(bea)?.name, 'Bea')

  const asking = await eventually(() => bea.contact(ada))
  assert.equal(asking.state, 'asks-me')
  assert.equal(asking.name, 'Ada')
  assert.equal(asking.note, 'Hello from the library')
  const [invite] = [...bea.people.invites.rows()].map(([, row]) => row)
  assert.equal(asking.usedInviteOf, invite?.createdAt)
  assert.equal(invite?.used, 1)
  assert.equal(ada.contact(bea)?.state, 'asked')

  assert.equal((await bea.people.accept(ada.id)).ok, true)
  await eventually(() => ada.contact(bea)?.state === 'mutual')
  await eventually(() => ada.mutuals.includes(bea.id) && bea.mutuals.includes(ada.id))
  assert.ok(ada.contact(bea)?.lastSeen)
})

test('someone asked while away sees the request once, and both are contacts though they are never there together before', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  const link = await linkOf(bea)
  await bea.stop()
  await ada.people.add(link, 'Are you there?')

  await bea.start()
  await eventually(() => bea.contact(ada)?.state === 'asks-me')
  await ada.stop()
  await bea.people.accept(ada.id)
  assert.equal(bea.contact(ada)?.state, 'mutual')
  assert.deepEqual(bea.mutuals, [], 'she does not know yet')

  await bea.stop()
  await bea.start()
  await ada.start()
  await eventually(() => ada.contact(bea)?.state === 'mutual' && ada.mutuals.length > 0 && bea.mutuals.length > 0)
  assert.equal([...bea.people.contacts.rows()].length, 1)
})

test('two who ask each other at once are contacts without anybody accepting', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  world.hub.setDialling(false)
  await ada.people.add(await linkOf(bea), '')
  await bea.people.add(await linkOf(ada), '')
  world.hub.setDialling(true)
  await eventually(() => ada.contact(bea)?.state === 'mutual' && bea.contact(ada)?.state === 'mutual')
})

test('asking someone who asks me accepts', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  await ada.people.add(await linkOf(bea), '')
  await eventually(() => bea.contact(ada)?.state === 'asks-me')
  await bea.people.add(await linkOf(ada), '')
  await eventually(() => ada.contact(bea)?.state === 'mutual' && bea.contact(ada)?.state === 'mutual')
})

test('with acceptOwnLinks a live link of mine is enough, a withdrawn one is not', async (t) => {
  const world = createWorld(t)
  const bea = await world.person('Bea', { acceptOwnLinks: true })
  const [ada, carl] = [await world.person('Ada'), await world.person('Carl')]
  const link = await linkOf(bea)
  await ada.people.add(link, '')
  await eventually(() => ada.contact(bea)?.state === 'mutual' && bea.contact(ada)?.state === 'mutual')

  const [id = ''] = [...bea.people.invites.rows()].map(([id]) => id)
  assert.equal((await bea.people.withdrawInvite(id)).ok, true)
  await carl.people.add(link, '')
  const asking = await eventually(() => bea.contact(carl))
  assert.equal(asking.state, 'asks-me')
  assert.equal(asking.usedInviteIsWithdrawn, true)
  assert.deepEqual(await bea.people.withdrawInvite('nothing'), { ok: false, failure: { code: 'not-found' } })
})

test('undecided, ignored and blocked look the same to the one who asks', async (t) => {
  const world = createWorld(t)
  const bea = await world.person('Bea')
  const link = await linkOf(bea)
  const deeds = { Una: undefined, Igor: 'ignore', Bob: 'block' } as const
  for (const [name, deed] of Object.entries(deeds)) {
    const asker = await world.person(name)
    await asker.people.add(link, '')
    await eventually(() => bea.contact(asker)?.state === 'asks-me')
    if (deed !== undefined) await bea.people[deed](asker.id)
    world.hub.disconnect(asker.id, bea.id)
    const before = asker.network.opened.length
    world.hub.connect(asker.id, bea.id)
    // The second request was answered like the first: it is not repeated with growing pauses, and nothing was reset.
    await eventually(() => asker.network.opened.length === before + 1)
    await eventually(() => asker.network.openStreams().length === 0)
    assert.equal(asker.contact(bea)?.state, 'asked', name)
    assert.equal(asker.network.opened.at(-1), `${CONTACT_PROTOCOL} ${bea.id}`)
    assert.equal(bea.book.trust.isBlocked(asker.id), false, 'the door would tell them')
  }
})

test('a blocked contact finds the door shut, and everything as before once unblocked', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  await introduce(ada, bea)
  await bea.people.block(ada.id)
  await eventually(() => ada.network.path(bea.id).line.kind === 'none')
  assert.equal(bea.contact(ada)?.state, 'blocked')
  assert.deepEqual(await bea.people.add(await linkOf(ada), ''), { ok: false, failure: { code: 'blocked' } })
  assert.deepEqual(await bea.people.accept(ada.id), { ok: false, failure: { code: 'not-allowed' } })
  await bea.people.unblock(ada.id)
  assert.equal(bea.contact(ada)?.state, 'mutual')
  await eventually(() => ada.network.path(bea.id).line.kind === 'lan')
})

test('a request taken back leaves nothing here', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  world.hub.setDialling(false)
  await ada.people.add(await linkOf(bea), '')
  assert.equal((await ada.people.cancel(bea.id)).ok, true)
  assert.equal(ada.contact(bea), undefined)
  assert.deepEqual(ada.network.wanted, [])
  assert.deepEqual(await ada.people.cancel(bea.id), { ok: false, failure: { code: 'not-found' } })
})

test('whoever lost the memory of a contact is asked again by the other side', async (t) => {
  const world = createWorld(t)
  const [ada, bea] = [await world.person('Ada'), await world.person('Bea')]
  await introduce(ada, bea)
  await bea.stop()
  await bea.storage.request('contacts.remove', ada.id)
  await bea.start()
  await eventually(() => bea.contact(ada)?.state === 'asks-me')
  await bea.people.accept(ada.id)
  await eventually(() => bea.mutuals.length === 2)
  assert.equal(ada.contact(bea)?.state, 'mutual')
})

test('someone who floods with requests is refused, and contacts are served meanwhile', async (t) => {
  const world = createWorld(t)
  const [ada, bea, mallory] = [await world.person('Ada'), await world.person('Bea'), await world.person('Mallory')]
  await introduce(ada, bea)
  world.hub.connect(mallory.id, bea.id)
  const answers: string[] = []
  for (let round = 0; round < 8; round++) {
    const stream = await mallory.network.open(bea.id, CONTACT_PROTOCOL, { signal: t.signal })
    await stream.send(Uint8Array.of(255, 255, round))
    for await (const frame of stream) answers.push(Buffer.from(frame).toString('hex'))
  }
  assert.deepEqual(new Set(answers), new Set(['0802']), 'REFUSED, eight times')
  assert.equal(bea.contact(mallory), undefined)
  assert.equal(bea.contact(ada)?.state, 'mutual')
})
