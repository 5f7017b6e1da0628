import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { eventually } from '../../support/eventually.ts'
import { openChats } from '../steps.ts'
import { pressTray, trayMenu } from './probe.ts'
import { createDesktopScene } from './scene.ts'

async function beginWithPassphrase(page: Page): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill('open sesame')
  await page.getByLabel('The same once more').fill('open sesame')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada')
  await page.getByRole('button', { name: 'Continue' }).click()
  await openChats(page)
}

test('the tray locks the profile, its passphrase opens it, and the menu knows when there is nothing to lock', {
  timeout: 60_000,
}, async (t) => {
  const scene = await createDesktopScene(t)
  const app = await scene.app('ada')
  const page = await app.window()
  await beginWithPassphrase(page)
  await eventually(async () => (await trayMenu(app.electron)).includes('Lock'), { what: 'something to lock' })
  await pressTray(app.electron, 'Lock')
  await page.getByRole('button', { name: 'Unlock' }).waitFor()
  await eventually(async () => !(await trayMenu(app.electron)).includes('Lock'), { what: 'nothing to lock' })
  await page.getByLabel('Passphrase', { exact: true }).fill('open sesame')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
})
