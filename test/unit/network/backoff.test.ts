import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CONTACT_BACKOFF,
  REFUSED_BACKOFF,
  RELAY_BACKOFF,
  retryDelayMs,
  UPGRADE_BACKOFF,
} from '../../../electron/network/pace/backoff.ts'

const all = { CONTACT_BACKOFF, REFUSED_BACKOFF, RELAY_BACKOFF, UPGRADE_BACKOFF }

for (const [name, backoff] of Object.entries(all)) {
  test(`${name}: pauses grow up to their limit and never further`, () => {
    const pauses = Array.from({ length: 60 }, (_, index) => retryDelayMs(backoff, index + 1, () => 0))
    assert.equal(pauses[0], backoff.firstMs)
    assert.deepEqual(
      pauses,
      [...pauses].sort((a, b) => a - b),
    )
    assert.equal(pauses.at(-1), backoff.mostMs)
  })
  test(`${name}: chance only shortens a pause, and by no more than its share`, () => {
    for (const failures of [1, 3, 1_000]) {
      const full = retryDelayMs(backoff, failures, () => 0)
      const least = retryDelayMs(backoff, failures, () => 1)
      assert.ok(least < full && least >= Math.floor(full * (1 - backoff.jitter)))
    }
  })
}

test('a relay that was away for hours is tried at least every 5 seconds', () => {
  assert.ok(retryDelayMs(RELAY_BACKOFF, 10_000, () => 0) < 5_000)
})
