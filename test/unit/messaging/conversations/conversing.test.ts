import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { befriend, converser } from '../../../support/conversers.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeHub } from '../../../support/fake-network.ts'

async function twoFriends(test: TestContext) {
  const hub = createFakeHub()
  const [ann, bea] = [await converser(test, hub, 1), await converser(test, hub, 2)]
  befriend(ann, bea)
  return { hub, ann, bea }
}

const row = (someone: Awaited<ReturnType<typeof converser>>) => [...someone.conversations.listing.rows()][0]?.[1]

describe('two contacts', () => {
  it('see what the other says, and learn that it was delivered and read, with the way it went', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    hub.connect(ann.id, bea.id, { line: { kind: 'relayed', relay: 'R' }, transport: 'tcp' })
    const heard = await bea.heard(ann.id)
    const id = await ann.say(bea.id, 'hello')
    await eventually(() => heard.some((change) => change.messages.some((message) => message.id === id)))
    assert.deepEqual(await bea.texts(ann.id), ['hello'])
    await eventually(async () => (await ann.messages(bea.id))[0]?.delivery === 'delivered')
    const receipt = (await ann.messages(bea.id))[0]?.receipt
    assert.equal(receipt?.line, 'relayed')
    assert.equal(receipt?.relay, 'R')
    assert.ok(receipt && receipt.waitedMs >= 0 && receipt.acknowledgedMs >= 0)
    assert.equal(row(bea)?.unread, 1)
    assert.equal(row(bea)?.lastText, 'hello')
    await bea.conversations.read({ conversation: await bea.with(ann.id), upTo: id })
    assert.equal(row(bea)?.unread, 0)
    await eventually(async () => (await ann.messages(bea.id))[0]?.delivery === 'read')
    assert.equal(row(ann)?.waiting, 0)
  })

  it('find everything in order and once when they meet again', async (test) => {
    const { hub, ann, bea } = await twoFriends(test)
    await ann.with(bea.id)
    const texts = Array.from({ length: 100 }, (_, index) => `message ${index}`)
    await Promise.all(texts.map((text) => ann.say(bea.id, text)))
    await eventually(() => row(ann)?.waiting === 100)
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
})
