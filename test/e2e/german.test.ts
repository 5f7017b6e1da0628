import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { accessibilityViolations } from '../support/browser.ts'
import { createScene } from './scene.ts'
import { acceptRequest, addPerson, goTo, openChats } from './steps.ts'

// No German word, and in nearly every English sentence.
const ENGLISH = /\b(the|you|your|and|not|is|of|this|has|have|from|with|yet|nobody|people|can|who|that)\b/i

/** Every piece of text a person sees or is read, but exact terms: those are in no language. */
const saidOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Text && node.parentElement?.closest('.mono, [lang]:not(html)') === null)
        found.push(node.data.trim())
      if (node instanceof Element)
        for (const name of ['aria-label', 'title', 'placeholder']) found.push(node.getAttribute(name) ?? '')
    }
    return [document.title, ...found].filter((text) => text !== '')
  })

/** What stays English on the page. */
async function englishOn(page: Page): Promise<string[]> {
  assert.equal(await page.locator('html').getAttribute('lang'), 'de')
  const said = await saidOn(page)
  assert.ok(said.length > 10, 'there is something on the page')
  return said.filter((text) => ENGLISH.test(text))
}

/** The same, and what axe finds. */
const troubles = async (page: Page): Promise<string[]> => [
  ...(await englishOn(page)),
  ...(await accessibilityViolations(page)),
]

test('who chooses German is answered in German on every page, after a reload as well', {
  timeout: 240_000,
}, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const bea = await scene.person('Bea', relay.addresses)
  await bea.page.getByText(/Friends reach you through/).waitFor()
  const link = await bea.page.getByRole('textbox', { name: 'Your link' }).inputValue()
  const { page } = await scene.person('Ada', relay.addresses)
  await openChats(page)
  await openChats(bea.page)
  await addPerson(page, link)
  await acceptRequest(bea.page, 'Ada')
  assert.match((await saidOn(page)).join('\n'), ENGLISH, 'before, it was English')

  await goTo(page, 'Settings')
  await page.getByRole('link', { name: 'Appearance' }).click()
  await page.getByRole('radio', { name: 'Deutsch' }).click()
  await page.getByRole('heading', { name: 'Darstellung' }).waitFor()
  assert.deepEqual(await troubles(page), [])

  const rail = page.getByRole('navigation')
  for (const section of [
    'Name und Schlüssel',
    'Privatsphäre',
    'Relays',
    'Netzquellen',
    'Mitteilungen',
    'Über Sightline',
  ]) {
    await page.getByRole('link', { name: section }).click()
    await page.getByRole('heading', { name: section, level: 1 }).waitFor()
    assert.deepEqual(await englishOn(page), [], section)
  }
  await rail.getByRole('link', { name: 'Personen' }).click()
  await page.getByRole('heading', { name: 'In diesem Netzwerk' }).waitFor()
  assert.deepEqual(await troubles(page), [], 'people')
  await page.getByRole('link', { name: 'Meine Links' }).click()
  await page.getByRole('heading', { name: 'Neuen Link erstellen' }).waitFor()
  assert.deepEqual(await englishOn(page), [], 'links')
  await page.getByRole('link', { name: 'Bea' }).first().click()
  await page.getByRole('heading', { name: 'Sicherheitsnummer' }).waitFor()
  assert.deepEqual(await englishOn(page), [], 'a contact')
  await rail.getByRole('link', { name: 'Chats' }).click()
  await page.getByRole('link', { name: 'Bea' }).first().click()
  await page.getByRole('textbox', { name: 'Nachricht an Bea' }).fill('Guten Abend')
  await page.keyboard.press('Enter')
  await page.getByText(/^(Zugestellt|Gelesen)/).waitFor()
  assert.deepEqual(await troubles(page), [], 'a conversation')
  await page.getByRole('button', { name: /Wegübersicht öffnen/ }).click()
  await page.getByRole('heading', { name: 'Fakten' }).waitFor()
  assert.deepEqual(await englishOn(page), [], 'the line')
  await rail.getByRole('link', { name: 'Netzwerk' }).click()
  await page.getByRole('heading', { name: 'Erreichbarkeit' }).waitFor()
  assert.deepEqual(await troubles(page), [], 'network')

  await page.reload()
  await page.getByRole('heading', { name: 'Erreichbarkeit' }).waitFor()
  assert.deepEqual(await englishOn(page), [])
})
