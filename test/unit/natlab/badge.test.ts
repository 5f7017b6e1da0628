import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BADGE_BYTES, badgeLie, DIRECT_MOST_BYTES } from '../../natlab/rows/badge.ts'

test('a badge is true when the relays carried everything, or next to nothing', () => {
  assert.equal(badgeLie([{ who: 'a', says: 'relayed', relayedBytes: BADGE_BYTES + 1 }]), undefined)
  assert.equal(badgeLie([{ who: 'a', says: 'direct', relayedBytes: DIRECT_MOST_BYTES - 1 }]), undefined)
  assert.equal(badgeLie([{ who: 'a', says: 'lan', relayedBytes: 0 }]), undefined)
})

test('a page that says direct while the relay carries the bytes lies', () => {
  const lie = badgeLie([
    { who: 'a', says: 'direct', relayedBytes: 2_150_000 },
    { who: 'b', says: 'relayed', relayedBytes: 2_150_000 },
  ])
  assert.equal(lie, 'badge: a says direct, the relays carried 2.15 MB of 2.10')
})

test('a page that says relayed while nothing went over the relay lies, and one that says nothing is not true', () => {
  assert.match(badgeLie([{ who: 'b', says: 'relayed', relayedBytes: 40_000 }]) ?? '', /b says relayed/)
  assert.match(badgeLie([{ who: 'b', says: 'relayed', relayedBytes: BADGE_BYTES }]) ?? '', /b says relayed/)
  assert.match(badgeLie([{ who: 'b', says: undefined, relayedBytes: 0 }]) ?? '', /b says nothing/)
})
