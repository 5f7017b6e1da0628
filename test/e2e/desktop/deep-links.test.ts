import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { eventually } from '../../support/eventually.ts'
import { goTo, openChats } from '../steps.ts'
import { linkOf } from './invites.ts'
import { createDesktopScene } from './scene.ts'

const asksAbout = (page: Page, name: string) => page.getByRole('dialog').filter({ hasText: name })

/** Who was asked, as the list of people shows it. */
async function wasAsked(page: Page, name: string): Promise<boolean> {
  await goTo(page, 'People')
  return (await page.getByRole('link', { name }).count()) > 0
}

test('a link from outside asks whom it leads to, and only a yes sends a request', { timeout: 120_000 }, async (t) => {
  const scene = await createDesktopScene(t)
  const { app, page } = await scene.person('Ada')
  await openChats(page)

  await t.test('opened while it runs, as macOS hands it over', async () => {
    await app.electron.evaluate(({ app: electron }, link) => {
      electron.emit('open-url', { preventDefault: () => undefined }, link)
    }, linkOf('Carl'))
    await asksAbout(page, 'Carl').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await asksAbout(page, 'Carl').waitFor({ state: 'detached' })
    assert.equal(await wasAsked(page, 'Carl'), false)
  })

  await t.test('given to a second start, as Windows and Linux hand it over', async () => {
    const second = await scene.app('ada', [], { args: [linkOf('Dora')] })
    assert.equal(await second.electron.exited, 0)
    await asksAbout(page, 'Dora').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Dora' }).count(), 0)
    await page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click()
    await eventually(() => wasAsked(page, 'Dora'), { what: 'a request to Dora' })
  })

  await t.test('what only looks like a link opens nothing', async () => {
    for (const link of ['sightline://add/../../x', 'sightline://elsewhere/x', `sightline://add/${'A'.repeat(5000)}`])
      await app.electron.evaluate(({ app: electron }, given) => {
        electron.emit('open-url', { preventDefault: () => undefined }, given)
      }, link)
    assert.equal(await page.getByRole('dialog').count(), 0)
  })
})

test('a link on the command line waits until the profile is open', { timeout: 60_000 }, async (t) => {
  const scene = await createDesktopScene(t)
  const { page } = await scene.person('Ada', [], { args: [linkOf('Carl')] })
  assert.equal(await asksAbout(page, 'Carl').count(), 0)
  await page.getByRole('button', { name: 'Open chats' }).click()
  await asksAbout(page, 'Carl').waitFor()
})
