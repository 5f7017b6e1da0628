import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { liveView } from '../../support/live-view.ts'
import type { MessengerProcess } from '../../support/messenger-process.ts'
import { createScene, history, textOf } from './scene.ts'

const numbered = (count: number, what: string) => Array.from({ length: count }, (_, index) => `${what} ${index + 1}`)

async function sendAll(who: MessengerProcess, conversation: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) await who.do('message.send', { conversation, text })
}

test('a hundred messages written while the other was away arrive in order, once, within 5 s of her being reachable', async (t) => {
  const scene = await createScene(t)
  const [ada, bea] = await Promise.all([scene.start('ada'), scene.start('bea')])
  const { conversation } = await scene.befriend(ada, bea)
  await bea.stop()
  const texts = numbered(100, 'message')
  await sendAll(ada, conversation, texts)
  const chats = liveView(ada.bridge, 'conversations')
  await eventually(() => chats.rows.get(conversation)?.waiting === 100)

  const back = await scene.start('bea')
  const self = liveView(back.bridge, 'self')
  await eventually(() => (self.only?.reachableThrough.length ?? 0) > 0)
  await scene.expectTexts(back, conversation, texts, 5000)
  await scene.expectDelivery(ada, conversation, 'delivered')
  await eventually(() => chats.rows.get(conversation)?.waiting === 0)
})

test('they arrive as well when the relay was restarted in between', async (t) => {
  const scene = await createScene(t)
  const [ada, bea] = await Promise.all([scene.start('ada'), scene.start('bea')])
  const { conversation } = await scene.befriend(ada, bea)
  await bea.stop()
  const texts = numbered(100, 'message')
  await sendAll(ada, conversation, texts.slice(0, 50))
  await scene.restartRelay()
  await sendAll(ada, conversation, texts.slice(50))

  const back = await scene.start('bea')
  const self = liveView(back.bridge, 'self')
  await eventually(() => (self.only?.reachableThrough.length ?? 0) > 0)
  await scene.expectTexts(back, conversation, texts, 5000)
  await scene.expectDelivery(ada, conversation, 'delivered')
})

test('both write while apart, and both end with the same conversation', async (t) => {
  const scene = await createScene(t)
  const [ada, bea] = await Promise.all([scene.start('ada'), scene.start('bea')])
  const { conversation } = await scene.befriend(ada, bea)
  await scene.relay().kill()
  await sendAll(ada, conversation, numbered(20, 'from Ada'))
  await sendAll(bea, conversation, numbered(20, 'from Bea'))
  await scene.restartRelay()
  const all = (who: MessengerProcess) =>
    eventually(async () => {
      const messages = await history(who, conversation)
      return messages.length === 40 ? messages : undefined
    })
  const [atAda, atBea] = [await all(ada), await all(bea)]
  assert.deepEqual(
    atAda.map(({ id }) => id),
    atBea.map(({ id }) => id),
  )
  assert.deepEqual(atAda.filter(({ isMine }) => isMine).map(textOf), numbered(20, 'from Ada'))
  assert.deepEqual(atAda.filter(({ isMine }) => !isMine).map(textOf), numbered(20, 'from Bea'))
})

test('a person who is away is added, accepts while the other is away, and the first message arrives', async (t) => {
  const scene = await createScene(t)
  const [ada, bea] = await Promise.all([scene.start('ada'), scene.start('bea')])
  const selfOfBea = liveView(bea.bridge, 'self')
  await eventually(() => (selfOfBea.only?.reachableThrough.length ?? 0) > 0)
  const { link } = await bea.do('invite.create', { withDirectAddresses: false })
  await bea.stop()
  const { contact } = await ada.do('contact.add', { link, note: 'It is Ada' })
  const { conversation } = await ada.do('conversation.open', { contact })
  await ada.do('message.send', { conversation, text: 'the first' })

  const back = await scene.start('bea')
  const peopleOfBea = liveView(back.bridge, 'people')
  const asking = await eventually(() => [...peopleOfBea.rows.values()].find(({ state }) => state === 'asks-me'))
  assert.equal(asking.note, 'It is Ada')
  assert.equal(peopleOfBea.rows.size, 1)
  await ada.stop()
  await back.do('contact.accept', { id: asking.id })

  const adaAgain = await scene.start('ada')
  const peopleOfAda = liveView(adaAgain.bridge, 'people')
  await eventually(() => peopleOfAda.rows.get(contact)?.state === 'mutual')
  await scene.expectTexts(back, conversation, ['the first'])
  await scene.expectDelivery(adaAgain, conversation, 'delivered')
})
