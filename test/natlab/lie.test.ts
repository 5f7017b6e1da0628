import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { insideTests } from './net/inside-test.ts'
import { prepareRow } from './rows/run-row.ts'
import { createStage } from './stage/stage.ts'

// The test of the test: what the relay counted must give away a build whose badge says more than is true.
const LYING = ['env', `NODE_OPTIONS=--import=${pathToFileURL(join(import.meta.dirname, 'lie/preload.ts'))}`]

insideTests({ name: 'a build that lies about its badge', file: import.meta.filename, kinds: ['restricted'] }, () => {
  test('a build that says direct while the relay carries every byte fails its row, for the badge', async () => {
    const stage = await createStage({ weather: { delayMs: 10, lossPercent: 0, wan: 'drop' } })
    try {
      const [a, b] = await Promise.all(
        [await stage.lab.addHost('restricted'), await stage.lab.addHost('restricted')].map(async (place, index) => {
          // Nothing but a relayed line can be there for the lie to be told about.
          const person = await stage.seat(place, {
            name: `liar-${index}`,
            settings: { relayOnly: true },
            behind: LYING,
          })
          await person.hasPlaces(2)
          return person
        }),
      )
      assert.ok(a && b)
      const row = prepareRow({ a: 'restricted', b: 'restricted' }, a, b, stage.relays)
      await row.climb()
      const { got, badgeTruthful, successes, failures } = row.row()
      assert.equal(got, 'direct', 'this is what the page says')
      assert.equal(badgeTruthful, false)
      assert.equal(successes, 0)
      assert.match(failures.join('; '), /badge: a says direct, the relays carried 2\.\d+ MB/)
      assert.match(failures.join('; '), /b says direct/)
    } finally {
      await stage.stop()
    }
  })
})
