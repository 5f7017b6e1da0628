import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs, runLab } from './run-lab.ts'
import { chosenScenes } from './scenes/play.ts'
import type { Played } from './scenes/scene.ts'

// Mostly waiting: three beside each other take a third of the time. Each has namespaces of its own.
test('the short scenes of the lab', { concurrency: 3, skip: needs(['random']) }, async (all) => {
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
