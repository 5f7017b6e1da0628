import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { linkOf } from './invites.ts'
import { called, lookAway, windowState } from './probe.ts'
import { createDesktopScene } from './scene.ts'

test('a second start brings the window to the front, says so, and ends well', { timeout: 60_000 }, async (t) => {
  const scene = await createDesktopScene(t)
  const first = await scene.app('ada')
  await first.window()
  await eventually(async () => (await windowState(first.electron))?.isFocused)
  await lookAway(first.electron)
  const second = await scene.app('ada')
  assert.equal(await second.electron.exited, 0)
  assert.match(second.electron.log(), /already running/)
  await eventually(async () => (await windowState(first.electron))?.isFocused, { what: 'the window in front' })
  assert.equal((await called(first.electron, 'BrowserWindow')).length, 1)
})

test('of two starts in the same instant one runs, and has what the other was given', { timeout: 60_000 }, async (t) => {
  const scene = await createDesktopScene(t)
  const [one, other] = await Promise.all([
    scene.app('ada', [], { args: [linkOf('Carl')] }),
    scene.app('ada', [], { args: [linkOf('Dora')] }),
  ])
  const ended = await Promise.race([one, other].map((app) => app.electron.exited.then(() => app)))
  assert.equal(await ended.electron.exited, 0)
  const running = ended === one ? other : one
  const page = await running.window()
  const arrived = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const stop = window.sightline?.watch('arrivals', ({ rows }) => {
            stop?.()
            resolve(rows.length)
          })
        }),
    )
  await eventually(async () => (await arrived()) === 2, { what: 'both links' })
})

test('a start that comes while the program ends is not lost: it starts anew, once, with the links', {
  timeout: 60_000,
}, async (t) => {
  const scene = await createDesktopScene(t)
  const { electron, window } = await scene.app('ada', [], { args: [linkOf('Carl')] })
  await window()
  const link = linkOf('Dora')
  const asked = electron.evaluate(({ app }, given) => {
    Object.assign(app, { relaunch: (options: object) => console.log(`starts anew ${JSON.stringify(options)}`) })
    app.quit()
    app.emit('second-instance', {}, [], '', { links: [given] })
    app.emit('second-instance', {}, [], '', { links: [] })
  }, link)
  // The program may be gone before it has answered.
  await asked.catch(() => undefined)
  assert.equal(await electron.exited, 0)
  const startedAnew = [...electron.log().matchAll(/starts anew (.*)/g)].map(([, options]) => JSON.parse(options ?? ''))
  assert.equal(startedAnew.length, 1)
  assert.deepEqual(startedAnew[0].args.slice(-2), ['--', link])
  assert.ok(startedAnew[0].args.includes('--profile'))
  assert.ok(!startedAnew[0].args.includes(linkOf('Carl')))
})
