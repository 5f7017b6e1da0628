import assert from 'node:assert/strict'
import { test } from 'node:test'
import { called } from './probe.ts'
import { createDesktopScene } from './scene.ts'

test('the window opens where it was left', { timeout: 60_000 }, async (t) => {
  const scene = await createDesktopScene(t)
  const place = { x: 120, y: 80, width: 900, height: 700 }
  const first = await scene.app('ada')
  await first.window()
  await first.electron.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    place,
  )
  await first.stop()
  const second = await scene.app('ada')
  await second.window()
  const [[options] = []] = await called(second.electron, 'BrowserWindow')
  assert.ok(typeof options === 'object' && options !== null)
  const { x, y, width, height } = options as typeof place
  assert.deepEqual({ x, y, width, height }, place)
})
