import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { startSessionBus } from '../../support/session-bus.ts'
import { openChats } from '../steps.ts'
import { pressTray, trayMenu, windowState } from './probe.ts'
import { createDesktopScene } from './scene.ts'

const closeWindow = 'close' as const

test('with a tray, closing the window hides it; the tray shows it again, and its Quit ends everything', {
  timeout: 60_000,
}, async (t) => {
  const bus = await startSessionBus()
  t.after(bus.stop)
  const scene = await createDesktopScene(t)
  const { app, page } = await scene.person('Ada', [], { env: bus.env })
  bus.showsIconOf(app.pid)
  await openChats(page)
  const close = () =>
    app.electron.evaluate(({ BrowserWindow }, what) => BrowserWindow.getAllWindows()[0]?.[what](), closeWindow)
  const hasTray = () =>
    page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const stop = window.sightline?.watch('shell', ({ rows }) => {
            stop?.()
            resolve(rows[0]?.[1].hasTray === true)
          })
        }),
    )
  await eventually(hasTray, { what: 'the tray', withinMs: 20_000 })
  await close()
  await eventually(async () => (await windowState(app.electron))?.isVisible === false, { what: 'a hidden window' })
  assert.deepEqual(await trayMenu(app.electron), ['Open Sightline', 'Quit'])
  await app.electron.evaluate(({ standIn }) => void standIn.trays[0]?.emit('click'))
  await eventually(async () => (await windowState(app.electron))?.isVisible, { what: 'the window' })
  // The same page: nothing was loaded anew.
  await page.getByRole('heading', { name: 'Chats' }).waitFor()
  await pressTray(app.electron, 'Quit')
  assert.equal(await app.electron.exited, 0)
})

test('without a tray, closing the window ends the program, because there would be no way back', {
  timeout: 60_000,
}, async (t) => {
  const scene = await createDesktopScene(t)
  const { app, page } = await scene.person('Ada', [], { env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' } })
  await openChats(page)
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => undefined)
  assert.equal(await app.electron.exited, 0)
})
