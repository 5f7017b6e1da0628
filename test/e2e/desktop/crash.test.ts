import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { meetByRelay } from '../meet.ts'
import { goTo, openConversation, say } from '../steps.ts'
import { createDesktopScene } from './scene.ts'

test('a page that cannot be loaded is loaded again, instead of an empty window', { timeout: 60_000 }, async (t) => {
  const scene = await createDesktopScene(t)
  const app = await scene.app('ada')
  const page = await app.window()
  await page.getByRole('heading').first().waitFor()
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('i'), { id: 'before' })))
  await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.emit('did-fail-load', {}, -3, 'ERR_ABORTED', '', true, 1, 1)
    contents?.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', '', false, 1, 1)
  })
  assert.equal(await page.locator('#before').count(), 1)
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', '', true, 1, 1)
  })
  await page.locator('#before').waitFor({ state: 'detached' })
  await page.getByRole('heading').first().waitFor()
})

test('a page that crashes comes back by itself with the conversation and the draft', {
  timeout: 180_000,
}, async (t) => {
  const scene = await createDesktopScene(t)
  const relay = await scene.relay()
  const ada = { name: 'Ada', ...(await scene.person('Ada', relay.addresses)) }
  const bea = { name: 'Bea', ...(await scene.person('Bea', relay.addresses)) }
  await meetByRelay(ada, bea)
  await say(ada.page, 'Bea', 'before it fell')
  await ada.page
    .getByText(/^Delivered|^Read/)
    .last()
    .waitFor()
  await ada.page.getByRole('textbox', { name: 'Message to Bea' }).fill('half a thou')
  // A draft is kept a moment after the last key; leaving the conversation keeps it at once.
  await goTo(ada.page, 'People')
  await openConversation(ada.page, 'Bea')

  await ada.app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  const fallen = ada.page
  const page = await eventually(
    async () => {
      const now = await ada.app.window()
      return now === fallen ? undefined : now
    },
    { what: 'a new page' },
  )
  await openConversation(page, 'Bea')
  await page.locator('.msg').filter({ hasText: 'before it fell' }).waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'Message to Bea' }).inputValue(), 'half a thou')
  await say(bea.page, 'Ada', 'after it stood up')
  await page.locator('.msg').filter({ hasText: 'after it stood up' }).waitFor()
})
