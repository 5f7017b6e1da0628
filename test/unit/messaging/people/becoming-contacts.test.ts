import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  askAgainInMs,
  CONTACT_PROTOCOL,
  UNDECIDED_MAX,
} from '../../../../electron/messaging/people/exchange/contact-protocol.ts'
import { decodeAnswer, encodeAsk } from '../../../../electron/messaging/people/exchange/frames.ts'
import { decodeInvite } from '../../../../electron/messaging/people/links/invite.ts'
import { newcomer } from '../../../../electron/messaging/people/states.ts'
import { eventually } from '../../../support/eventually.ts'
import { createWorld, idOf, introduce, linkOf, type Person, seedOf, type World } from './world.ts'

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

async function answersTo(from: Pick<Person, 'network'>, to: Person, frames: readonly Uint8Array[]): Promise<string[]> {
  const answers: string[] = []
  for (const frame of frames) {
    const stream = await from.network.open(to.id, CONTACT_PROTOCOL, { signal: AbortSignal.timeout(5_000) })
    await stream.send(frame)
    for await (const reply of stream) answers.push(decodeAnswer(reply, to.id)?.answer ?? 'unreadable')
    await stream.close()
  }
  return answers
}

test('someone who floods with requests is refused after a few, and contacts are served meanwhile', async (t) => {
  const world = createWorld(t)
  const [ada, bea, mallory] = [await world.person('Ada'), await world.person('Bea'), await world.person('Mallory')]
  await introduce(ada, bea)
  world.hub.connect(mallory.id, bea.id)
  const request = encodeAsk({ name: 'M', note: '', record: new Uint8Array() }, bea.id, mallory.seed)
  const answers = await answersTo(mallory, bea, new Array(9).fill(request))
  assert.deepEqual(answers, [...new Array(5).fill('pending'), ...new Array(4).fill('refused')])
  assert.equal([...bea.people.contacts.rows()].filter(([id]) => id === mallory.id).length, 1)
  const again = encodeAsk({ name: 'Ada', note: '', record: new Uint8Array() }, bea.id, ada.seed)
  assert.deepEqual(await answersTo(ada, bea, new Array(9).fill(again)), new Array(9).fill('accepted'))
})

test('junk instead of a request is refused and leaves nothing behind', async (t) => {
  const world = createWorld(t)
  const [bea, mallory, ada] = [await world.person('Bea'), await world.person('Mallory'), await world.person('Ada')]
  world.hub.connect(mallory.id, bea.id)
  const adas = encodeAsk({ name: 'Ada', note: '', record: new Uint8Array() }, bea.id, ada.seed)
  const forAda = encodeAsk({ name: 'M', note: '', record: new Uint8Array() }, ada.id, mallory.seed)
  const junk = [new Uint8Array(0), Uint8Array.of(255, 255), new Uint8Array(60_000).fill(7), adas, forAda]
  assert.deepEqual(await answersTo(mallory, bea, junk), new Array(5).fill('refused'))
  assert.deepEqual([...bea.people.contacts.rows()], [])
})

test('when two hundred wait for a decision, further strangers are refused, but not those with a link of mine', async (t) => {
  const world = createWorld(t)
  const [bea, mallory, ada] = [await world.person('Bea'), await world.person('Mallory'), await world.person('Ada')]
  for (let at = 0; at < UNDECIDED_MAX; at++)
    await bea.book.change(`someone ${at}`, () => newcomer(`someone ${at}`, 'asks-me', at))
  world.hub.connect(mallory.id, bea.id)
  const request = encodeAsk({ name: 'M', note: '', record: new Uint8Array() }, bea.id, mallory.seed)
  assert.deepEqual(await answersTo(mallory, bea, [request]), ['refused'])
  await ada.people.add(await linkOf(bea), '')
  await eventually(() => bea.contact(ada)?.state === 'asks-me')
})

/** As many strangers as it takes until one more of them is refused. */
async function useUpStrangers(world: World, bea: Person): Promise<void> {
  for (let at = 0; at < 40; at++) {
    const name = `stranger ${at}`
    const network = world.hub.join(idOf(name), bea.book.trust)
    await network.start()
    world.hub.connect(idOf(name), bea.id)
    const request = encodeAsk({ name, note: '', record: new Uint8Array() }, bea.id, seedOf(name))
    if ((await answersTo({ network }, bea, [request]))[0] === 'refused') return
  }
  assert.fail('strangers are never refused')
}

test('strangers who use up what strangers may ask do not keep out those who hold a live link of mine', async (t) => {
  const world = createWorld(t)
  const [bea, ada] = [await world.person('Bea'), await world.person('Ada')]
  const [link, withdrawn] = [await linkOf(bea), await linkOf(bea)]
  const invite = [...bea.people.invites.rows()].find(([, row]) => row.link === withdrawn)
  assert.equal((await bea.people.withdrawInvite(invite?.[0] ?? '')).ok, true)
  world.hub.connect(ada.id, bea.id)
  const askWith = (token: Uint8Array) =>
    answersTo(ada, bea, [encodeAsk({ name: 'Ada', note: '', record: new Uint8Array(), token }, bea.id, ada.seed)])

  // Nothing is allowed anew meanwhile, however slow the machine.
  const stoppedAt = performance.now()
  const clock = t.mock.method(performance, 'now', () => stoppedAt)
  await useUpStrangers(world, bea)
  assert.deepEqual(await askWith(tokenOf(withdrawn)), ['refused'])
  assert.deepEqual(await askWith(new Uint8Array(16)), ['refused'])
  assert.deepEqual(await askWith(tokenOf(link)), ['pending'])
  clock.mock.restore()
  assert.equal(bea.contact(ada)?.state, 'asks-me')
})

test('whoever was refused asks again within minutes, whoever waits for a decision after an hour', async (t) => {
  for (const random of [0, 0.5, 1]) {
    const refusedMs = askAgainInMs('refused', () => random)
    assert.ok(refusedMs >= 2 * 60_000 && refusedMs <= 3 * 60_000, `${refusedMs} ms`)
    assert.equal(
      askAgainInMs('pending', () => random),
      60 * 60_000,
    )
  }
  const world = createWorld(t)
  const [bea, ada] = [await world.person('Bea'), await world.person('Ada')]
  for (let at = 0; at < UNDECIDED_MAX; at++)
    await bea.book.change(`someone ${at}`, () => newcomer(`someone ${at}`, 'asks-me', at))
  const timers = t.mock.method(globalThis, 'setTimeout')
  await ada.people.add(bea.id, '')
  await eventually(() => timers.mock.calls.some(({ arguments: [, delayMs] }) => delayMs && isMinutes(delayMs)))
  assert.equal(bea.contact(ada), undefined)
})

const isMinutes = (delayMs: number) => delayMs >= 2 * 60_000 && delayMs <= 3 * 60_000

function tokenOf(link: string): Uint8Array {
  const invite = decodeInvite(link)
  assert.ok(typeof invite === 'object')
  return invite.token
}
