import assert from 'node:assert/strict'
import type { Page } from '@playwright/test'

// What a person does, in the words of the page. Every step ends when its effect is on screen.

/** Chooses an empty passphrase and a name; ends where one's own link is shown, and returns the link. */
export async function firstRun(page: Page, name: string): Promise<string> {
  await page.getByLabel('Passphrase', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('button', { name: 'Continue' }).click()
  const link = await page.getByRole('textbox', { name: 'Your link' }).inputValue()
  assert.match(link, /^sightline:\/\/add\//)
  return link
}

/** Leaves the first run for the chats. */
export async function openChats(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open chats' }).click()
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
}

/** Goes to one of the four pages by the rail. */
export async function goTo(page: Page, name: 'Chats' | 'People' | 'Network' | 'Settings'): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).first().click()
}

/** Adds a person by link and sends the request. */
export async function addPerson(page: Page, link: string, note = ''): Promise<void> {
  await goTo(page, 'People')
  await page.getByRole('button', { name: 'Add a person' }).click()
  await page.getByRole('textbox', { name: 'Link', exact: true }).fill(link)
  await page.getByRole('button', { name: 'Look at it' }).click()
  if (note !== '') await page.getByRole('textbox', { name: 'Note' }).fill(note)
  await page.getByRole('button', { name: 'Send request' }).click()
}

/** Accepts the one request that is there. */
export async function acceptRequest(page: Page, from: string): Promise<void> {
  await goTo(page, 'People')
  await page.getByRole('button', { name: 'Accept' }).click({ timeout: 20_000 })
  await page.getByRole('link', { name: from }).first().waitFor()
}

/** Opens the conversation with a contact from the list of people. */
export async function openConversation(page: Page, name: string): Promise<void> {
  await goTo(page, 'Chats')
  await page.getByRole('link', { name }).first().click()
  await page.getByRole('textbox', { name: `Message to ${name}` }).waitFor()
}

/** Types a message and presses Enter. */
export async function say(page: Page, to: string, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: `Message to ${to}` })
  await composer.fill(text)
  await composer.press('Enter')
  await composer.and(page.locator(':placeholder-shown, :empty')).waitFor()
}

/** Goes to a section of the settings and sets one switch. */
export async function setSwitch(page: Page, name: string, isOn: boolean): Promise<void> {
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: 'Privacy' }).click()
  const found = page.getByRole('switch', { name })
  // The switch shows what the messenger says, so it moves a moment after the press.
  if ((await found.isChecked()) !== isOn) await found.click()
  await page.getByRole('switch', { name, checked: isOn }).waitFor()
}

/** The words beside the line in the header of the open conversation, e.g. `Relayed by harbour · 43 ms`. */
export function lineWords(page: Page, pattern: RegExp) {
  return page.getByRole('button', { name: pattern })
}
