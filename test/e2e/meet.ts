import type { Page } from '@playwright/test'
import { acceptRequest, addPerson, goTo, openChats, openConversation, setSwitch } from './steps.ts'

interface Person {
  readonly name: string
  readonly page: Page
}

/** Two people in their first run become contacts through a relay alone, and stand in their conversation. */
export async function meetByRelay(one: Person, other: Person): Promise<void> {
  for (const { page } of [one, other]) {
    await page.getByText(/Friends reach you through/).waitFor()
    await openChats(page)
    await setSwitch(page, 'Relay only', true)
  }
  await goTo(other.page, 'People')
  await other.page.getByRole('link', { name: 'My links' }).click()
  await addPerson(one.page, await other.page.getByRole('textbox', { name: 'Your link' }).first().inputValue())
  await acceptRequest(other.page, one.name)
  await openConversation(one.page, other.name)
  await openConversation(other.page, one.name)
}
