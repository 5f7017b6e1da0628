import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { accessibilityViolations } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { meetByRelay } from './meet.ts'
import { createScene } from './scene.ts'
import { chosenShell } from './shells/shell.ts'
import { goTo, openConversation, say } from './steps.ts'

const isInBrowser = chosenShell() === 'loopback'
const combobox = (page: Page) => page.getByRole('combobox')
const chosen = (page: Page) => page.getByRole('option', { selected: true })
const openPalette = async (page: Page) => {
  await page.keyboard.press('Control+k')
  await combobox(page).waitFor()
}
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).first()

test('one box leads everywhere, and the keys do what their sheet says', { timeout: 180_000 }, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const ada = { name: 'Ada', ...(await scene.person('Ada', relay.addresses)) }
  const bea = { name: 'Bea', ...(await scene.person('Bea', relay.addresses)) }
  await meetByRelay(ada, bea)
  const { page } = ada
  const composer = page.getByRole('textbox', { name: 'Message to Bea' })
  await say(page, 'Bea', 'The key is under the blue pot')
  await say(page, 'Bea', 'See https://example.org/way?to=pot and http://b\u00fccher.example/ and https://a@b.example/')

  await t.test('Escape closes it and gives the focus back; its own key closes it too', async () => {
    await composer.focus()
    for (const key of ['Escape', 'Control+k']) {
      await openPalette(page)
      await page.keyboard.press(key)
      await combobox(page).waitFor({ state: 'detached' })
      assert.equal(await composer.evaluate((box) => box === document.activeElement), true, key)
    }
  })

  await t.test('the arrows, Home and End choose, and the box says which one', async () => {
    await openPalette(page)
    const first = await chosen(page).textContent()
    await page.keyboard.press('End')
    const last = await chosen(page).textContent()
    assert.notEqual(first, last)
    await page.keyboard.press('ArrowDown')
    assert.equal(await chosen(page).textContent(), first)
    await page.keyboard.press('ArrowUp')
    assert.equal(await chosen(page).textContent(), last)
    await page.keyboard.press('Home')
    const id = await combobox(page).getAttribute('aria-activedescendant')
    assert.equal(await chosen(page).getAttribute('id'), id)
    await page.keyboard.press('Escape')
  })

  await t.test('Enter opens a conversation, a page and a section, and what was used comes first', async () => {
    await goTo(page, 'Network')
    for (const [typed, arrives] of [
      ['bea', () => composer.waitFor()],
      ['netwo sour', () => heading(page, 'Network sources').waitFor()],
      ['my li', () => heading(page, 'My links').waitFor()],
    ] as const) {
      await openPalette(page)
      await combobox(page).fill(typed)
      await page.keyboard.press('Enter')
      await arrives()
    }
    await openPalette(page)
    await page.getByRole('group', { name: 'Used before' }).getByRole('option').first().getByText('My links').waitFor()
    await page.keyboard.press('Escape')
  })

  await t.test('a command is carried out; Lock is not offered where it would keep nobody out', async () => {
    await openPalette(page)
    assert.equal(await page.getByRole('option', { name: 'Quit' }).count(), 1)
    assert.equal(await page.getByRole('option', { name: 'Lock' }).count(), 0)
    await combobox(page).fill('theme dark')
    await page.keyboard.press('Enter')
    await page.locator('html[data-theme="dark"]').waitFor()
    await openPalette(page)
    await combobox(page).fill('theme system')
    await page.keyboard.press('Enter')
    await page.locator('html:not([data-theme])').waitFor()
  })

  await t.test('words in messages lead to the message', async () => {
    await openPalette(page)
    await combobox(page).fill('blue pot')
    const hits = page.getByRole('group', { name: 'Words in messages' }).getByRole('option')
    await hits.first().click()
    await page.locator('.msg[data-found]').filter({ hasText: 'blue pot' }).waitFor()
  })

  await t.test('axe finds nothing on it, found and not found, wide and narrow', async () => {
    const looked: string[] = []
    for (const [typed, width] of [
      ['', 480],
      ['be', 1280],
      ['zzzz', 480],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await openPalette(page)
      await combobox(page).fill(typed)
      looked.push(...(await accessibilityViolations(page)).map((line) => `“${typed}” at ${width}: ${line}`))
      await page.keyboard.press('Escape')
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    assert.deepEqual(looked, [])
  })

  await t.test('the keys of the sheet work, and none while a dialog is open', async () => {
    for (const [key, name] of [
      ['Control+1', 'Chats'],
      ['Control+2', 'People'],
      ['Control+4', 'Settings'],
    ] as const) {
      await page.keyboard.press(key)
      await heading(page, name).waitFor()
    }
    await page.keyboard.press('Control+/')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await sheet.getByText('Go to a person').waitFor()
    // Its key belongs to the browser where there is one.
    assert.equal(await sheet.getByText('Add a person').count(), isInBrowser ? 0 : 1)
    for (const key of ['Control+1', 'Control+k', 'Control+f']) await page.keyboard.press(key)
    assert.equal(await combobox(page).count(), 0)
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await heading(page, 'Settings').waitFor()
    await page.keyboard.press('Control+f')
    await eventually(() => page.getByRole('searchbox').evaluate((box) => box === document.activeElement), {
      what: 'the focus in the search over all chats',
    })
    await openConversation(page, 'Bea')
    await composer.fill('')
    await composer.press('?')
    assert.equal(await composer.inputValue(), '?')
    await composer.fill('')
  })

  // In the desktop app the shell asks, in a dialog of the system (desktop/checks.ts).
  if (isInBrowser)
    await t.test('a link names the real host before it opens, and a disguised one is not opened', async () => {
      const link = page.locator('.msg').getByRole('link', { name: 'https://example.org/way?to=pot' })
      await link.click()
      const dialog = page.getByRole('dialog')
      const windows = page.context().pages().length
      await dialog.getByText('example.org', { exact: true }).waitFor()
      assert.deepEqual(await accessibilityViolations(page), [])
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      assert.equal(page.context().pages().length, windows)
      await link.click({ button: 'middle' })
      await opensInBrowser(page)
      await dialog.waitFor({ state: 'detached' })

      await page
        .locator('.msg')
        .getByRole('link', { name: /b.cher/ })
        .click()
      await dialog.getByText('xn--bcher-kva.example', { exact: true }).waitFor()
      await dialog.getByText('Not encrypted').waitFor()
      await page.keyboard.press('Escape')

      await page.locator('.msg').getByRole('button', { name: 'https://a@b.example/' }).click()
      await dialog.getByText('What stands before its @').waitFor()
      assert.equal(await dialog.getByRole('link').count(), 0)
      await dialog.getByRole('button', { name: 'Close' }).click()
    })

  await t.test('a file dropped on the window does not take its place; in a conversation it is spoken of', async () => {
    const drop = (selector: string, kind: 'file' | 'html') =>
      page.evaluate(
        ([at, what]) => {
          const data = new DataTransfer()
          if (what === 'file') data.items.add(new File(['x'], '../../x.html', { type: 'text/html' }))
          else data.setData('text/html', '<img src=x onerror=alert(1)>')
          const place = document.querySelector(at)
          const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
          place?.dispatchEvent(event)
          return event.defaultPrevented
        },
        [selector, kind] as const,
      )
    assert.equal(await drop('.list', 'file'), true)
    assert.equal(await drop('.list', 'html'), true)
    assert.equal(await page.getByText('Files cannot be sent yet').count(), 0)
    assert.equal(await drop('.content textarea', 'html'), false)
    assert.equal(await drop('.content textarea', 'file'), true)
    await page.getByRole('status').filter({ hasText: 'Files cannot be sent yet' }).waitFor()
    assert.deepEqual(await accessibilityViolations(page), [])
  })
})

/** Presses Open, which opens a tab. */
async function opensInBrowser(page: Page): Promise<void> {
  await page.context().route('https://example.org/**', (route) => route.fulfill({ body: 'the way to the pot' }))
  const opened = page.context().waitForEvent('page')
  await page.getByRole('dialog').getByRole('link', { name: 'Open' }).click()
  const other = await opened
  await other.waitForLoadState()
  // The place that was opened learns nothing of the window it was opened from.
  assert.deepEqual(await other.evaluate(() => [location.href, window.opener, document.referrer]), [
    'https://example.org/way?to=pot',
    null,
    '',
  ])
  await other.close()
}
