import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '@libp2p/interface'
import { createGate } from '../../../electron/network/connections/gate.ts'
import { NetworkError } from '../../../electron/network/failure.ts'
import { PunchFailed } from '../../../electron/network/nat/dcutr/failure.ts'
import { createJournal } from '../../../electron/network/nat/journal.ts'
import { createTraversal, OVERTAKEN, type TraversalOptions } from '../../../electron/network/nat/traversal.ts'
import { eventually } from '../../support/eventually.ts'

const SELF = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN'
const BEA = '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'
const PUBLIC = '/ip4/80.1.1.1/tcp/4001'
const never = new AbortController().signal

/** A connection as far as this subject looks at it. */
const fakeConnection = (direct: boolean, direction: Connection['direction'] = 'outbound') =>
  ({ direct, direction, status: 'open', remoteAddr: PUBLIC }) as unknown as Connection

/** Waits until it is told to stop, as a dial that nobody answers. */
const silence = ({ signal }: { signal: AbortSignal }) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

function scene(
  given: Partial<TraversalOptions> & { readonly relayed?: Connection; readonly isContact?: boolean } = {},
) {
  const isContact = given.isContact ?? true
  const trust = { isBlocked: () => false, isContact: () => isContact, mayConnectDirectly: () => isContact }
  const journal = createJournal({ onError: (error) => assert.fail(String(error)) })
  const traversal = createTraversal({
    self: SELF,
    gate: createGate(trust, { subnets: () => [] }),
    table: { ask: async () => 5, connections: () => (given.relayed ? [given.relayed] : []) },
    reach: { addressesOf: (_, addresses) => addresses, connect: async () => fakeConnection(true) },
    dcutr: { punch: async () => fakeConnection(true) },
    journal,
    isPunchHopeless: () => false,
    ...given,
  })
  const outcomes = () =>
    [...journal.rows()].map(([, { mechanism, outcome }]) => {
      return `${mechanism} ${outcome.state}${outcome.state === 'failed' ? ` ${outcome.reason}` : ''}`
    })
  return { traversal, outcomes }
}

test('whoever was called over the relay can begin a punch; whoever called, and knows no address, waits', () => {
  assert.equal(scene({ relayed: fakeConnection(false, 'inbound') }).traversal.canTry(BEA, []), true)
  assert.equal(scene({ relayed: fakeConnection(false, 'outbound') }).traversal.canTry(BEA, []), false)
  assert.equal(scene({ relayed: fakeConnection(false, 'outbound') }).traversal.canTry(BEA, [PUBLIC]), true)
})

test('nothing is tried with somebody who may not have a direct line', async () => {
  const { traversal, outcomes } = scene({ isContact: false, relayed: fakeConnection(false, 'inbound') })
  assert.equal(traversal.canTry(BEA, [PUBLIC]), false)
  await assert.rejects(traversal.run(BEA, [PUBLIC], never), NetworkError)
  assert.deepEqual(outcomes(), [])
})

test('a public address has its head start, and no punch is begun when it answers', async () => {
  const { traversal, outcomes } = scene({ relayed: fakeConnection(false, 'inbound'), dcutr: { punch: assert.fail } })
  await traversal.run(BEA, [PUBLIC], never)
  assert.deepEqual(outcomes(), ['reversal succeeded'])
})

test('an address that stays silent costs the punch its head start and nothing more', async () => {
  const { traversal, outcomes } = scene({
    relayed: fakeConnection(false, 'inbound'),
    reach: { addressesOf: (_, addresses) => addresses, connect: (_peer, _addresses, options) => silence(options) },
  })
  await traversal.run(BEA, [PUBLIC], never)
  await eventually(() => !outcomes().includes('reversal running'))
  assert.deepEqual(outcomes(), ['reversal overtaken', 'tcp-punch succeeded'])
})

test('a public address that is refused costs the punch nothing', async () => {
  const startedAt = performance.now()
  const { traversal, outcomes } = scene({
    relayed: fakeConnection(false, 'inbound'),
    reach: { addressesOf: (_, addresses) => addresses, connect: () => Promise.reject(new Error('ECONNREFUSED')) },
  })
  await traversal.run(BEA, [PUBLIC], never)
  assert.deepEqual(outcomes(), ['reversal failed no-answer', 'tcp-punch succeeded'])
  assert.ok(performance.now() - startedAt < 500)
})

test('a line that does not answer a ping is no line', async () => {
  const { traversal, outcomes } = scene({
    relayed: fakeConnection(false, 'inbound'),
    table: { ask: async () => undefined, connections: () => [fakeConnection(false, 'inbound')] },
  })
  await assert.rejects(traversal.run(BEA, [], never))
  assert.deepEqual(outcomes(), ['tcp-punch failed no-answer'])
})

test('a punched line that dies before it answered is punched once more, in the same attempt', async () => {
  const answers = [undefined, 5]
  const { traversal, outcomes } = scene({
    relayed: fakeConnection(false, 'inbound'),
    table: { ask: async () => answers.shift(), connections: () => [fakeConnection(false, 'inbound')] },
  })
  await traversal.run(BEA, [], never)
  assert.deepEqual(outcomes(), ['tcp-punch succeeded'])
})

test('the reason of a punch that failed is kept', async () => {
  const { traversal, outcomes } = scene({
    relayed: fakeConnection(false, 'inbound'),
    dcutr: { punch: () => Promise.reject(new PunchFailed('bad-answer', 'no CONNECT')) },
  })
  await assert.rejects(traversal.run(BEA, [], never))
  assert.deepEqual(outcomes(), ['tcp-punch failed bad-answer'])
})

test('a punch that turns out to be hopeless ends at once, and none is begun after that', async () => {
  let isHopeless = false
  const { traversal, outcomes } = scene({
    relayed: fakeConnection(false, 'inbound'),
    dcutr: { punch: (_, options) => silence(options) },
    isPunchHopeless: () => isHopeless,
  })
  const cycle = traversal.run(BEA, [], never)
  traversal.review(BEA)
  assert.deepEqual(outcomes(), ['tcp-punch running'])
  isHopeless = true
  traversal.review(BEA)
  await assert.rejects(cycle)
  assert.deepEqual(outcomes(), ['tcp-punch failed cannot-work'])
  assert.equal(traversal.canTry(BEA, []), false)
})

test('a direct line from elsewhere overtakes what runs', async () => {
  const { traversal, outcomes } = scene({
    relayed: fakeConnection(false, 'inbound'),
    dcutr: { punch: (_, options) => silence(options) },
  })
  const elsewhere = new AbortController()
  const cycle = traversal.run(BEA, [], elsewhere.signal)
  elsewhere.abort(OVERTAKEN)
  await assert.rejects(cycle)
  assert.deepEqual(outcomes(), ['tcp-punch overtaken'])
})

test('what ends because we go offline was not overtaken', async () => {
  const { traversal, outcomes } = scene({
    relayed: fakeConnection(false, 'inbound'),
    dcutr: { punch: (_, options) => silence(options) },
  })
  const offline = new AbortController()
  const cycle = traversal.run(BEA, [], offline.signal)
  offline.abort(new Error('stopping'))
  await assert.rejects(cycle)
  assert.deepEqual(outcomes(), ['tcp-punch failed cut-off'])
})

test('a punch that turns out to be hopeless before it begins is not begun', async () => {
  let isHopeless = false
  const { traversal, outcomes } = scene({
    relayed: fakeConnection(false, 'inbound'),
    reach: {
      addressesOf: (_, addresses) => addresses,
      connect: () => Promise.reject(new NetworkError('unreachable')),
    },
    dcutr: { punch: assert.fail },
    isPunchHopeless: () => isHopeless,
  })
  const cycle = traversal.run(BEA, [PUBLIC], never)
  isHopeless = true
  await assert.rejects(cycle)
  assert.deepEqual(outcomes(), ['reversal failed no-answer'])
})
