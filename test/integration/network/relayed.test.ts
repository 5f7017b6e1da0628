import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eventually } from '../../support/eventually.ts'
import { bigFrame, echo, hasPlace, introduce, lineOf, roundTrip, startPerson, wants } from './people.ts'
import { type PlainRelayOptions, startPlainRelay } from './plain-relay.ts'

async function relayFor(t: TestContext, options?: PlainRelayOptions) {
  const relay = await startPlainRelay(options)
  t.after(() => relay.stop())
  return relay
}

test('two contacts behind one relay are connected through it and say so', async (t) => {
  const relay = await relayFor(t)
  const [a, b] = await Promise.all([
    startPerson(t, { relays: [relay.known] }),
    startPerson(t, { relays: [relay.known] }),
  ])
  await eventually(() => hasPlace(a) && hasPlace(b))
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'relayed' && lineOf(b, a) === 'relayed')
  assert.deepEqual(a.network.path(b.id).line, { kind: 'relayed', relay: relay.id })

  const row = [...a.network.peers.rows()].find(([id]) => id === b.id)?.[1]
  assert.equal(row?.purpose, 'contact')
  await eventually(() => ([...a.network.peers.rows()].find(([id]) => id === b.id)?.[1].roundTripsMs.length ?? 0) > 0)
})

test('frames of every size pass a limited connection unchanged and in order', async (t) => {
  const relay = await relayFor(t)
  const [a, b] = await Promise.all([
    startPerson(t, { relays: [relay.known] }),
    startPerson(t, { relays: [relay.known] }),
  ])
  await b.network.handle('/test/echo/1', 'contacts', echo)
  await eventually(() => hasPlace(a) && hasPlace(b))
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'relayed')
  const frames = [new Uint8Array(0), Uint8Array.of(1), new Uint8Array(127), new Uint8Array(128), bigFrame(), bigFrame()]
  const stream = await a.network.open(b.id, '/test/echo/1', { signal: AbortSignal.timeout(5_000) })
  for (const frame of frames) await stream.send(frame)
  const back: Uint8Array[] = []
  for await (const frame of stream) if (back.push(frame) === frames.length) break
  assert.deepEqual(
    back.map((frame) => Buffer.from(frame).toString('hex')),
    frames.map((frame) => Buffer.from(frame).toString('hex')),
  )
  assert.equal(stream.path().line.kind, 'relayed')
  assert.equal(stream.direction, 'outbound')
})

test('a relay shows its contract', async (t) => {
  const relay = await relayFor(t, { limitBytes: 4_000_000n, limitMs: 900_000 })
  const a = await startPerson(t, { relays: [relay.known] })
  await eventually(() => hasPlace(a))
  const [, row] = [...a.network.relays.rows()][0] ?? []
  assert.equal(row?.state, 'reserved')
  assert.equal(row?.limitBytes, 4_000_000)
  assert.equal(row?.limitSeconds, 900)
  assert.ok((row?.reservedUntil ?? 0) > Date.now())
  assert.deepEqual(a.network.ownAddresses().relayed, [`${relay.address}/p2p-circuit`])
})

test('a relay’s byte limit ends the stream in the middle, and a new circuit is opened by itself', async (t) => {
  const relay = await relayFor(t, { limitBytes: 600_000n })
  const [a, b] = await Promise.all([
    startPerson(t, { relays: [relay.known] }),
    startPerson(t, { relays: [relay.known] }),
  ])
  await b.network.handle('/test/echo/1', 'contacts', echo)
  await b.network.handle('/test/pour/1', 'contacts', async (stream) => {
    while (!stream.ended.aborted) await stream.send(bigFrame())
  })
  await eventually(() => hasPlace(a) && hasPlace(b))
  a.contacts.add(b.id)
  b.contacts.add(a.id)
  // One side only, so that there is one circuit and not two for a moment.
  a.network.setWanted([wants(b)])
  await eventually(() => lineOf(a, b) === 'relayed')
  const openedAt = () => (lineOf(a, b) === 'relayed' ? a.network.path(b.id).since : undefined)
  const firstAt = openedAt()

  const stream = await a.network.open(b.id, '/test/pour/1', { signal: AbortSignal.timeout(5_000) })
  let readBytes = 0
  const readAll = async () => {
    for await (const frame of stream) readBytes += frame.byteLength
  }
  await assert.rejects(readAll(), 'a cut stream must not look like a goodbye')
  assert.ok(readBytes > 0 && readBytes < 600_000, `${readBytes} bytes`)
  await eventually(() => stream.ended.aborted, { withinMs: 2_000 })
  await eventually(() => (openedAt() ?? firstAt) !== firstAt, { withinMs: 5_000, what: 'another circuit' })
  assert.ok(await roundTrip(a, b, '/test/echo/1'))
  assert.ok(await roundTrip(a, b, '/test/echo/1'))
})

test('only the relay restarts: the place is back and contacts are reachable within 5 seconds', async (t) => {
  let relay = await startPlainRelay()
  t.after(() => relay.stop())
  const [a, b] = await Promise.all([
    startPerson(t, { relays: [relay.known] }),
    startPerson(t, { relays: [relay.known] }),
  ])
  await b.network.handle('/test/echo/1', 'contacts', echo)
  await eventually(() => hasPlace(a) && hasPlace(b))
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'relayed')

  await relay.stop()
  await eventually(() => lineOf(a, b) === 'none')
  await eventually(() => a.network.ownAddresses().relayed.length === 0, {
    what: 'no address over a relay that is gone',
  })
  // Away long enough for the pauses between attempts to have grown.
  const attempts = (person: typeof a) => person.events.filter((event) => event.startsWith('relay.failed')).length
  await eventually(() => attempts(a) >= 5 && attempts(b) >= 5, { withinMs: 20_000 })
  relay = await relay.again()
  await eventually(() => roundTrip(a, b, '/test/echo/1'), {
    withinMs: 5_000,
    what: 'a message over the returned relay',
  })
  assert.equal(lineOf(a, b), 'relayed')
})

test('one of two relays is killed: the next message passes within 3 seconds', async (t) => {
  const [one, two] = await Promise.all([relayFor(t), relayFor(t)])
  const relays = [one.known, two.known]
  const [a, b] = await Promise.all([startPerson(t, { relays }), startPerson(t, { relays })])
  await b.network.handle('/test/echo/1', 'contacts', echo)
  await eventually(() => hasPlace(a, 2) && hasPlace(b, 2))
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'relayed')
  const { line } = a.network.path(b.id)
  const used = 'relay' in line && line.relay === one.id ? one : two
  await used.stop()
  await eventually(() => roundTrip(a, b, '/test/echo/1'), { withinMs: 3_000, what: 'the next message' })
})

test('a full relay is named as refusing, without a tight loop, and the next one takes its place', async (t) => {
  const [full, free, third] = await Promise.all([relayFor(t, { maxReservations: 1 }), relayFor(t), relayFor(t)])
  const first = await startPerson(t, { relays: [full.known] })
  await eventually(() => hasPlace(first))
  const a = await startPerson(t, { relays: [full.known, free.known, third.known] })
  await eventually(() => hasPlace(a, 2))
  const rows = new Map(a.network.relays.rows())
  assert.equal(rows.get(full.id)?.state, 'refused')
  assert.match(rows.get(full.id)?.reason ?? '', /REFUSED|RESOURCE/)
  assert.equal(rows.get(free.id)?.state, 'reserved')
  assert.equal(rows.get(third.id)?.state, 'reserved')
  assert.equal(a.events.filter((event) => event.startsWith('relay.failed')).length, 1)
})

test('without a relay at the start the network starts, says so, and finds the relay when it comes', async (t) => {
  const relay = await startPlainRelay()
  await relay.stop()
  const a = await startPerson(t, { relays: [relay.known] })
  await eventually(() => [...a.network.relays.rows()][0]?.[1].state === 'unreachable')
  const back = await relay.again()
  t.after(() => back.stop())
  await eventually(() => hasPlace(a), { withinMs: 5_000 })
})
