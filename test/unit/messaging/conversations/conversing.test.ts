import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { type Clock, systemClock } from '../../../../electron/messaging/conversations/clock.ts'
import { befriend, type Converser, converser } from '../../../support/conversers.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeHub } from '../../../support/fake-network.ts'

async function twoFriends(test: TestContext) {
  const hub = createFakeHub()
  const [ann, bea] = [await converser(test, hub, 1), await converser(test, hub, 2)]
  befriend(ann, bea)
  return { hub, ann, bea }
}

const row = (someone: Converser) => [...someone.conversations.listing.rows()][0]?.[1]
const delivery = async (someone: Converser, other: Converser) =>
  (await someone.messages(other.id)).filter(({ isMine }) => isMine).at(-1)?.delivery

describe('two contacts', () => {
  it('see what the other says, and learn that it was delivered and read, with the way it went', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    hub.connect(ann.id, bea.id, { line: { kind: 'relayed', relay: 'R' }, transport: 'tcp' })
    const heard = await bea.heard(ann.id)
    const id = await ann.say(bea.id, 'hello')
    await eventually(() => heard.some((change) => change.messages.some((message) => message.id === id)))
    assert.deepEqual(await bea.texts(ann.id), ['hello'])
    await eventually(async () => (await delivery(ann, bea)) === 'delivered')
    const receipt = await eventually(async () => (await ann.messages(bea.id))[0]?.receipt)
    assert.equal(receipt.line, 'relayed')
    assert.equal(receipt.relay, 'R')
    assert.equal(receipt.transport, 'tcp')
    assert.ok(receipt.waitedMs >= 0 && receipt.acknowledgedMs >= 0)
    const [came] = await bea.messages(ann.id)
    assert.deepEqual([came?.passage, came?.receipt], [{ line: 'relayed', transport: 'tcp', relay: 'R' }, undefined])
    assert.equal((await ann.messages(bea.id))[0]?.passage, undefined)
    await eventually(() => row(bea)?.unread === 1 && row(bea)?.lastText === 'hello')
    await bea.conversations.read({ conversation: await bea.with(ann.id), upTo: id })
    assert.equal(row(bea)?.unread, 0)
    await eventually(async () => (await delivery(ann, bea)) === 'read')
    await eventually(() => row(ann)?.waiting === 0)
  })

  it('find everything in order and once when they meet again', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    await ann.with(bea.id)
    const texts = Array.from({ length: 100 }, (_, index) => `message ${index}`)
    await Promise.all(texts.map((text) => ann.say(bea.id, text)))
    await eventually(() => row(ann)?.waiting === 100)
    assert.equal(await delivery(ann, bea), 'written')
    hub.connect(ann.id, bea.id)
    await eventually(async () => (await bea.messages(ann.id)).length === 100)
    assert.deepEqual(await bea.texts(ann.id), texts)
    await eventually(() => row(ann)?.waiting === 0)
    hub.disconnect(ann.id, bea.id)
    await bea.say(ann.id, 'from the other side')
    hub.connect(ann.id, bea.id)
    await eventually(async () => (await ann.texts(bea.id)).at(-1) === 'from the other side')
    assert.equal((await bea.messages(ann.id)).length, 101)
  })

  it('hear of a message of theirs as written, sent and delivered while it goes', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    hub.setLatency(20)
    hub.connect(ann.id, bea.id)
    const heard = await ann.heard(bea.id)
    await ann.say(bea.id, 'x')
    const states = () => heard.flatMap(({ messages }) => messages.map((message) => message.delivery))
    await eventually(() => states().at(-1) === 'delivered')
    assert.deepEqual([...new Set(states())], ['written', 'sent', 'delivered'])
  })

  it('do not learn what was read while the other keeps that to herself', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    bea.settings.tellRead = false
    hub.connect(ann.id, bea.id)
    const id = await ann.say(bea.id, 'secretly read')
    await eventually(async () => (await bea.messages(ann.id)).length === 1)
    await bea.conversations.read({ conversation: await bea.with(ann.id), upTo: id })
    await bea.say(ann.id, 'and answered')
    await eventually(async () => (await ann.messages(bea.id)).length === 2)
    assert.equal(await delivery(ann, bea), 'delivered')
    bea.settings.tellRead = true
    bea.conversations.settingsChanged()
    await eventually(async () => (await delivery(ann, bea)) === 'read')
  })

  it('see the other typing, unless she does not tell', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    hub.connect(ann.id, bea.id)
    await ann.say(bea.id, 'x')
    await eventually(() => row(bea)?.unread === 1)
    await eventually(async () => (await delivery(ann, bea)) === 'delivered')
    const conversation = await ann.with(bea.id)
    ann.settings.tellTyping = false
    await ann.conversations.typing({ conversation })
    await ann.say(bea.id, 'y')
    await eventually(() => row(bea)?.unread === 2)
    assert.equal(row(bea)?.isTyping, false)
    ann.settings.tellTyping = true
    await ann.conversations.typing({ conversation })
    await eventually(() => row(bea)?.isTyping === true)
    await ann.say(bea.id, 'z')
    await eventually(() => row(bea)?.isTyping === false)
  })

  it('see that the typing has stopped, when nothing is sent and nobody says so', async (test) => {
    const hub = createFakeHub()
    // Six seconds of patience, a hundred times as fast.
    const clock: Clock = { ...systemClock, after: (delayMs, callback) => systemClock.after(delayMs / 100, callback) }
    const [ann, bea] = [await converser(test, hub, 1), await converser(test, hub, 2, { options: { clock } })]
    befriend(ann, bea)
    hub.connect(ann.id, bea.id)
    await ann.say(bea.id, 'x')
    await eventually(async () => (await delivery(ann, bea)) === 'delivered')
    const seen: (boolean | undefined)[] = []
    test.after(bea.conversations.listing.onChange(() => seen.push(row(bea)?.isTyping)))
    await ann.conversations.typing({ conversation: await ann.with(bea.id) })
    await eventually(() => seen.includes(true))
    await eventually(() => seen.at(-1) === false)
  })

  it('see edits, deletions and reactions of each other', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    hub.connect(ann.id, bea.id)
    const conversation = await ann.with(bea.id)
    const [first, second] = [await ann.say(bea.id, 'frist'), await ann.say(bea.id, 'oops')]
    await eventually(async () => (await bea.messages(ann.id)).length === 2)
    assert.ok((await ann.conversations.edit({ conversation, message: first, text: 'first' })).ok)
    assert.ok((await ann.conversations.delete({ conversation, message: second })).ok)
    assert.ok((await bea.conversations.react({ conversation, message: first, emoji: '👍🏽', on: true })).ok)
    await eventually(async () => (await bea.texts(ann.id)).join() === 'first,(deleted)')
    await eventually(async () => (await ann.messages(bea.id))[0]?.reactions[0]?.authors[0] === bea.id)
    for (const refused of [
      await bea.conversations.edit({ conversation, message: first, text: 'forged' }),
      await bea.conversations.delete({ conversation, message: first }),
      await bea.conversations.react({ conversation, message: second, emoji: '👍', on: true }),
    ])
      assert.deepEqual(refused, { ok: false, failure: { code: 'not-allowed' } })
    for (const emoji of ['ab', '', '<b>', '👍👍', '7'])
      assert.equal((await bea.conversations.react({ conversation, message: first, emoji, on: true })).ok, false, emoji)
  })

  it('quote what they answer as it is now', async (test) => {
    const { ann, bea } = await twoFriends(test)
    const conversation = await ann.with(bea.id)
    const first = await ann.say(bea.id, 'question?')
    await ann.conversations.send({ conversation, text: 'answer', inReplyTo: first })
    await ann.conversations.edit({ conversation, message: first, text: 'better question?' })
    const quoted = (await ann.messages(bea.id))[1]?.inReplyTo
    assert.deepEqual(quoted, { id: first, author: ann.id, text: 'better question?' })
    await ann.conversations.delete({ conversation, message: first })
    assert.deepEqual((await ann.messages(bea.id))[1]?.inReplyTo, { id: first, author: ann.id })
    const toNothing = await ann.conversations.send({ conversation, text: 'x', inReplyTo: 'a'.repeat(64) })
    assert.equal(toNothing.ok, false)
  })

  it('learn a changed name', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    hub.connect(ann.id, bea.id)
    await ann.say(bea.id, 'x')
    ann.people.name = 'Annabel'
    ann.people.changed()
    await eventually(() => bea.people.learned.length === 1)
    assert.deepEqual(bea.people.learned, [[ann.id, 'Annabel']])
    assert.deepEqual(await bea.texts(ann.id), ['x'], 'and see no message for it')
  })

  it('find a message that arrived late above what was read, marked and counted', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    await ann.say(bea.id, 'said early, arriving late')
    for (const text of ['one', 'two', 'three']) await bea.say(ann.id, text)
    hub.connect(ann.id, bea.id)
    await eventually(async () => (await bea.messages(ann.id)).length === 4)
    const page = await bea.conversations.history({ conversation: await bea.with(ann.id), limit: 10 })
    assert.ok(page.ok)
    const late = page.value.messages.find(({ isMine }) => !isMine)
    assert.equal(late?.isLate, true)
    assert.equal(page.value.firstUnread, undefined, 'nothing new stands below what was read')
    assert.deepEqual(row(bea)?.late, { count: 1, first: late?.id, arrival: late?.arrival })
    assert.notEqual(page.value.messages.at(-1)?.id, late?.id)
    assert.equal(row(bea)?.unread, 1)
    await eventually(async () => (await ann.messages(bea.id)).length === 4)
    assert.deepEqual(
      (await ann.messages(bea.id)).map(({ id }) => id),
      page.value.messages.map(({ id }) => id),
    )
  })
})

describe('somebody who has not accepted yet', () => {
  it('is written to at once, and gets it when both are contacts', async (test) => {
    const hub = createFakeHub()
    const [ann, bea] = [await converser(test, hub, 1), await converser(test, hub, 2)]
    ann.people.set(bea.id, 'asked')
    bea.people.set(ann.id, 'asks-me')
    hub.connect(ann.id, bea.id)
    await ann.say(bea.id, 'are you there?')
    assert.equal(ann.network.opened.length, 0)
    bea.people.set(ann.id, 'mutual')
    ann.people.set(bea.id, 'mutual')
    await eventually(async () => (await bea.texts(ann.id))[0] === 'are you there?')
  })

  it('and a stranger or somebody blocked is not written to', async (test) => {
    const hub = createFakeHub()
    const [ann, bea] = [await converser(test, hub, 1), await converser(test, hub, 2)]
    assert.equal((await ann.conversations.open({ contact: bea.id })).ok, false)
    assert.equal((await ann.conversations.open({ contact: ann.id })).ok, false)
    assert.equal((await ann.conversations.open({ contact: 'nonsense' })).ok, false)
    ann.people.set(bea.id, 'mutual')
    const conversation = await ann.with(bea.id)
    ann.people.set(bea.id, 'blocked')
    const sent = await ann.conversations.send({ conversation, text: 'x' })
    assert.deepEqual(sent, { ok: false, failure: { code: 'not-allowed' } })
  })

  it('gets nothing more from the moment she is blocked', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    hub.connect(ann.id, bea.id)
    await bea.say(ann.id, 'x')
    await eventually(async () => (await ann.messages(bea.id)).length === 1)
    ann.people.set(bea.id, 'blocked')
    await eventually(() => bea.network.openStreams().length === 0)
    await bea.say(ann.id, 'y')
    await eventually(() => bea.logged.filter((line) => line.startsWith('sync stream ended')).length >= 2)
    assert.equal((await ann.conversations.history({ conversation: await bea.with(ann.id), limit: 5 })).ok, true)
    assert.equal(row(ann)?.lastText, 'x')
  })
})
