import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPunchHopeless, type RelayedFacts, relayedBecause } from '../../../electron/network/nat/because.ts'
import type { OwnReport } from '../../../electron/network/nat/report-exchange.ts'
import type { Attempt, AttemptReason } from '../../../shared/domain/attempt.ts'

const steady: OwnReport = { mapping: 'endpoint-independent', isReachable: false }
const changing: OwnReport = { mapping: 'endpoint-dependent', isReachable: false }
const unknown: OwnReport = { mapping: 'unknown', isReachable: false }
const open: OwnReport = { mapping: 'endpoint-independent', isReachable: true }
const failed = (reason: AttemptReason): Attempt => ({
  ...{ id: '1', mechanism: 'tcp-punch', startedAt: 0, endedAt: 1, stages: [] },
  outcome: { state: 'failed', reason },
})
const overtaken: Attempt = { ...failed('no-answer'), outcome: { state: 'overtaken' } }
const facts: RelayedFacts = {
  isContact: true,
  mayBeDirect: true,
  isUpgrading: false,
  ours: steady,
  theirs: steady,
  tried: [],
}

const table: readonly [what: string, Partial<RelayedFacts>, string | undefined][] = [
  ['a stranger, with whom nobody wants a direct line', { isContact: false }, undefined],
  ['relay-only', { mayBeDirect: false, isUpgrading: true }, 'relay-only'],
  ['an attempt under way', { isUpgrading: true, ours: changing, tried: [failed('no-answer')] }, 'trying'],
  ['nothing tried yet', {}, 'trying'],
  ['an attempt that was overtaken', { tried: [overtaken] }, 'trying'],
  ['an attempt without an answer', { tried: [failed('no-answer')] }, 'no-way-yet'],
  ['a program that knows no punch', { tried: [failed('not-supported')] }, 'not-supported'],
  ['one of two ways not spoken', { tried: [failed('not-supported'), failed('no-answer')] }, 'no-way-yet'],
  ['our router changes ports', { ours: changing }, 'needs-udp-punch'],
  ['their router changes ports', { theirs: changing, tried: [failed('no-answer')] }, 'needs-udp-punch'],
  ['their router changes ports, ours is not known', { ours: unknown, theirs: changing }, 'needs-udp-punch'],
  ['both routers change ports', { ours: changing, theirs: changing }, 'both-change-ports'],
  ['ours changes ports, they can be dialled', { ours: changing, theirs: open }, 'trying'],
  [
    'theirs changes ports, we can be dialled',
    { ours: open, theirs: changing, tried: [failed('no-answer')] },
    'no-way-yet',
  ],
  ['nothing tried, and they told nothing', { theirs: undefined }, undefined],
  ['they told nothing', { theirs: undefined, tried: [failed('refused')] }, 'no-way-yet'],
]
for (const [what, values, expected] of table)
  test(`a relayed line with ${what}: ${expected ?? 'no reason'}`, () => {
    assert.equal(relayedBecause({ ...facts, ...values }), expected)
  })

test('a punch is hopeless as soon as one router is known to change ports, and never on a guess', () => {
  assert.equal(isPunchHopeless(steady, changing, false), true)
  assert.equal(isPunchHopeless(changing, undefined, false), true)
  assert.equal(isPunchHopeless(unknown, unknown, false), false)
  assert.equal(isPunchHopeless(steady, undefined, false), false)
})

test('with IPv6, whose ports no router changes, a punch is never hopeless', () => {
  assert.equal(isPunchHopeless(changing, changing, true), false)
})
