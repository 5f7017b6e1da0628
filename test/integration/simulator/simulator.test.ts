import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { temporaryFolder } from '../../support/storage.ts'
import { makeTemplate } from './disk.ts'
import { playScene } from './scene.ts'

// SIMULATOR_SEEDS=1000 plays more scenes, SIMULATOR_SEED=123 one of them.
// Seeds that once failed stay: 149 = entries of mine came back before the row that told of them.
const FAILED_ONCE = [149]
const seeds = process.env['SIMULATOR_SEED']
  ? [Number(process.env['SIMULATOR_SEED'])]
  : [
      ...new Set([
        ...FAILED_ONCE,
        ...Array.from({ length: Number(process.env['SIMULATOR_SEEDS'] ?? 40) }, (_, index) => index + 1),
      ]),
    ]

// Each of these must happen, in a long run a thousand times: a fault that never fires proves nothing.
const KINDS = [
  'write',
  'deliver',
  'duplicate',
  'drop',
  'reorder',
  'crash',
  'restore',
  'fork held',
  'transaction lost',
  'transaction kept',
  'partition',
  'path change',
  'clock step',
]

describe('the simulator', () => {
  it(`loses nothing, doubles nothing and ends with equal replicas in ${seeds.length} seeded scenes`, async (test) => {
    const folder = temporaryFolder(test)
    const template = makeTemplate(folder)
    const totals = new Map<string, number>()
    for (const seed of seeds) {
      const { counts } = await playScene(seed, { folder, template }).catch((error: unknown) => {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      })
      for (const [kind, count] of counts) totals.set(kind, (totals.get(kind) ?? 0) + count)
    }
    test.diagnostic([...totals].map(([kind, count]) => `${kind} ${count}`).join(', '))
    if (seeds.length < 40) return
    for (const kind of KINDS)
      assert.ok((totals.get(kind) ?? 0) >= seeds.length, `${kind} happened ${totals.get(kind) ?? 0} times`)
  })

  it('plays the same scene twice from the same seed', async (test) => {
    const folder = temporaryFolder(test)
    const template = makeTemplate(folder)
    const [once, again] = [await playScene(7, { folder, template }), await playScene(7, { folder, template })]
    assert.equal(once.digest, again.digest)
    assert.deepEqual(once.counts, again.counts)
  })
})
