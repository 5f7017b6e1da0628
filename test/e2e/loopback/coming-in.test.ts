import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { WebSocket } from 'ws'
import { openInBrowser } from '../../../electron/loopback/browser.ts'
import { ringDoorbell } from '../../../electron/loopback/doorbell.ts'
import { TAB_PROTOCOL } from '../../../shared/contract/tab-key.ts'
import { createLoopbackScene } from './scene.ts'

const FIRST_PAGE = 'Choose a passphrase.'
const NO_KEY = 'This tab did not come in by the link'

test('from the file of its own a browser comes in, a reload goes on, and another tab is told how', {
  timeout: 60_000,
}, async (t) => {
  const scene = await createLoopbackScene(t)
  const app = await scene.app('ada')
  const context = await scene.browser.newContext()
  const [page, other] = [await context.newPage(), await context.newPage()]
  const troubles: string[] = []
  for (const tab of [page, other]) tab.on('console', (entry) => entry.type() === 'error' && troubles.push(entry.text()))
  // The program that opens files is left out: the browser of this test opens it.
  openInBrowser(scene.profilesDirectory, app.link, ['true'])
  await page.goto(pathToFileURL(join(scene.profilesDirectory, 'open-in-browser.html')).href)
  await page.getByRole('heading', { name: FIRST_PAGE }).waitFor()
  const { origin } = new URL(app.link)
  assert.equal(new URL(page.url()).origin, origin)
  assert.ok(!page.url().includes('token'))
  await page.reload()
  await page.getByRole('heading', { name: FIRST_PAGE }).waitFor()

  await other.goto(origin)
  await other.getByRole('heading', { name: NO_KEY }).waitFor()
  await other.getByText('npm start').waitFor()
  const fresh = await ringDoorbell(join(scene.profilesDirectory, 'ada'))
  assert.ok(fresh)
  await other.goto(fresh)
  await other.getByRole('heading', { name: FIRST_PAGE }).waitFor()
  // The fresh link gave the browser another cookie: the first tab comes in again all the same.
  await page.reload()
  await page.getByRole('heading', { name: FIRST_PAGE }).waitFor()
  assert.deepEqual(troubles, [])
})

test('a page of another port is sent the cookie, and gets nowhere with it', { timeout: 60_000 }, async (t) => {
  const scene = await createLoopbackScene(t)
  const app = await scene.app('ada')
  let stolen = ''
  const thief = createServer((asked, answer) => {
    stolen ||= asked.headers.cookie ?? ''
    answer.setHeader('content-type', 'text/html').end('<!doctype html><title>elsewhere</title>')
  })
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
  t.after(() => thief.close())
  const address = thief.address()
  assert.ok(address !== null && typeof address === 'object')

  const page = await app.window()
  await page.getByRole('heading', { name: FIRST_PAGE }).waitFor()
  const elsewhere = await page.context().newPage()
  await elsewhere.goto(`http://127.0.0.1:${address.port}/`)
  assert.match(stolen, /^sightline_\d+=/, 'without this the test shows nothing')
  assert.equal(await elsewhere.evaluate('sessionStorage.length'), 0)
  const { origin } = new URL(app.link)
  const answers = [[], [TAB_PROTOCOL, stolen.slice(-43)]].map(
    (offers) =>
      new Promise((resolve) => {
        const headers = { origin, cookie: stolen }
        const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, offers, { headers })
        socket.on('message', () => resolve('an answer of the messenger'))
        socket.on('open', () => socket.send(JSON.stringify({ do: 'watch', id: 1, name: 'session' })))
        socket.on('error', () => undefined)
        socket.on('close', resolve)
      }),
  )
  assert.deepEqual(await Promise.all(answers), [1006, 4401])
  // A key that is no good is said, instead of trying for ever.
  await page.evaluate(`sessionStorage.setItem('sightline-key', 'A'.repeat(43))`)
  await page.reload()
  await page.getByRole('heading', { name: NO_KEY }).waitFor()
})
