import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createScene } from './scene.ts'
import { goTo, openChats } from './steps.ts'

test('a newcomer sees their own link and the truth beside it', { timeout: 60_000 }, async (t) => {
  const scene = await createScene(t)
  const { page, link } = await scene.person('Ada')
  assert.match(link, /^sightline:\/\/add\/[\w-]+$/)
  await page.getByText('Nobody can reach you through this link yet').waitFor()
})

test('the address of a relay makes the link one that friends can use', { timeout: 60_000 }, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const { page } = await scene.person('Ada')
  await page.getByRole('textbox', { name: /address of a relay/ }).fill(relay.addresses[0] ?? '')
  await page.getByRole('button', { name: 'Use this relay' }).click()
  await page.getByText(/Friends reach you through/).waitFor()
})

test('what cannot be a relay is refused beside the field, and nothing is lost', { timeout: 60_000 }, async (t) => {
  const scene = await createScene(t)
  const { page } = await scene.person('Ada')
  const field = page.getByRole('textbox', { name: /address of a relay/ })
  await field.fill('not an address')
  await page.getByRole('button', { name: 'Use this relay' }).click()
  await page.getByRole('alert').first().waitFor()
  assert.equal(await field.inputValue(), 'not an address')
})

test('a reload shows the same profile again, open', { timeout: 60_000 }, async (t) => {
  const scene = await createScene(t)
  const { page } = await scene.person('Ada')
  await openChats(page)
  await page.reload()
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
  await goTo(page, 'Settings')
  assert.equal(await page.getByRole('textbox', { name: 'Your name' }).inputValue(), 'Ada')
})
