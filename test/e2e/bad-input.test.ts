import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Locator, Page } from '@playwright/test'
import { entryId, type SignedEntry } from '../../electron/messaging/conversations/log/entry.ts'
import { SignedInvite } from '../../electron/messaging/people/links/invite.pb.js'
import { decodeInvite, encodeInvite, INVITE_PREFIX } from '../../electron/messaging/people/links/invite.ts'
import { decodeBase64url, encodeBase64url } from '../../electron/messaging/wire/base64url.ts'
import { peerIdOfSeed } from '../../electron/messaging/wire/signing.ts'
import { refusals } from '../../renderer/words/english/refusals.ts'
import { failureSentence } from '../../renderer/words/failure.ts'
import { words } from '../../renderer/words/words.ts'
import type { FailureCode } from '../../shared/contract/failures.ts'
import { startBadContact } from '../support/bad-contact.ts'
import { pen } from '../support/entries.ts'
import { eventually } from '../support/eventually.ts'
import { createScene, type Scene } from './scene.ts'
import { acceptRequest, addPerson, goTo, openChats, openConversation, say } from './steps.ts'

// Each: a sentence where it happened, nothing lost, no crash. What a page cannot show is listed in test/README.md.

const MALLORY = 3
const MEGABYTE = 1024 * 1024
const LIMIT = { timeout: 60_000 }
const sentence = (code: FailureCode) => failureSentence({ code })
const alertWith = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text })

test('a link that cannot be used is refused beside the field, in words, and stays there', LIMIT, async (t) => {
  const scene = await createScene(t)
  const { page, link: own } = await scene.person('Ada')
  await openChats(page)
  const friends = linkOfFriend()
  const cases: readonly (readonly [what: string, text: string, said: string])[] = [
    ['wrong', 'hello', failureSentence({ code: 'invite-damaged', detail: { found: 'no-link' } })],
    ['truncated', friends.slice(0, friends.length / 2), sentence('invite-damaged')],
    ['of a newer version', ofVersion(friends, 2), sentence('invite-newer')],
    ['my own', own, sentence('invite-own')],
    ['nothing', '   ', sentence('empty')],
    ['far too long', `${INVITE_PREFIX}${'A'.repeat(MEGABYTE)}`, words.people.linkTooLong],
  ]
  await goTo(page, 'People')
  await page.getByRole('button', { name: 'Add a person' }).click()
  const field = page.getByRole('textbox', { name: 'Link', exact: true })
  for (const [what, text, said] of cases) {
    await field.fill(text)
    const look = page.getByRole('button', { name: 'Look at it' })
    if (await look.isEnabled()) await look.click()
    await alertWith(page, said).waitFor()
    assert.ok((await field.inputValue()) === text, `${what}: what was pasted is gone`)
  }
  await field.fill(friends)
  await page.getByRole('button', { name: 'Look at it' }).click()
  await page.getByRole('dialog').getByText('Carl').first().waitFor()
})

test('between two people and a relay with two places', LIMIT, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay(['--max-reservations', '2'])
  const [ada, bea] = [await scene.person('Ada', relay.addresses), await scene.person('Bea', relay.addresses)]
  for (const { page } of [ada, bea]) {
    await page.getByText(/Friends reach you through/).waitFor()
    await openChats(page)
  }
  const link = await freshLink(bea.page)

  await t.test('a withdrawn link opens no door: the request says so, and waits for a decision', async () => {
    await bea.page.getByRole('button', { name: 'Withdraw' }).first().click()
    await bea.page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
    await bea.page.getByText('withdrawn', { exact: true }).waitFor()
    await addPerson(ada.page, link, 'It is Ada')
    await goTo(bea.page, 'People')
    await bea.page.getByText(/^Used your link of .+, which you have withdrawn\. /).waitFor()
    assert.equal(await bea.page.getByRole('button', { name: 'Accept' }).count(), 1)
    await acceptRequest(bea.page, 'Ada')
  })

  await t.test('a contact cannot be added twice', async () => {
    await ada.page.getByRole('link', { name: 'Bea' }).first().waitFor()
    await goTo(ada.page, 'People')
    await ada.page.getByRole('button', { name: 'Add a person' }).click()
    await ada.page.getByRole('textbox', { name: 'Link', exact: true }).fill(link)
    await ada.page.getByRole('button', { name: 'Look at it' }).click()
    const dialog = ada.page.getByRole('dialog')
    await dialog.getByText(sentence('already-contact')).waitFor()
    assert.equal(await dialog.getByRole('button', { name: 'Send request' }).count(), 0)
    await dialog.getByRole('button', { name: 'Close' }).first().click()
  })

  await t.test('a pasted megabyte is refused with the limit named, and nothing of it is lost', async () => {
    const { page } = ada
    await openConversation(page, 'Bea')
    const composer = page.getByRole('textbox', { name: 'Message to Bea' })
    let reconnections = 0
    page.on('websocket', () => {
      reconnections += 1
    })
    const pasted = await paste(composer, 'pasted '.repeat(14))
    assert.ok(pasted.length >= MEGABYTE)
    const refusal = alertWith(page, words.chat.tooLong(pasted.length, 16 * 1024))
    await refusal.filter({ hasText: words.chat.keptHereOnly }).waitFor()
    await composer.press('Enter')
    assert.equal(await page.getByRole('button', { name: 'Send' }).isEnabled(), false)
    await goTo(page, 'Settings')
    await openConversation(page, 'Bea')
    await refusal.waitFor()
    assert.ok((await composer.inputValue()) === pasted, 'what was pasted is gone')
    assert.equal(await page.locator('.msg').count(), 0)

    // Each of these is six bytes on the way: more than one frame to the messenger may hold.
    const larger = await paste(composer, '\u0001'.repeat(98))
    await goTo(page, 'Settings')
    await openConversation(page, 'Bea')
    assert.ok((await composer.inputValue()) === larger, 'what was pasted is gone')
    await composer.fill('')
    await say(page, 'Bea', 'shorter')
    await page.getByText(/^Delivered/).waitFor()
    assert.equal(reconnections, 0, 'the window lost the messenger')
  })

  await t.test('a long draft is whole after a reload', async () => {
    const { page } = ada
    const composer = page.getByRole('textbox', { name: 'Message to Bea' })
    const draft = 'a word and another, '.repeat(50)
    await composer.fill(draft)
    await goTo(page, 'People')
    await page.reload()
    await openConversation(page, 'Bea')
    await page.waitForFunction((text) => document.querySelector('textarea')?.value === text, draft)
  })

  await t.test('a full relay and one that does not answer are named, and hold nothing up', async () => {
    // Nothing listens on port 1.
    const silent = `/ip4/127.0.0.1/tcp/1/p2p/${peerIdOfSeed(new Uint8Array(32).fill(8))}`
    const { page } = await scene.person('Cleo', [...relay.addresses.slice(0, 1), silent])
    await page.getByText('Nobody can reach you through this link yet').waitFor()
    await openChats(page)
    await goTo(page, 'Network')
    const rows = page.getByRole('article')
    const full = rows.filter({ hasText: sentence('relay-full') })
    await full.getByText('Said no').waitFor()
    const unreachable = rows.filter({ hasText: 'Does not answer' })
    await unreachable.getByText(/tries again/).waitFor()
    assert.equal(await rows.count(), 2)
  })
})

test('a contact who cheats is named on the page, and the rest of the conversation stays', LIMIT, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const { page, link } = await scene.person('Ada', relay.addresses)
  await page.getByText(/Friends reach you through/).waitFor()
  await openChats(page)
  const id = decodeInvite(await freshLink(page))
  assert.ok(typeof id !== 'string', link)
  const mallory = await startBadContact(t, MALLORY, { name: 'Mallory' })
  const befriended = mallory.befriend(await freshLink(page))
  await acceptRequest(page, 'Mallory')
  await befriended
  await openConversation(page, 'Mallory')
  await say(page, 'Mallory', 'what I said')
  const { heard, say: tell } = await mallory.talk(id.owner)
  const mine = await eventually(() => heard.find((frame) => frame.say === 'entries')?.entries[0])
  const target = entryId(mine.bytes)

  const writer = pen(MALLORY, id.owner)
  const forged = (entry: SignedEntry) => ({ ...entry, signature: entry.signature.map((byte) => byte ^ 1) })
  const twin = pen(MALLORY, id.owner, 'cd'.repeat(16))
  const other = pen(MALLORY, id.owner, 'cd'.repeat(16))
  const entries = [
    writer.next({ kind: 'text', text: 'an honest word' }),
    writer.next({ kind: 'edit', target, text: 'what I never said' }),
    writer.next({ kind: 'delete', target }),
    forged(writer.next({ kind: 'text', text: 'in the name of nobody' })),
  ]
  await tell({ say: 'entries', log: writer.log, entries })
  await tell({ say: 'entries', log: twin.log, entries: [twin.next({ kind: 'text', text: 'one branch' })] })
  await tell({ say: 'entries', log: twin.log, entries: [other.next({ kind: 'text', text: 'the other branch' })] })
  await alertWith(page, refusals.because['wrong-signature']).waitFor()
  await alertWith(page, words.chat.forked).waitFor()
  for (const text of ['what I said', 'an honest word', 'one branch', 'the other branch'])
    await page.locator('.msg').filter({ hasText: text }).waitFor()
  assert.equal(await page.getByText(/never said|name of nobody|was deleted/).count(), 0)
  await say(page, 'Mallory', 'I can still write')
  await page.locator('.msg').filter({ hasText: 'I can still write' }).waitFor()
})

test('a wrong passphrase and a damaged database are told from each other, and nothing is touched', LIMIT, async (t) => {
  const scene = await createScene(t)
  const first = await scene.app('dora')
  const page = await first.window()
  await page.getByLabel('Passphrase', { exact: true }).fill('open sesame')
  await page.getByLabel('The same once more').fill('open sesame')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: 'Your name' }).fill('Dora')
  await page.getByRole('button', { name: 'Continue' }).click()
  await openChats(page)
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Lock' }).click()

  await unlock(page, 'open barley')
  await alertWith(page, sentence('wrong-passphrase')).waitFor()
  assert.equal(await page.getByLabel('Passphrase', { exact: true }).inputValue(), 'open barley')
  await unlock(page, 'open sesame')
  await page.getByRole('button', { name: 'Lock' }).waitFor()
  await first.stop()

  const file = join(scene.profilesDirectory, 'dora', 'database')
  const whole = readFileSync(file)
  const damaged = Buffer.from(whole)
  // In the middle of the third page.
  damaged[4096 * 2 + 2000] = (damaged[4096 * 2 + 2000] ?? 0) ^ 1
  writeFileSync(file, damaged)
  const second = await startAndUnlock(scene, 'open sesame')
  await second.page.getByRole('heading', { name: 'Your profile could not be opened' }).waitFor()
  await second.page.getByText(sentence('profile-damaged')).waitFor()
  await second.app.stop()
  assert.ok(readFileSync(file).equals(damaged), 'the damaged database was written to')

  writeFileSync(file, whole)
  const third = await startAndUnlock(scene, 'open sesame')
  await goTo(third.page, 'Settings')
  assert.equal(await third.page.getByRole('textbox', { name: 'Your name' }).inputValue(), 'Dora')
})

async function startAndUnlock(scene: Scene, passphrase: string) {
  const app = await scene.app('dora')
  const page = await app.window()
  await unlock(page, passphrase)
  return { app, page }
}

async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock' }).click()
}

async function freshLink(page: Page): Promise<string> {
  await goTo(page, 'People')
  await page.getByRole('link', { name: 'My links' }).click()
  return page.getByRole('textbox', { name: 'Your link' }).first().inputValue()
}

/** Puts a megabyte of lines into a box in one event, as a paste does; returns what is then in it. */
const paste = (box: Locator, line: string): Promise<string> =>
  box.evaluate(
    (element, text) => {
      // React listens to its own setter of `value`; the prototype's is the browser's.
      const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set
      setValue?.call(element, text)
      element.dispatchEvent(new Event('input', { bubbles: true }))
      return text
    },
    `${line}\n`.repeat(Math.ceil(MEGABYTE / (line.length + 1))),
  )

/** The link of somebody who is nowhere. */
function linkOfFriend(): string {
  const seed = new Uint8Array(32).fill(7)
  const content = { owner: peerIdOfSeed(seed), name: 'Carl', createdAt: 1, addresses: [], token: new Uint8Array(16) }
  return encodeInvite(content, seed)
}

function ofVersion(link: string, version: number): string {
  const bytes = decodeBase64url(link.slice(INVITE_PREFIX.length)) ?? assert.fail('no base64url')
  return INVITE_PREFIX + encodeBase64url(SignedInvite.encode({ ...SignedInvite.decode(bytes), version }))
}
