import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openChats } from '../steps.ts'
import { createLoopbackScene } from './scene.ts'

test('a second start of a running profile leads to the same one', { timeout: 60_000 }, async (t) => {
  const scene = await createLoopbackScene(t)
  const ada = await scene.person('Ada')
  await openChats(ada.page)
  const second = await scene.app('ada')
  assert.notEqual(second.link, ada.app.link)
  const page = await second.window()
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
  await ada.page.getByRole('heading', { name: 'Chats' }).waitFor()
})
