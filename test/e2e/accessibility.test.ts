import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { accessibilityViolations } from '../support/browser.ts'
import { createScene } from './scene.ts'
import { acceptRequest, addPerson, goTo, openChats, openConversation, say } from './steps.ts'

test('axe finds nothing on any page of a real app, in both themes, wide and narrow', {
  timeout: 240_000,
}, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()

  const looked: string[] = []
  const look = async (page: Page, name: string) => {
    for (const width of [1280, 480]) {
      await page.setViewportSize({ width, height: 800 })
      looked.push(...(await accessibilityViolations(page)).map((line) => `${name} at ${width}: ${line}`))
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  }

  const bea = await scene.person('Bea', relay.addresses)
  await bea.page.getByText(/Friends reach you through/).waitFor()
  const link = await bea.page.getByRole('textbox', { name: 'Your link' }).inputValue()
  const ada = await scene.person('Ada', relay.addresses)
  await look(ada.page, 'first run, the link')
  await openChats(ada.page)
  await look(ada.page, 'chats, empty')
  await addPerson(ada.page, link, 'Hello')
  await look(ada.page, 'people, asked')
  await openChats(bea.page)
  await goTo(bea.page, 'People')
  await bea.page.getByRole('button', { name: 'Accept' }).waitFor()
  await look(bea.page, 'people, a request')
  await acceptRequest(bea.page, 'Ada')
  await bea.page.getByRole('link', { name: 'Ada' }).first().click()
  await look(bea.page, 'people, a contact')
  await openConversation(ada.page, 'Bea')
  await say(ada.page, 'Bea', 'Look at https://example.org and tell me')
  await ada.page.getByText(/^(Delivered|Read)/).waitFor()
  await look(ada.page, 'a conversation')
  await goTo(ada.page, 'Network')
  await ada.page.getByRole('heading', { name: 'Reachability' }).waitFor()
  await look(ada.page, 'network')
  await goTo(ada.page, 'Settings')
  for (const section of ['Name and key', 'Privacy', 'Relays', 'Appearance', 'About']) {
    await ada.page.getByRole('link', { name: section }).click()
    await ada.page.getByRole('heading', { name: section }).first().waitFor()
    await look(ada.page, `settings, ${section}`)
  }
  assert.deepEqual(looked, [])
})

test('axe finds nothing on the first pages a newcomer sees', { timeout: 60_000 }, async (t) => {
  const scene = await createScene(t)
  const app = await scene.app('new')
  const page = await app.window()
  await page.getByLabel('Passphrase', { exact: true }).waitFor()
  assert.deepEqual(await accessibilityViolations(page), [])
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: 'Your name' }).waitFor()
  assert.deepEqual(await accessibilityViolations(page), [])
})
