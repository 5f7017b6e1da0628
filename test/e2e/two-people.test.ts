import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { eventually } from '../support/eventually.ts'
import type { RelayProcess } from '../support/relay-process.ts'
import { createScene } from './scene.ts'
import { acceptRequest, addPerson, goTo, lineWords, openChats, openConversation, say, setSwitch } from './steps.ts'

const MESSAGES = 13
// 13 × 15.5 KiB: over 200 KB, each message under the limit of 16 KiB.
const TEXT_BYTES = 15_872
const WRITTEN = MESSAGES * TEXT_BYTES
const ENOUGH = 200_000

test('two people chat through a relay, then on their own network, and the page says which', {
  timeout: 180_000,
}, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const ada = await scene.person('Ada', relay.addresses)
  const bea = await scene.person('Bea', relay.addresses)
  await ada.page.getByText(/Friends reach you through/).waitFor()
  await bea.page.getByText(/Friends reach you through/).waitFor()
  await openChats(ada.page)
  await openChats(bea.page)
  for (const { page } of [ada, bea]) await setSwitch(page, 'Relay only', true)
  await setSwitch(bea.page, 'Tell others what I have read', false)

  await addPerson(ada.page, await freshLink(bea.page), 'We met on the train')
  await goTo(bea.page, 'People')
  await bea.page.getByText('We met on the train').waitFor()
  await acceptRequest(bea.page, 'Ada')
  await openConversation(ada.page, 'Bea')
  await openConversation(bea.page, 'Ada')

  await t.test('relay only: the line is relayed, and the relay carried every byte', async () => {
    await lineWords(ada.page, /Relayed by /).waitFor({ timeout: 20_000 })
    const grown = await talk(ada.page, relay, 'relayed')
    assert.ok(grown >= ENOUGH, `the relay carried ${grown} bytes of ${WRITTEN}`)
    await lineWords(ada.page, /Relayed by /).waitFor()
  })

  await t.test('switched off: on this network within 10 s, and the relay carries next to nothing', async () => {
    for (const { page } of [ada, bea]) await setSwitch(page, 'Relay only', false)
    const switchedAt = performance.now()
    await openConversation(ada.page, 'Bea')
    await lineWords(ada.page, /On this network/).waitFor({ timeout: 10_000 })
    t.diagnostic(`on this network after ${Math.round(performance.now() - switchedAt)} ms`)
    const grown = await talk(ada.page, relay, 'on this network')
    assert.ok(grown < 20_000, `the relay carried ${grown} bytes of a conversation that the page calls direct`)
    await lineWords(ada.page, /On this network/).waitFor()
  })
})

/** The link as it is now, with the relays that hold a place. */
async function freshLink(page: Page): Promise<string> {
  await goTo(page, 'People')
  await page.getByRole('link', { name: 'My links' }).click()
  return page.getByRole('textbox', { name: 'Your link' }).first().inputValue()
}

/** Writes the messages, waits for Delivered, and answers by how many bytes the relay's counter grew. */
async function talk(page: Page, relay: RelayProcess, tag: string): Promise<number> {
  const before = (await relay.status()).relayedBytes
  for (let n = 1; n <= MESSAGES; n += 1) {
    const words = `${tag} ${n} `
    await say(page, 'Bea', words + 'x'.repeat(TEXT_BYTES - words.length))
  }
  const last = page.locator('.msg').filter({ hasText: `${tag} ${MESSAGES} ` })
  await last.waitFor()
  await page
    .getByText(/^Delivered/)
    .last()
    .waitFor({ timeout: 20_000 })
  await eventually(async () => (await page.getByText(/^(Waiting|Sent)/).count()) === 0, {
    what: 'nothing left to deliver',
  })
  return (await relay.status()).relayedBytes - before
}
