import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { echo, hasPlace, introduce, lineOf, type Person, roundTrip, startPerson, wants } from './people.ts'
import { startPlainRelay } from './plain-relay.ts'

async function pair(t: TestContext, options: { aRelayOnly?: boolean; bRelayOnly?: boolean } = {}) {
  const relay = await startPlainRelay()
  t.after(() => relay.stop())
  const relays = [relay.known]
  const [a, b] = await Promise.all([
    startPerson(t, { relays, isRelayOnly: options.aRelayOnly ?? true }),
    startPerson(t, { relays, isRelayOnly: options.bRelayOnly ?? true }),
  ])
  await b.network.handle('/test/echo/1', 'contacts', echo)
  await eventually(() => hasPlace(a) && hasPlace(b))
  return { relay, a, b }
}

const connectionsTo = (from: Person, to: Person) =>
  [...from.network.peers.rows()].find(([id]) => id === to.id)?.[1].connections ?? 0

test('switching relay-only off takes two contacts on one machine to the local network, and on takes them back', async (t) => {
  const { a, b } = await pair(t)
  const seen = new Set<string>()
  a.network.onPath((_peer, path) => seen.add(path.line.kind))
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'relayed' && lineOf(b, a) === 'relayed')
  await roundTrip(a, b, '/test/echo/1')
  assert.deepEqual([...seen], ['relayed'])

  a.isRelayOnly = b.isRelayOnly = false
  a.network.reviewTrust()
  b.network.reviewTrust()
  await eventually(() => lineOf(a, b) === 'lan' && lineOf(b, a) === 'lan', { withinMs: 10_000 })
  assert.equal(a.network.path(b.id).transport, 'tcp')
  // The relayed line is left as soon as the direct one has proved itself.
  await eventually(() => connectionsTo(a, b) === 1 && connectionsTo(b, a) === 1, { withinMs: 6_000 })
  assert.equal(lineOf(a, b), 'lan')
  assert.ok(await roundTrip(a, b, '/test/echo/1'))

  a.isRelayOnly = true
  a.network.reviewTrust()
  await eventually(() => lineOf(a, b) === 'relayed' && lineOf(b, a) === 'relayed', { withinMs: 5_000 })
  assert.ok(await roundTrip(a, b, '/test/echo/1'))
})

test('a contact whose own switch is on is never reached directly, whatever the other side allows', async (t) => {
  const { a, b } = await pair(t, { aRelayOnly: true, bRelayOnly: false })
  const seen: string[] = []
  a.network.onPath((_peer, path) => seen.push(path.line.kind))
  b.network.onPath((_peer, path) => seen.push(path.line.kind))
  introduce(a, b)
  const attempts = () => seen.filter((kind) => kind === 'upgrading').length
  await eventually(() => attempts() >= 2 && lineOf(b, a) === 'relayed', { what: 'two attempts of the willing side' })
  assert.equal(lineOf(a, b), 'relayed')
  assert.ok(!seen.includes('lan') && !seen.includes('direct'))
})

test('two contacts without any relay reach each other directly', async (t) => {
  const [a, b] = await Promise.all([startPerson(t, { isRelayOnly: false }), startPerson(t, { isRelayOnly: false })])
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'lan' && lineOf(b, a) === 'lan')
})

test('a contact is reached under a name, over TCP and WebSocket', async (t) => {
  for (const transport of ['tcp', 'websocket']) {
    const [a, b] = await Promise.all([startPerson(t, { isRelayOnly: false }), startPerson(t, { isRelayOnly: false })])
    const direct = b.network.ownAddresses().direct
    const address = direct.find((one) => (transport === 'tcp' ? /\/tcp\/\d+$/ : /\/ws$/).test(one)) ?? assert.fail()
    a.contacts.add(b.id)
    b.contacts.add(a.id)
    const addresses = [address.replace('/ip4/127.0.0.1', '/dns4/localhost')]
    a.network.setWanted([{ id: b.id, purpose: 'contact', addresses }])
    await eventually(() => lineOf(a, b) === 'lan')
    assert.equal(a.network.path(b.id).transport, transport)
  }
})

test('blocking someone ends the connection and keeps the door shut', async (t) => {
  const { a, b } = await pair(t)
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'relayed')
  a.blocked.add(b.id)
  a.network.setWanted([])
  a.network.reviewTrust()
  await eventually(() => lineOf(a, b) === 'none' && lineOf(b, a) === 'none')
  await assert.rejects(b.network.open(a.id, '/test/echo/1', { signal: AbortSignal.timeout(3_000) }), {
    name: 'NetworkError',
  })
  assert.equal(lineOf(b, a), 'none')
  await assert.rejects(
    a.network.open(b.id, '/test/echo/1', { signal: AbortSignal.timeout(2_000), addresses: wants(b).addresses }),
    { failure: { code: 'blocked' } },
  )
})

test('a contact dressed up as a relay is not dialled directly while relay-only is on', async (t) => {
  const { a, b } = await pair(t)
  const target = await startPerson(t)
  a.contacts.add(b.id)
  const trap = b.network.ownAddresses().direct.map((address) => `${address}/p2p/${b.id}/p2p-circuit/p2p/${target.id}`)
  assert.ok(trap.length > 0)
  await assert.rejects(
    a.network.open(target.id, '/test/echo/1', { signal: AbortSignal.timeout(3_000), addresses: trap }),
    { failure: { code: 'address-refused' } },
  )
  assert.ok(![...a.network.peers.rows()].some(([id]) => id === b.id))
})
