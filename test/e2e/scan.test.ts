import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from '@playwright/test'
import { encodeInvite } from '../../electron/messaging/people/links/invite.ts'
import { peerIdOfSeed } from '../../electron/messaging/wire/signing.ts'
import { words } from '../../renderer/words/words.ts'
import { eventually } from '../support/eventually.ts'
import { pngOfSize, qrPng, qrVideo } from '../support/pictures.ts'
import { meetByRelay } from './meet.ts'
import { createScene } from './scene.ts'
import { firstRun, goTo, openChats } from './steps.ts'

const { people } = words
const alertWith = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text })
const png = (buffer: Buffer | Uint8Array) => ({
  name: 'code.png',
  mimeType: 'image/png',
  buffer: Buffer.from(buffer),
})

test('a friend’s code is read from a picture that is chosen, dropped or pasted', { timeout: 120_000 }, async (t) => {
  const scene = await createScene(t)
  const { page } = await scene.person('Ada')
  const troubles: string[] = []
  page.on('console', (entry) => entry.type() === 'error' && troubles.push(entry.text()))
  await openChats(page)
  await goTo(page, 'People')
  const picture = qrPng(linkOf('Carl', ['/ip4/192.0.2.7/tcp/4001']))
  const scanner = page.getByRole('dialog', { name: people.scan.linkTitle })
  const preview = page.getByRole('dialog', { name: /^Write to Carl/ })
  const open = () => page.getByRole('button', { name: people.scan.open }).click()
  const choose = async (buffer: Buffer | Uint8Array) => page.locator('input[type=file]').setInputFiles(png(buffer))

  await t.test('chosen', async () => {
    await open()
    await choose(picture)
    await preview.getByText(/an internet address of Carl/).waitFor()
    await scanner.waitFor({ state: 'detached' })
    await preview.getByRole('button', { name: 'Cancel' }).click()
  })

  await t.test('pasted from the clipboard, and dropped beside the box meant for it', async () => {
    await open()
    await give(page, 'paste', picture)
    await preview.waitFor()
    await preview.getByRole('button', { name: 'Cancel' }).click()
    await open()
    await give(page, 'drop', picture)
    await preview.waitFor()
    await preview.getByRole('button', { name: 'Cancel' }).click()
  })

  await t.test('anything else is told by what it is, and opens nothing', async () => {
    await open()
    const before = page.context().pages().length
    const cases: readonly (readonly [Buffer | Uint8Array, string | RegExp])[] = [
      [qrPng('https://evil.example/sightline://add/x'), /web address \(evil\.example\)\. Nothing was opened/],
      [qrPng('WIFI:T:WPA;S:home;P:secret;;'), /key of a wireless network/],
      [qrPng(`sightline-safety:1:${'12345'.repeat(12)}`), /safety number, not a link/],
      [Buffer.from('hello'), people.scan.refused['not-a-picture']],
      [pngOfSize(40_000, 40_000), people.scan.refused['too-large']],
      [pngOfSize(400, 400), people.scan.nothing.unreadable],
      [pngOfSize(1, 1), people.scan.nothing.done],
    ]
    for (const [bytes, said] of cases) {
      await choose(bytes)
      await alertWith(page, said).waitFor()
    }
    // Afterwards a right one is read all the same.
    await choose(picture)
    await preview.waitFor()
    assert.equal(page.context().pages().length, before)
    assert.deepEqual(troubles, [], 'the content policy, or the page, complained')
  })
})

test('two people who scan each other’s safety number are verified, and another number is refused', {
  timeout: 120_000,
}, async (t) => {
  const scene = await createScene(t)
  const relay = await scene.relay()
  const ada = { name: 'Ada', ...(await scene.person('Ada', relay.addresses)) }
  const bea = { name: 'Bea', ...(await scene.person('Bea', relay.addresses)) }
  await meetByRelay(ada, bea)
  for (const [{ page }, other] of [
    [ada, 'Bea'],
    [bea, 'Ada'],
  ] as const) {
    await page.getByRole('link', { name: 'Contact details' }).click()
    await page.getByRole('heading', { name: other, level: 1 }).waitFor()
  }
  const code = await bea.page.getByRole('img', { name: people.safetyCode }).screenshot()
  const scan = async (buffer: Buffer) => {
    await ada.page.getByRole('button', { name: people.scanTheirs('Bea') }).click()
    await ada.page.locator('input[type=file]').setInputFiles(png(buffer))
  }
  await scan(qrPng(`sightline-safety:1:${'12345'.repeat(12)}`))
  await alertWith(ada.page, people.safetyDiffers('Bea')).waitFor()
  assert.equal(await ada.page.getByText(people.isVerified('Bea')).count(), 0)
  await scan(code)
  await ada.page.getByText(people.safetySame('Bea')).waitFor()
  await ada.page.getByText(people.isVerified('Bea')).waitFor()
  await goTo(ada.page, 'People')
  await ada.page.locator('.row').filter({ hasText: 'Bea' }).getByText(people.verified).waitFor({ state: 'attached' })
})

test('the camera starts with a press, reads a code, and is off as soon as it is not needed', {
  timeout: 60_000,
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-camera-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const video = join(folder, 'code.y4m')
  await writeFile(video, qrVideo(linkOf('Carl', [])))
  const scene = await createScene(t, {
    chromiumArgs: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
    ],
  })
  const app = await scene.app('ada')
  const page = await app.window()
  await watchTracks(page)
  await page.reload()
  await firstRun(page, 'Ada')
  await openChats(page)
  await goTo(page, 'People')
  await page.getByRole('button', { name: people.scan.open }).click()
  assert.deepEqual(await tracks(page), [], 'the camera ran before anybody asked for it')
  await page.getByRole('button', { name: people.scan.cameraStart }).click()
  await page.getByRole('dialog', { name: /^Write to Carl/ }).waitFor()
  await eventually(async () => (await tracks(page)).join() === 'ended', { what: 'a camera that is off' })
})

test('a camera that may not be used, or is not there, is said plainly', { timeout: 60_000 }, async (t) => {
  const scene = await createScene(t)
  const { page } = await scene.person('Ada')
  await openChats(page)
  await goTo(page, 'People')
  await page.getByRole('button', { name: people.scan.open }).click()
  await page.getByRole('button', { name: people.scan.cameraStart }).click()
  // The browser of the tests has no camera; one that asks first and is told no says the other sentence.
  await page
    .getByRole('alert')
    .filter({ hasText: new RegExp(`${asPattern(people.scan.camera.absent)}|${asPattern(people.scan.camera.refused)}`) })
    .waitFor()
})

const asPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')

/** The link of somebody who is nowhere. */
function linkOf(name: string, addresses: readonly string[]): string {
  const seed = new Uint8Array(32).fill(7)
  return encodeInvite({ owner: peerIdOfSeed(seed), name, createdAt: 1, addresses, token: new Uint8Array(16) }, seed)
}

/** Pastes or drops a picture somewhere on the page, as the browser tells of it. */
async function give(page: Page, how: 'paste' | 'drop', picture: Buffer): Promise<void> {
  await page.evaluate(
    ([kind, bytes]) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], 'image.png'))
      const event =
        kind === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
      document.body.dispatchEvent(event)
      if (!event.defaultPrevented) throw new Error('the browser would have opened it')
    },
    [how, picture.toString('base64')] as const,
  )
}

/** Keeps every track the page is given, so that the test can see which of them still run. */
async function watchTracks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = []
    Object.assign(window, { tracks })
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (asked) => {
      const stream = await ask(asked)
      tracks.push(...stream.getTracks())
      return stream
    }
  })
}

const tracks = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const kept: unknown = Reflect.get(window, 'tracks')
    return Array.isArray(kept) ? kept.map(({ readyState }) => String(readyState)) : ['nobody watched']
  })
