import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { portsOf, startRelay } from '../support/relay-process.ts'
import { meetByRelay } from './meet.ts'
import { createScene } from './scene.ts'
import { lineWords, say } from './steps.ts'

// More than a window holds, so that what lands above is out of sight.
const ANSWERS = 30

test('a message that lands above what was read is counted, found by a press, and read only then', {
  timeout: 180_000,
}, async (t) => {
  const scene = await createScene(t)
  const dataDir = join(scene.profilesDirectory, 'relay')
  let relay = await startRelay({ dataDir })
  t.after(() => relay.kill())
  const ada = { name: 'Ada', ...(await scene.person('Ada', relay.addresses)) }
  const bea = { name: 'Bea', ...(await scene.person('Bea', relay.addresses)) }
  await meetByRelay(ada, bea)
  await say(bea.page, 'Ada', 'we both know this')
  const known = ada.page.locator('.turn').filter({ hasText: 'we both know this' })
  await known.waitFor()
  assert.equal(await known.getAttribute('data-way'), 'relayed', 'the margin remembers how it came')

  await relay.kill()
  for (const { page } of [ada, bea]) await lineWords(page, /No line/).waitFor({ timeout: 20_000 })
  await say(bea.page, 'Ada', 'said early')
  for (let n = 1; n <= ANSWERS; n++) await say(ada.page, 'Bea', `answer ${n}`)
  relay = await startRelay({ dataDir, args: portsOf(relay) })

  const above = ada.page.getByRole('button', { name: '1 new message above' })
  await above.waitFor({ timeout: 60_000 })
  const late = ada.page.locator('.msg').filter({ hasText: 'said early' })
  const row = ada.page.locator('.row').filter({ hasText: 'Bea' })
  assert.equal(await row.locator('.count').textContent(), '1 unread')
  await bea.page
    .locator('.msg')
    .filter({ hasText: `answer ${ANSWERS}` })
    .waitFor()
  // Read here, so that the answer to it can be told from silence: Ada has seen everything but the late one.
  await say(bea.page, 'Ada', 'and this is new')
  await ada.page.locator('.msg').filter({ hasText: 'and this is new' }).waitFor()
  await bea.page
    .getByText(/^Delivered/)
    .last()
    .waitFor()
  assert.equal(await bea.page.getByText(/^Read/).count(), 0)

  await above.click()
  await late.getByText(/^arrived \d+:\d\d/).waitFor()
  await above.waitFor({ state: 'detached' })
  await eventually(async () => (await row.locator('.count').count()) === 0, { what: 'nothing unread' })
  await bea.page.getByText(/^Read/).last().waitFor()
})
