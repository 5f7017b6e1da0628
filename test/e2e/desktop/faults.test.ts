import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FUSES } from '../../../electron/packaging/fuses.ts'
import { launchElectron } from '../../support/electron-app.ts'
import { startStandInChromium } from '../../support/stand-in-chromium.ts'
import { BESIDE, CHECKLIST } from './checks.ts'
import { FAULTS } from './fault-table.ts'
import { faultyBuild } from './faulty-build.ts'
import { BUILDER, fuseIsSet, SET_BY_PACKING, WANTED } from './fuses.ts'
import { createProfiles } from './profiles.ts'

// Every check of security.test.ts is seen to fail when what it checks is turned off.

const CHECKS = [...CHECKLIST, ...BESIDE]

test('each fault in the built app is caught by its check', { timeout: 280_000 }, async (t) => {
  const chromium = await startStandInChromium()
  t.after(chromium.stop)
  const profilesDirectory = createProfiles(t)
  for (const { name, replacements, check, says } of FAULTS) {
    await t.test(name, async () => {
      const found = CHECKS.find((one) => one.name === check) ?? assert.fail(`there is no check “${check}”`)
      const build = faultyBuild(replacements)
      try {
        const app = await launchElectron({
          shell: 'stand-in',
          profilesDirectory,
          profile: name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 40),
          chromium,
          root: build.root,
        })
        try {
          await assert.rejects(async () => {
            const page = await app.firstWindow()
            await page
              .getByRole('heading')
              .first()
              .waitFor({ timeout: 5_000 })
              .catch(() => undefined)
            await found.run(app, page)
          }, says)
        } finally {
          await app.kill()
        }
      } finally {
        build.remove()
      }
    })
  }
  await t.test('no check is without a fault', () => {
    const shown = new Set(FAULTS.map(({ check }) => check))
    assert.deepEqual(
      CHECKS.map(({ name }) => name).filter((name) => !shown.has(name)),
      [],
    )
  })
})

test('each fuse that is turned round, or left out, is caught', () => {
  for (const [name, isOn] of Object.entries(WANTED)) {
    const line = `  ${name}: ${isOn}\n`
    if (name !== SET_BY_PACKING) assert.equal(BUILDER.split(line).length, 2, name)
    const turned = {
      builder: BUILDER.replace(line, `  ${name}: ${!isOn}\n`),
      own: FUSES.map((fuse) => (fuse.name === name ? { ...fuse, isOn: !isOn } : fuse)),
    }
    assert.notEqual(fuseIsSet(name, turned), isOn, name)
    const without = { builder: BUILDER.replace(line, ''), own: FUSES.filter((fuse) => fuse.name !== name) }
    assert.equal(fuseIsSet(name, without), undefined, name)
  }
})
