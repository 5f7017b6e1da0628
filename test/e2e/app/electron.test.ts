import assert from 'node:assert/strict'
import { test } from 'node:test'
import { electronRuntime } from '../../support/electron-runtime.ts'
import { sceneIn } from '../scene.ts'
import { desktopShell } from '../shells/desktop.ts'

const runtime = electronRuntime()

// The specifications themselves run beside this file where the runtime is (test/run.ts).
test('app: real Electron', { timeout: 60_000, skip: runtime.isThere ? false : runtime.reason }, async (t) => {
  const scene = await sceneIn(t, await desktopShell('electron'))
  const app = await scene.app('ada')
  const page = await app.window()
  await page.getByRole('heading').first().waitFor()
  assert.equal(await page.evaluate(() => window.location.protocol), 'app:')
  assert.ok(await app.electron.evaluate(() => process.versions['electron'] !== undefined))
})
