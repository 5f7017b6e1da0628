import { test } from 'node:test'
import { createScene } from './scene.ts'
import { addPerson, goTo, openChats } from './steps.ts'

test('on a narrow window the badge leads to the request, and both sides are led to the conversation', {
  timeout: 60_000,
}, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const [ada, bea] = [await scene.person('Ada', relay.addresses), await scene.person('Bea', relay.addresses)]
  for (const { page } of [ada, bea]) {
    await page.getByText(/Friends reach you through/).waitFor()
    await openChats(page)
  }
  await goTo(bea.page, 'People')
  await bea.page.getByRole('link', { name: 'My links' }).click()
  const link = await bea.page.getByRole('textbox', { name: 'Your link' }).first().inputValue()
  await addPerson(ada.page, link)
  await ada.page.getByText(/^Your request to Bea is on its way/).waitFor()

  await bea.page.setViewportSize({ width: 480, height: 800 })
  await bea.page.getByRole('link', { name: 'Back' }).click()
  await bea.page.getByRole('navigation').getByRole('link', { name: '1 request' }).click()
  await bea.page.getByRole('link', { name: 'Ada' }).click()
  await bea.page.getByText(/Accepting shows your name/).waitFor()
  await bea.page.getByRole('button', { name: 'Accept' }).click()
  await bea.page.getByRole('link', { name: 'Write to Ada' }).first().click()
  await bea.page.getByRole('textbox', { name: 'Message to Ada' }).waitFor()

  await ada.page.getByText('Bea accepted.').waitFor()
  await ada.page.getByRole('link', { name: 'Write to Bea' }).first().click()
  await ada.page.getByRole('textbox', { name: 'Message to Bea' }).waitFor()
})

test('a profile without a passphrase is not asked for one, and to remove one asks once', {
  timeout: 60_000,
}, async (t) => {
  const scene = await createScene(t)
  const { page } = await scene.person('Ada')
  await openChats(page)
  await goTo(page, 'Settings')
  await page.getByLabel('New passphrase').fill('open sesame')
  await page.getByLabel('The same once more').fill('open sesame')
  await page.getByRole('button', { name: 'Set passphrase' }).click()
  await page.getByText('Passphrase set').waitFor()
  await page.getByLabel('Passphrase until now').fill('open sesame')
  await page.getByRole('button', { name: 'Change passphrase' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove passphrase' }).click()
  await page.getByText('Passphrase removed').waitFor()
  await page.getByLabel('Passphrase until now').waitFor({ state: 'detached' })
})
