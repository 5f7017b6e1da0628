import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { SignedInvite } from '../../electron/messaging/people/links/invite.pb.js'
import { encodeInvite, INVITE_PREFIX } from '../../electron/messaging/people/links/invite.ts'
import { decodeBase64url, encodeBase64url } from '../../electron/messaging/wire/base64url.ts'
import { peerIdOfSeed } from '../../electron/messaging/wire/signing.ts'
import { failureSentence } from '../../renderer/words/failure.ts'
import { words } from '../../renderer/words/words.ts'
import { accessibilityViolations } from '../support/browser.ts'
import { meetByRelay } from './meet.ts'
import { createScene } from './scene.ts'
import { goTo, openChats } from './steps.ts'

// A link that was opened outside the window leads to `#/people/add/<link>`.

const { people } = words
const seed = new Uint8Array(32).fill(7)

const linkOf = (name: string, addresses: readonly string[] = []): string =>
  encodeInvite({ owner: peerIdOfSeed(seed), name, createdAt: Date.now(), addresses, token: new Uint8Array(16) }, seed)

const arrive = (page: Page, link: string) =>
  page.evaluate(
    (to) => {
      window.location.hash = to
    },
    `#/people/add/${encodeURIComponent(link)}`,
  )

const address = (page: Page): Promise<string> => page.evaluate(() => window.location.hash)

test('a link that was opened elsewhere is shown before anything is called, and leaves no trace in the address', {
  timeout: 60_000,
}, async (t) => {
  const scene = await createScene(t)
  const { page, link: own } = await scene.person('Ada')
  await openChats(page)
  const dialog = page.getByRole('dialog', { name: /^Write to Carl/ })

  await t.test('the dialog says who and through whom, and Cancel asks nobody', async () => {
    await arrive(page, linkOf('Carl', ['/ip4/192.0.2.7/tcp/4001']))
    await dialog.getByText(/an internet address of Carl/).waitFor()
    await dialog.getByText(/^signed with this key on/).waitFor()
    await dialog.getByText(people.notDialled).waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await address(page), '#/people/add')
    assert.equal(await page.getByRole('textbox', { name: 'Link', exact: true }).inputValue(), '')
    // The step before is where one came from, not the link.
    await page.goBack()
    assert.equal(await address(page), '#/chats')
  })

  await t.test(
    'one that cannot be used has its sentence beside the field, where it stays to be looked at',
    async () => {
      const newer = encodeBase64url(
        SignedInvite.encode({
          ...SignedInvite.decode(decodeBase64url(linkOf('Carl').slice(INVITE_PREFIX.length)) ?? assert.fail()),
          version: 2,
        }),
      )
      const cases = [
        ['sightline://add/CAES', failureSentence({ code: 'invite-damaged' })],
        ['sightline://elsewhere/<img src=x onerror=alert(1)>', failureSentence({ code: 'invite-damaged' })],
        [`${INVITE_PREFIX}${newer}`, failureSentence({ code: 'invite-newer' })],
        [own, failureSentence({ code: 'invite-own' })],
        [`${INVITE_PREFIX}${'A'.repeat(50_000)}`, people.linkTooLong],
      ] as const
      for (const [link, said] of cases) {
        await arrive(page, link)
        await page.getByRole('alert').filter({ hasText: said }).waitFor()
        await page.waitForURL(/#\/people\/add$/)
        assert.equal(await page.getByRole('textbox', { name: 'Link', exact: true }).inputValue(), link)
        assert.equal(await page.getByRole('dialog').count(), 0)
      }
    },
  )

  await t.test('the newest of two is the one that is asked about', async () => {
    await arrive(page, linkOf('Berta'))
    await arrive(page, linkOf('Carl'))
    await dialog.waitFor()
    assert.equal(await page.getByRole('dialog').count(), 1)
    await dialog.getByRole('button', { name: 'Send request' }).click()
    await page.getByText(people.sent('Carl')).waitFor()
    assert.equal(await address(page), '#/people/add')
  })
})

test('the link of somebody who is a contact leads to the conversation', { timeout: 120_000 }, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const ada = { name: 'Ada', ...(await scene.person('Ada', relay.addresses)) }
  const bea = { name: 'Bea', ...(await scene.person('Bea', relay.addresses)) }
  await meetByRelay(ada, bea)
  await goTo(ada.page, 'Network')
  await arrive(ada.page, bea.link)
  await ada.page.getByText(people.known.mutual).waitFor()
  await ada.page.getByRole('button', { name: people.openConversation }).click()
  await ada.page.getByRole('textbox', { name: 'Message to Bea' }).waitFor()
  assert.doesNotMatch(await address(ada.page), /sightline/)
})

test('names made to deceive or to break the page do neither, wide or narrow', { timeout: 120_000 }, async (t) => {
  const scene = await createScene(t)
  const { page } = await scene.person('Ada')
  await openChats(page)
  const names = [
    '\u202Egnp.ecilA\u202C',
    '\u200B\u200D\u2060Ca\u200Brl\uFEFF',
    `Z${'\u0351\u036B\u0353\u036A'.repeat(12)}algo`,
    '<img src=x onerror=alert(1)><b>Carl</b>',
    'W'.repeat(64),
    'שלום عالم 123',
    '﷽﷽﷽﷽﷽﷽﷽﷽',
  ]
  page.on('dialog', () => assert.fail('something of a name was run'))
  for (const name of names) {
    await arrive(page, linkOf(name))
    const dialog = page.getByRole('dialog')
    await dialog.getByText(people.notDialled).waitFor()
    for (const width of [480, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      assert.deepEqual(await tooWide(page), [], `${name} at ${width}`)
    }
    assert.equal(await dialog.locator('img, b b').count(), 0)
    assert.doesNotMatch((await dialog.textContent()) ?? '', /[\u202A-\u202E\u200B\u2060\uFEFF]|\p{M}{5}/u)
    await dialog.getByRole('button', { name: 'Send request' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Take back' }).waitFor()
    for (const width of [480, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      assert.deepEqual(await tooWide(page), [], `the list with ${name} at ${width}`)
    }
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByRole('button', { name: 'Take back' }).waitFor({ state: 'detached' })
  }
  await arrive(page, linkOf(names[2] ?? ''))
  await page.getByRole('dialog').waitFor()
  assert.deepEqual(await accessibilityViolations(page), [])
})

/** What is wider than the place it has. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.page, dialog, .list')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(
        ({ tagName, className, scrollWidth, clientWidth }) =>
          `${tagName}.${className}: ${scrollWidth} > ${clientWidth}`,
      ),
  )
