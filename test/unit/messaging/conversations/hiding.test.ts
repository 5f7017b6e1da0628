import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { befriend, converser } from '../../../support/conversers.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeHub } from '../../../support/fake-network.ts'
import { temporaryStorage } from '../../../support/storage.ts'

async function friends(test: TestContext) {
  const hub = createFakeHub()
  const storage = await temporaryStorage(test)
  const ann = await converser(test, hub, 1, { storage })
  const bea = await converser(test, hub, 2)
  befriend(ann, bea)
  return { hub, storage, ann, bea, conversation: await ann.with(bea.id) }
}

describe('a message that was taken off this screen', () => {
  it('is gone from the log, the search, the list of chats and the unread, without any line', async (test) => {
    const { hub, ann, bea, conversation } = await friends(test)
    hub.connect(ann.id, bea.id)
    await bea.say(ann.id, 'the first')
    const message = await bea.say(ann.id, 'the secret pot')
    await eventually(async () => (await ann.messages(bea.id)).length === 2)
    hub.disconnect(ann.id, bea.id)
    const heard = await ann.heard(bea.id)
    const row = () => [...ann.conversations.listing.rows()][0]?.[1]
    await eventually(() => row()?.unread === 2)
    assert.deepEqual(await ann.conversations.hide({ conversation, message }), { ok: true, value: null })
    assert.deepEqual(await ann.texts(bea.id), ['the first'])
    assert.deepEqual([row()?.lastText, row()?.unread], ['the first', 1])
    assert.deepEqual(
      heard.map(({ gone }) => gone),
      [[message]],
    )
    const found = await ann.conversations.search({ words: 'secret', limit: 5 })
    assert.deepEqual(found.ok && found.value.hits, [])
    const around = await ann.conversations.history({ conversation, around: message, limit: 5 })
    assert.deepEqual(around, { ok: false, failure: { code: 'not-found' } })
    for (const again of [message, 'a'.repeat(64)])
      assert.deepEqual(await ann.conversations.hide({ conversation, message: again }), {
        ok: false,
        failure: { code: 'not-found' },
      })
    assert.deepEqual(await bea.texts(ann.id), ['the first', 'the secret pot'])
  })

  it('stays away after a restart, and an edit of it that comes later brings nothing back', async (test) => {
    const { hub, storage, ann, bea, conversation } = await friends(test)
    hub.connect(ann.id, bea.id)
    const message = await bea.say(ann.id, 'secret')
    await eventually(async () => (await ann.messages(bea.id)).length === 1)
    await ann.conversations.hide({ conversation, message })
    await bea.conversations.edit({ conversation, message, text: 'another secret' })
    await bea.say(ann.id, 'after it')
    await eventually(async () => (await ann.texts(bea.id)).includes('after it'))
    const again = await converser(test, createFakeHub(), 1, { storage })
    assert.deepEqual(await again.texts(bea.id), ['after it'])
    const found = await again.conversations.search({ words: 'secret', limit: 5 })
    assert.deepEqual(found.ok && found.value.hits, [])
  })

  it('goes on its way all the same when it is mine, and is told apart from one that was deleted', async (test) => {
    const { hub, ann, bea, conversation } = await friends(test)
    const message = await ann.say(bea.id, 'mine')
    const answer = await ann.conversations.send({ conversation, text: 'to it', inReplyTo: message })
    assert.ok(answer.ok)
    await ann.conversations.hide({ conversation, message })
    assert.equal([...ann.conversations.listing.rows()][0]?.[1].waiting, 2, 'it still waits')
    const [shown] = await ann.messages(bea.id)
    assert.deepEqual(shown?.inReplyTo, { id: message, author: ann.id, isHidden: true })
    hub.connect(ann.id, bea.id)
    await eventually(async () => (await bea.texts(ann.id)).join() === 'mine,to it')
    await bea.conversations.delete({ conversation, message: await bea.say(ann.id, 'x') })
    await eventually(async () => (await ann.texts(bea.id)).join() === 'to it,(deleted)')
  })

  it('leaves its conversation in the list, even when it was all there was', async (test) => {
    const { ann, bea, conversation } = await friends(test)
    await ann.conversations.hide({ conversation, message: await ann.say(bea.id, 'only this') })
    const [row] = [...ann.conversations.listing.rows()]
    assert.deepEqual([row?.[0], row?.[1].lastText, row?.[1].lastAt], [conversation, undefined, undefined])
  })
})
