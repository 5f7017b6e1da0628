import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { meetByRelay } from './meet.ts'
import { createScene } from './scene.ts'
import { goTo, openConversation, say } from './steps.ts'

test('who writes is seen writing, and what is sent is no draft any more', { timeout: 120_000 }, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const ada = { name: 'Ada', ...(await scene.person('Ada', relay.addresses)) }
  const bea = { name: 'Bea', ...(await scene.person('Bea', relay.addresses)) }
  await meetByRelay(ada, bea)
  await say(ada.page, 'Bea', 'first')
  await bea.page.locator('.msg').filter({ hasText: 'first' }).waitFor()
  const composer = ada.page.getByRole('textbox', { name: 'Message to Bea' })
  const below = bea.page.getByRole('status').filter({ hasText: 'Ada is typing' })
  const inList = bea.page.locator('.row').filter({ hasText: 'Ada' }).locator('.sub').filter({ hasText: 'typing' })

  await t.test('typing shows in the conversation and in the list, and ends by itself', async () => {
    await composer.pressSequentially('half a')
    await below.waitFor()
    await inList.waitFor()
    await below.waitFor({ state: 'detached' })
    await inList.waitFor({ state: 'detached' })
  })

  await t.test('it ends at once when the message comes', async () => {
    await composer.pressSequentially(' sentence')
    await below.waitFor()
    await composer.press('Enter')
    await bea.page.locator('.msg').filter({ hasText: 'half a sentence' }).waitFor()
    assert.equal(await below.count(), 0)
  })

  await t.test('a draft outlives the window, and is gone once it was sent', async () => {
    const row = ada.page.locator('.row').filter({ hasText: 'Bea' })
    await composer.fill('not sent yet')
    await goTo(ada.page, 'People')
    await goTo(ada.page, 'Chats')
    await row.getByText('not sent yet').waitFor()
    await ada.page.reload()
    await openConversation(ada.page, 'Bea')
    await eventually(async () => (await composer.inputValue()) === 'not sent yet', { what: 'the draft' })
    await composer.press('Enter')
    await ada.page.locator('.msg').filter({ hasText: 'not sent yet' }).waitFor()
    await goTo(ada.page, 'People')
    await goTo(ada.page, 'Chats')
    await row.getByText('You: not sent yet').waitFor()
    await ada.page.reload()
    await row.getByText('You: not sent yet').waitFor()
    await openConversation(ada.page, 'Bea')
    assert.equal(await composer.inputValue(), '')
  })
})
