import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { FUSES } from '../../../electron/packaging/fuses.ts'
import { BESIDE, CHECKLIST } from './checks.ts'
import { fuseIsSet, WANTED } from './fuses.ts'
import { createDesktopScene } from './scene.ts'

// That each of these can fail is shown by faults.test.ts.

test('Electron’s checklist holds', { timeout: 180_000 }, async (t) => {
  const scene = await createDesktopScene(t)
  const start = async (profile: string) => {
    const app = await scene.app(profile)
    const page = await app.window()
    await page.getByRole('heading').first().waitFor()
    return { app, page }
  }
  const shared = await start('shared')
  for (const [place, { name, isAlone, run }] of [...CHECKLIST, ...BESIDE].entries()) {
    await t.test(name, async () => {
      const { app, page } = isAlone ? await start(`alone-${place}`) : shared
      await run(app.electron, page)
      if (isAlone) await app.stop()
    })
  }
  await t.test('16: a current version of Electron', () => {
    const described: { devDependencies: Record<string, string> } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'),
    )
    assert.match(described.devDependencies['electron'] ?? '', /^45\.(?:[4-9]|[1-9]\d)\.\d+$/)
  })
  for (const [name, isOn] of Object.entries(WANTED))
    await t.test(`19: the fuse ${name} is ${isOn ? 'on' : 'off'}`, () => assert.equal(fuseIsSet(name), isOn))
  await t.test('19: no fuse is left to its default', () => {
    assert.deepEqual(FUSES.map(({ name }) => name).toSorted(), Object.keys(WANTED).toSorted())
  })
})
