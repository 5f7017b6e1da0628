import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { liveView } from '../../support/live-view.ts'
import { createScene } from './scene.ts'

test('two people become contacts over a relay, and a message of each is delivered and read', async (t) => {
  const scene = await createScene(t)
  const [ada, bea] = await Promise.all([scene.start('ada'), scene.start('bea')])
  const { conversation } = await scene.befriend(ada, bea)

  await ada.do('message.send', { conversation, text: 'Hello Bea' })
  await scene.expectTexts(bea, conversation, ['Hello Bea'])
  await scene.expectDelivery(ada, conversation, 'delivered')
  await bea.do('message.send', { conversation, text: 'Hello Ada' })
  await scene.expectTexts(ada, conversation, ['Hello Bea', 'Hello Ada'])

  const { messages } = await bea.do('message.history', { conversation, limit: 10 })
  const chats = liveView(bea.bridge, 'conversations')
  await eventually(() => chats.rows.get(conversation)?.unread === 1)
  await bea.do('conversation.read', { conversation, upTo: messages[0]?.id ?? '' })
  await eventually(() => chats.rows.get(conversation)?.unread === 0)
  await scene.expectDelivery(ada, conversation, 'read')

  const [first] = (await ada.do('message.history', { conversation, limit: 10 })).messages
  assert.equal(first?.receipt?.line, 'relayed')
  assert.equal(first?.receipt?.relay, scene.relay().id)
  const { passage } = messages[0] ?? {}
  assert.deepEqual([passage?.line, passage?.relay], ['relayed', scene.relay().id], 'and she knows how it came')
})
