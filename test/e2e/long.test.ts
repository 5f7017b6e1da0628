import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { textOf, writeLongConversations } from '../support/long-conversation.ts'
import { openProfile, startMessenger } from '../support/messenger-process.ts'
import { createScene } from './scene.ts'

const MESSAGES = 5_000
const UNREAD = 400
// Far above what it takes, so that only real slowness is caught, on a busy machine too.
const OPENS_WITHIN_MS = 3_000
const ELEMENTS_MOST = 5_000

test('a long conversation opens where the unread begin, and every message of it can be reached', {
  timeout: 240_000,
}, async (t) => {
  const scene = await createScene(t)
  const directory = join(scene.profilesDirectory, 'ada')
  const messenger = await startMessenger({ directory })
  await openProfile(messenger, { name: 'Ada' })
  await messenger.stop()
  const [lena] = await writeLongConversations(
    directory,
    [{ name: 'Lena', number: 41, messages: MESSAGES, unread: UNREAD }],
    Date.now(),
  )
  assert.ok(lena)
  const app = await scene.app('ada')
  const page = await app.window()
  const log = page.getByRole('log')
  const message = (n: number) => page.locator(`.msg[data-id="${lena.messages[n]}"]`)
  const row = page.locator('.row').filter({ hasText: 'Lena' })
  const theirs = Array.from({ length: UNREAD }, (_, at) => MESSAGES - UNREAD + at).filter((n) => n % 7 >= 3)

  await t.test('it opens quickly, at the first unread one', async () => {
    await row.locator('.count').waitFor()
    const startedAt = performance.now()
    await row.click()
    await page.getByText('New from here').waitFor()
    const tookMs = performance.now() - startedAt
    assert.ok(tookMs < OPENS_WITHIN_MS, `it took ${Math.round(tookMs)} ms`)
    await message(theirs[0] ?? 0).waitFor()
    assert.match(
      (await row.locator('.count').textContent()) ?? '',
      new RegExp(`^${theirs.length} `),
      'nothing is read yet',
    )
  })

  await t.test('what stands on screen stays where it is while older messages come', async () => {
    await log.focus()
    const top = async () =>
      log.evaluate((element) => {
        const edge = element.getBoundingClientRect().top
        const shown = [...element.querySelectorAll<HTMLElement>('.msg')].find(
          (one) => one.getBoundingClientRect().top > edge + 20,
        )
        return { id: shown?.dataset['id'], y: shown?.getBoundingClientRect().top ?? 0 }
      })
    for (let turn = 0; turn < 25; turn++) {
      await page.mouse.move(800, 400)
      await page.mouse.wheel(0, -1_500)
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    }
    // Still now: whatever was on its way has come.
    const before = await eventually(async () => {
      const one = await top()
      const later = await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 120))).then(top)
      return one.id !== undefined && one.id === later.id && Math.abs(one.y - later.y) < 1 ? later : undefined
    })
    assert.ok(lena.messages.indexOf(before.id ?? '') < MESSAGES - UNREAD - 100, 'it went back')
    assert.ok((await page.locator('*').count()) < ELEMENTS_MOST)
  })

  await t.test('words are found far above, hit by hit, and the focus comes back', async () => {
    const composer = page.getByRole('textbox', { name: 'Message to Lena' })
    await composer.focus()
    await page.keyboard.press('Control+f')
    const box = page.getByRole('searchbox', { name: 'Search the messages with Lena' })
    await box.fill('notes 60')
    await page.locator('.msg[data-found] mark').first().waitFor()
    const count = page.locator('.find-count')
    await eventually(async () => /^1 of \d+$/.test((await count.textContent()) ?? ''))
    const hits = Number((await count.textContent())?.split(' of ')[1])
    const newest = await page.locator('.msg[data-found]').getAttribute('data-id')
    await box.press('Enter')
    await eventually(async () => (await count.textContent()) === `2 of ${hits}`)
    await eventually(async () => (await page.locator('.msg[data-found]').getAttribute('data-id')) !== newest)
    await box.press('Shift+Enter')
    await eventually(async () => (await page.locator('.msg[data-found]').getAttribute('data-id')) === newest)
    await box.fill(`(1234)`)
    await eventually(
      async () => (await page.locator('.msg[data-found]').getAttribute('data-id')) === lena.messages[1234],
    )
    await message(1234).locator('mark').first().waitFor()
    await box.press('Escape')
    await box.waitFor({ state: 'detached' })
    assert.equal(await composer.evaluate((element) => element === document.activeElement), true)
  })

  await t.test('from there the newest is one press away, and only then all is read', async () => {
    assert.notEqual(await row.locator('.count').count(), 0)
    await page.getByRole('button', { name: 'Go to the newest message' }).click()
    await message(MESSAGES - 1).waitFor()
    await eventually(async () => (await row.locator('.count').count()) === 0, { what: 'nothing unread' })
  })

  await t.test('a message is taken off this screen after a question, and stays away', async () => {
    const last = message(MESSAGES - 1)
    await last.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Delete for me' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    assert.equal(await last.count(), 1)
    await last.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Delete for me' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for me' }).click()
    await last.waitFor({ state: 'detached' })
    await page.reload()
    await message(MESSAGES - 2).waitFor()
    assert.equal(await last.count(), 0)
    assert.ok(!(await row.textContent())?.includes(textOf(MESSAGES - 1).slice(-7)))
  })
})
