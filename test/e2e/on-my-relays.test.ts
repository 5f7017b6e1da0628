import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { words } from '../../renderer/words/words.ts'
import { createScene } from './scene.ts'
import { goTo, openChats } from './steps.ts'

const { people, settings } = words

test('two strangers who announce themselves on the same relay see each other there, and one asks the other', {
  timeout: 120_000,
}, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const [ada, bea] = [await scene.person('Ada', relay.addresses), await scene.person('Bea', relay.addresses)]
  for (const { page } of [ada, bea]) {
    await page.getByText(/Friends reach you through/).waitFor()
    await openChats(page)
    // Both run on one machine: without this they would meet on their own network.
    await setSource(page, settings.sources.mdns, false)
  }
  await goTo(ada.page, 'People')
  const relays = ada.page.getByRole('region', { name: people.nearby.relay })
  await relays.getByText(/Announce myself on my relays” is off/).waitFor()
  for (const { page } of [ada, bea]) await setSource(page, settings.sources.announce, true)
  await goTo(ada.page, 'People')
  await relays.getByText('Bea', { exact: true }).waitFor({ timeout: 60_000 })
  await relays.getByText(people.nearbyVia.relay).waitFor()
  await relays.getByRole('button', { name: people.ask }).click()
  await goTo(bea.page, 'People')
  await bea.page.getByRole('button', { name: 'Accept' }).click({ timeout: 30_000 })
  await bea.page.getByRole('link', { name: 'Write to Ada' }).waitFor()
  await ada.page.getByRole('link', { name: 'Bea' }).first().waitFor()
})

async function setSource(page: Page, name: string, isOn: boolean): Promise<void> {
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: settings.sections.sources }).click()
  await page.getByRole('switch', { name, checked: !isOn }).click()
  await page.getByRole('switch', { name, checked: isOn }).waitFor()
}
