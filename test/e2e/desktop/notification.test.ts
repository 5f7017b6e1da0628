import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { meetByRelay } from '../meet.ts'
import { goTo, openConversation, say } from '../steps.ts'
import { called, lookAway, notifications, pressNotification, windowState } from './probe.ts'
import { createDesktopScene } from './scene.ts'

test('while nobody looks a message is told of, counted on the icon, and a press leads to it', {
  timeout: 180_000,
}, async (t) => {
  const scene = await createDesktopScene(t)
  const relay = await scene.relay()
  const ada = { name: 'Ada', ...(await scene.person('Ada', relay.addresses)) }
  const bea = { name: 'Bea', ...(await scene.person('Bea', relay.addresses)) }
  await meetByRelay(ada, bea)
  await say(bea.page, 'Ada', 'while you look')
  await ada.page.locator('.msg').filter({ hasText: 'while you look' }).waitFor()
  assert.deepEqual(await notifications(ada.app.electron), [])

  await goTo(ada.page, 'Settings')
  await lookAway(ada.app.electron)
  await say(bea.page, 'Ada', 'come and see')
  const shown = await eventually(async () => (await notifications(ada.app.electron))[0])
  assert.match(`${shown.title} ${shown.body}`, /Bea/)
  await eventually(async () => (await called(ada.app.electron, 'app.setBadgeCount')).at(-1)?.[0] === 1, {
    what: 'one on the icon',
  })

  await pressNotification(ada.app.electron)
  await ada.page.getByRole('textbox', { name: 'Message to Bea' }).waitFor()
  await ada.page.locator('.msg').filter({ hasText: 'come and see' }).waitFor()
  assert.deepEqual(await windowState(ada.app.electron), { isVisible: true, isFocused: true })
  assert.deepEqual(await notifications(ada.app.electron), [])
  await eventually(async () => (await called(ada.app.electron, 'app.setBadgeCount')).at(-1)?.[0] === 0, {
    what: 'nothing on the icon',
  })
  await openConversation(bea.page, 'Ada')
})
