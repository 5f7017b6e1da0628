import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs, runLab } from './run-lab.ts'
import { chosenScenes } from './scenes/play.ts'
import type { Played } from './scenes/scene.ts'

// Mostly waiting: two beside each other take half the time. Each has namespaces of its own.
test('the short scenes of the lab', { concurrency: 2, skip: needs(['random']) }, async (all) => {
  await Promise.all(
    chosenScenes('short').map(({ name, promise }) =>
      all.test(`${name}: ${promise}`, async (t) => {
        const { scenes = [] } = await runLab<{ readonly scenes?: readonly Played[] }>(['--scene', name], t.signal)
        assert.deepEqual(
          scenes.map(({ failures }) => failures),
          [[]],
        )
      }),
    ),
  )
})
