import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openChats } from '../steps.ts'
import { called } from './probe.ts'
import { createDesktopScene } from './scene.ts'

test('files, links and HTML dropped on the window do nothing', { timeout: 60_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-drop-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'page.html')
  writeFileSync(file, '<script>document.title = "ran"</script>')
  const scene = await createDesktopScene(t)
  const { app, page } = await scene.person('Ada')
  await openChats(page)
  const before = page.url()
  const session = await page.context().newCDPSession(page)
  const drops = [
    { items: [], files: [file], dragOperationsMask: 1 },
    { items: [{ mimeType: 'text/uri-list', data: 'https://elsewhere.example/' }], dragOperationsMask: 1 },
    { items: [{ mimeType: 'text/html', data: '<img src=x onerror="document.title=\'ran\'">' }], dragOperationsMask: 1 },
  ]
  // Chromium without a screen never opens what is dropped; whether the page refuses it can be seen there all the same.
  await page.evaluate(() => {
    Object.assign(window, { refusals: [] })
    window.addEventListener('dragover', (event) => {
      const { refusals } = window as unknown as { refusals: boolean[] }
      refusals.push(event.defaultPrevented && event.dataTransfer?.dropEffect === 'none')
    })
  })
  for (const data of drops)
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
  const refusals = await page.evaluate(() => (window as unknown as { refusals: boolean[] }).refusals)
  assert.ok(refusals.length >= drops.length, 'without this the test shows nothing')
  assert.ok(refusals.every(Boolean), 'the page takes what is dropped beside a field')
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
  assert.equal(page.url(), before)
  assert.notEqual(await page.title(), 'ran')
  for (const api of ['navigated', 'network', 'window opened', 'download allowed'])
    assert.deepEqual(await called(app.electron, api), [], api)
})
