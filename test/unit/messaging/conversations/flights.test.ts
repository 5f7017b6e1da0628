import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemClock } from '../../../../electron/messaging/conversations/clock.ts'
import { createLogBook } from '../../../../electron/messaging/conversations/log/log-book.ts'
import { createFlights, type Flights } from '../../../../electron/messaging/conversations/sync/flights.ts'
import { decodeFrame } from '../../../../electron/messaging/conversations/sync/frames.ts'
import { createOutbox } from '../../../../electron/messaging/conversations/sync/outbox.ts'
import { upTo } from '../../../../electron/messaging/conversations/sync/vector.ts'
import type { FrameStream } from '../../../../electron/network/network.ts'
import { isConnected, type Path } from '../../../../shared/domain/line.ts'
import { befriend, converser } from '../../../support/conversers.ts'
import { pen } from '../../../support/entries.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeHub } from '../../../support/fake-network.ts'
import { temporaryStorage } from '../../../support/storage.ts'

const RELAYED: Path = { line: { kind: 'relayed', relay: 'R' }, transport: 'tcp' }
const LAN: Path = { line: { kind: 'lan' }, transport: 'tcp' }
const { log } = pen(1, 2)

function leave(flights: Flights, stream: object, fromSeq: number, toSeq: number, path = LAN): void {
  const ids = Array.from({ length: toSeq - fromSeq + 1 }, (_, index) => `${fromSeq + index}`)
  flights.depart({ stream, log, fromSeq, toSeq, ids, path, sentAt: 100 * fromSeq })
}
const landed = (flights: Flights, upTo: number) =>
  flights.land(log, upTo, 1_000).map(({ line, fromSeq, toSeq, sentAt }) => [line, fromSeq, toSeq, sentAt])

describe('what is under way to a contact', () => {
  const [one, other] = [{}, {}]

  it('is acknowledged bit by bit, each once', () => {
    const flights = createFlights()
    leave(flights, one, 1, 4)
    assert.deepEqual(landed(flights, 2), [['lan', 1, 2, 100]])
    assert.deepEqual(landed(flights, 2), [])
    assert.deepEqual(landed(flights, 9), [['lan', 3, 4, 100]])
    assert.deepEqual(landed(flights, 9), [])
    assert.equal(flights.has('1'), false)
  })

  it('that was carried by two streams counts for the one it left with first', () => {
    const flights = createFlights()
    leave(flights, one, 1, 2, RELAYED)
    leave(flights, other, 1, 3)
    assert.deepEqual(landed(flights, 3), [
      ['relayed', 1, 2, 100],
      ['lan', 3, 3, 100],
    ])
  })

  it('is forgotten where it was turned back, on that stream only', () => {
    const flights = createFlights()
    leave(flights, one, 1, 4, RELAYED)
    leave(flights, one, 5, 6, RELAYED)
    leave(flights, other, 5, 5)
    flights.turnBack(one, log, 2)
    assert.equal(flights.has('6'), false)
    assert.deepEqual(landed(flights, 9), [
      ['relayed', 1, 2, 100],
      ['lan', 5, 5, 500],
    ])
  })

  it('is lost with its stream once the contact has told all it holds', () => {
    const flights = createFlights()
    leave(flights, one, 1, 1, RELAYED)
    leave(flights, other, 2, 2)
    flights.forget((stream) => stream === other)
    assert.equal(flights.has('1'), false)
    assert.deepEqual(landed(flights, 2), [['lan', 2, 2, 200]])
  })
})

describe('the way a message went', () => {
  for (const mode of ['moved', 'was lost'] as const)
    it(`is kept although the stream ${mode} before the acknowledgement came`, async (test) => {
      const hub = createFakeHub()
      const [ann, bea] = [await converser(test, hub, 1), await converser(test, hub, 2)]
      befriend(ann, bea)
      hub.connect(ann.id, bea.id, RELAYED)
      await ann.say(bea.id, 'first')
      await eventually(async () => (await ann.messages(bea.id))[0]?.receipt?.line === 'relayed')
      await eventually(() => ann.network.openStreams().length === 1)
      // As a connection has one path for its life, the stream's stays what it was.
      for (const stream of [...ann.network.openStreams(), ...bea.network.openStreams()])
        Object.assign(stream, { path: () => RELAYED })
      hub.setLatency(300)
      await ann.say(bea.id, 'second')
      await eventually(async () => (await bea.messages(ann.id)).length === 2, { everyMs: 5 })
      // The acknowledgement is under way on the slow line for 300 ms now.
      hub.setLatency(0)
      if (mode === 'was lost') hub.disconnect(ann.id, bea.id)
      hub.connect(ann.id, bea.id, LAN)
      const last = await eventually(async () => {
        const message = (await ann.messages(bea.id)).at(-1)
        return message?.delivery === 'delivered' && message
      })
      assert.equal(last.receipt?.line, 'relayed')
    })
})

describe('what a stream sends', () => {
  /** An outbox to Bea with three entries of Ann's and two of Bea's; `sends` is what the stream does with frames. */
  async function outboxOf(test: Parameters<typeof temporaryStorage>[0], sends: (bytes: Uint8Array) => Promise<void>) {
    const storage = await temporaryStorage(test)
    const [mine, theirs] = [pen(1, 2), pen(2, 1)]
    const book = createLogBook(storage)
    const sound = ({ id, entry, ...signed }: ReturnType<typeof mine.next>) => ({
      ...{ id, entry, signed },
      body: { kind: 'text', text: 'x' } as const,
    })
    await book.store({
      ...{ contact: theirs.log.author, at: 1, isOwn: false },
      entries: [mine.next(), mine.next(), mine.next(), theirs.next(), theirs.next()].map(sound),
    })
    const flights = createFlights()
    const departed: string[] = []
    let nowMs = 0
    const problems: unknown[] = []
    const stream: FrameStream = Object.assign(Object.create(null), { path: () => LAN, send: sends })
    assert.ok(isConnected(stream.path().line))
    const outbox = createOutbox({
      ...{ self: mine.log.author, stream, storage, book },
      clock: { ...systemClock, now: () => ++nowMs },
      flights: {
        ...flights,
        depart(flight) {
          departed.push(
            `${flight.log.author === mine.log.author ? 'mine' : 'theirs'} ${flight.fromSeq}-${flight.toSeq}`,
          )
          flights.depart(flight)
        },
      },
      rowsOf: () => [],
      sent() {},
      failed: (error) => problems.push(error),
    })
    return { outbox, mine, theirs, flights, departed, problems }
  }

  it('is remembered once however often it is sent again, and only if it is mine', async (test) => {
    let sent = 0
    const { outbox, mine, theirs, flights, departed } = await outboxOf(test, async (bytes) => {
      for (const frame of decodeFrame(bytes) ?? []) if (frame.say === 'entries') sent += frame.entries.length
    })
    for (let times = 1; times <= 3; times++) {
      outbox.goOn(mine.log, upTo(0))
      outbox.goOn(theirs.log, upTo(0))
      await eventually(() => sent === 5 * times)
      await eventually(() => outbox.isIdle)
    }
    assert.deepEqual(departed, ['mine 1-3', 'mine 1-3', 'mine 1-3'])
    assert.equal(outbox.sentUpTo(mine.log), 3)
    // What left before was dropped over there.
    assert.deepEqual(
      flights.land(mine.log, 3, 9).map(({ sentAt }) => sentAt),
      [3],
    )
  })

  it('is given up when the other side asks and asks and takes no answer', async (test) => {
    const { outbox, mine, problems } = await outboxOf(test, () => new Promise(() => {}))
    for (let times = 0; times < 500; times++) outbox.say({ say: 'refusal', log: mine.log, seq: 1, reason: 'bad-seq' })
    for (let times = 0; times < 500; times++) outbox.say({ say: 'typing', conversation: mine.log.conversation })
    assert.deepEqual(problems, [])
    for (let times = 0; times < 50; times++) outbox.say({ say: 'refusal', log: mine.log, seq: 1, reason: 'bad-seq' })
    assert.ok(problems.length > 0)
  })
})
