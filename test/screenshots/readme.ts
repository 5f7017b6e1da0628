/**
 * `node test/screenshots/readme.ts`: the picture in README.md, taken of the real app: a relay, two people, one conversation
 * that begins through the relay and becomes direct. Needs `npm run build` before.
 */
import { join } from 'node:path'
import { createScene } from '../e2e/scene.ts'
import { acceptRequest, addPerson, goTo, lineWords, openChats, openConversation, say, setSwitch } from '../e2e/steps.ts'

const endings: (() => unknown)[] = []
const scene = await createScene({
  after: (end) => {
    if (end !== undefined) endings.push(end as () => unknown)
  },
})
try {
  const relay = await scene.relay(['--name', 'Ines'])
  const lena = await scene.person('Lena Vogt', relay.addresses)
  await lena.page.getByText(/Friends reach you through/).waitFor()
  const ada = await scene.person('Ada Winter', relay.addresses)
  await openChats(ada.page)
  await openChats(lena.page)
  for (const { page } of [ada, lena]) await setSwitch(page, 'Relay only', true)
  await goTo(lena.page, 'People')
  await lena.page.getByRole('link', { name: 'My links' }).click()
  const link = await lena.page.getByRole('textbox', { name: 'Your link' }).first().inputValue()
  await addPerson(ada.page, link, 'We met on the ridge')
  await acceptRequest(lena.page, 'Ada Winter')
  await openConversation(ada.page, 'Lena Vogt')
  await openConversation(lena.page, 'Ada Winter')
  await lineWords(ada.page, /Relayed by/).waitFor()
  await say(ada.page, 'Lena Vogt', 'Did the old map turn up?')
  await lena.page.locator('.msg', { hasText: 'old map' }).waitFor()
  await say(lena.page, 'Ada Winter', 'Page one did. The dotted part is gone.')
  await ada.page.locator('.msg', { hasText: 'dotted part' }).waitFor()
  for (const { page } of [ada, lena]) await setSwitch(page, 'Relay only', false)
  await openConversation(lena.page, 'Ada Winter')
  await openConversation(ada.page, 'Lena Vogt')
  await lineWords(ada.page, /On this network/).waitFor()
  await say(ada.page, 'Lena Vogt', 'Then we take the saddle. Forty minutes more, I think.')
  await lena.page.locator('.msg', { hasText: 'saddle' }).waitFor()
  await say(lena.page, 'Ada Winter', 'Fine by me. I will bring the small tent.')
  await ada.page.locator('.msg', { hasText: 'small tent' }).waitFor()
  await ada.page.getByText(/^(Delivered|Read)/).waitFor()
  await ada.page.setViewportSize({ width: 1120, height: 640 })
  await ada.page.screenshot({ path: join(import.meta.dirname, 'conversation.png') })
} finally {
  for (const end of endings.reverse()) await end()
}
