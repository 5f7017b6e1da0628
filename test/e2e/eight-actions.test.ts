import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { createScene } from './scene.ts'

// From two fresh profiles and one relay address to `Delivered`, in at most eight actions of both people together.
// An action is a press, or filling one field; Enter in the field just filled belongs to the filling, as it does for the
// hand that types. Pasting a link that the other person sent is filling a field. Reading and waiting are no actions.
// Only `act` may touch a page; what is read or waited for stands outside it.

const MOST = 8

/** Performs every action and keeps the list of them. */
function actions() {
  const done: string[] = []
  return {
    done,
    async act(who: string, what: string, work: () => Promise<unknown>): Promise<void> {
      done.push(`${who}: ${what}`)
      await work()
    },
  }
}

test('two newcomers with one relay address talk after eight actions at most', { timeout: 120_000 }, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const { done, act } = actions()

  const fill = async (page: Page, who: string, label: string | RegExp, text: string) => {
    const field = page.getByRole('textbox', { name: label })
    await field.waitFor()
    await act(who, `fills “${label}” and presses Enter in it`, async () => {
      await field.fill(text)
      await field.press('Enter')
    })
  }
  const press = async (page: Page, who: string, name: string) => {
    const button = page.getByRole('button', { name, exact: true })
    await button.waitFor({ timeout: 30_000 })
    await act(who, `presses “${name}”`, () => button.click())
  }
  const beginAs = async (name: string): Promise<Page> => {
    const app = await scene.app(name.toLowerCase())
    const page = await app.window()
    const passphrase = page.getByLabel('Passphrase', { exact: true })
    await passphrase
      .or(page.getByRole('textbox', { name: 'Your name' }))
      .first()
      .waitFor()
    // A desktop with a keyring asks for none.
    if (await passphrase.isVisible()) await press(page, name, 'Continue')
    await fill(page, name, 'Your name', name)
    return page
  }

  const ada = await beginAs('Ada')
  const bea = await beginAs('Bea')
  await fill(ada, 'Ada', /address of a relay/, relay.addresses[0] ?? '')
  await ada.getByText(/Friends reach you through/).waitFor()
  const link = await ada.getByRole('textbox', { name: 'Your link' }).inputValue()
  await fill(bea, 'Bea', /A friend’s link/, link)
  // Where the conversation will be, before anybody has answered.
  await bea.getByRole('textbox', { name: 'Message to Ada' }).waitFor()
  await press(ada, 'Ada', 'Accept')
  await fill(ada, 'Ada', 'Message to Bea', 'Hello Bea')
  await ada.getByText(/^(Delivered|Read)/).waitFor({ timeout: 30_000 })
  await bea.locator('.msg').filter({ hasText: 'Hello Bea' }).waitFor()

  t.diagnostic(`${done.length} actions:\n${done.join('\n')}`)
  assert.ok(done.length <= MOST, done.join('\n'))
})

test('a friend’s link in the first run is used whole: its relay keeps a place for the newcomer, too', {
  timeout: 60_000,
}, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const { page: ada } = await scene.person('Ada', relay.addresses)
  await ada.getByText(/Friends reach you through/).waitFor()
  const link = await ada.getByRole('textbox', { name: 'Your link' }).inputValue()
  const { page: bea } = await scene.person('Bea')
  const field = bea.getByRole('textbox', { name: /A friend’s link/ })
  await field.fill(link)
  // What it does is said before the press.
  await bea.getByText(/^Your friend gets your name and can accept/).waitFor()
  await bea.getByRole('button', { name: 'Send request' }).click()
  await bea.getByRole('textbox', { name: 'Message to Ada' }).waitFor()
  await bea.getByRole('navigation').getByRole('link', { name: 'Network' }).first().click()
  await bea.getByRole('heading', { name: /People reach you through/ }).waitFor({ timeout: 20_000 })
})
