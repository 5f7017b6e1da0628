import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { type Clock, systemClock } from '../../../../electron/messaging/conversations/clock.ts'
import type { ConversationsOptions } from '../../../../electron/messaging/conversations/conversations.ts'
import { directConversationId } from '../../../../electron/messaging/conversations/log/conversation-id.ts'
import { decodeEntry } from '../../../../electron/messaging/conversations/log/entry.ts'
import type { LogKey } from '../../../../electron/messaging/conversations/log/log-key.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../../../electron/messaging/conversations/sync/frames.ts'
import { SYNC_PROTOCOL } from '../../../../electron/messaging/conversations/sync/sessions.ts'
import { peerIdOfSeed } from '../../../../electron/messaging/wire/signing.ts'
import type { FrameStream } from '../../../../electron/network/network.ts'
import { befriend, converser, seedOf } from '../../../support/conversers.ts'
import { type Pen, pen } from '../../../support/entries.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeHub } from '../../../support/fake-network.ts'

const MALLORY = 3

/** Ann with a good friend, Bea, and a bad one, who speaks frame by frame. */
async function scene(test: TestContext, options: Partial<ConversationsOptions> = {}) {
  const hub = createFakeHub()
  const [ann, bea] = [await converser(test, hub, 1, { options }), await converser(test, hub, 2)]
  befriend(ann, bea)
  const mallory = hub.join(peerIdOfSeed(seedOf(MALLORY)))
  await mallory.start()
  test.after(() => mallory.stop())
  const incoming: FrameStream[] = []
  await mallory.handle(SYNC_PROTOCOL, 'anyone', (stream) => void incoming.push(stream))
  ann.people.set(mallory.self, 'mutual')
  hub.connect(ann.id, bea.id)
  await bea.say(ann.id, 'before')
  await eventually(async () => (await ann.texts(bea.id)).length === 1)

  /** Opens a stream to Ann and collects what she says. */
  async function speak() {
    hub.connect(ann.id, mallory.self)
    const stream = await mallory.open(ann.id, SYNC_PROTOCOL, { signal: AbortSignal.timeout(5_000) })
    const said: Frame[] = []
    const ended = (async () => {
      for await (const bytes of stream) said.push(...(decodeFrame(bytes) ?? []))
    })().catch(() => {})
    const say = (frame: Frame) => stream.send(encodeFrame(frame))
    return { stream, said, ended, say }
  }
  /** The same, after a polite opening. */
  async function greet(turn = 1) {
    const speaker = await speak()
    await speaker.say({ say: 'hello', turn })
    await speaker.say({ say: 'vector', rows: [], isComplete: true, isRewind: false })
    return speaker
  }
  const row = () => [...ann.conversations.listing.rows()].find(([, { contact }]) => contact === mallory.self)?.[1]
  /** The good friend's stream must never have suffered. */
  async function beaStillTalks() {
    const ended = ann.logged.filter((line) => line.startsWith('sync stream ended') && line.includes(bea.id.slice(-8)))
    assert.deepEqual(ended, [])
    const count = (await ann.texts(bea.id)).length
    await bea.say(ann.id, 'still here')
    await eventually(async () => (await ann.texts(bea.id)).length === count + 1)
  }
  return { hub, ann, bea, mallory, speak, greet, row, beaStillTalks }
}

const entriesOf = (writer: Pen, entries: readonly ReturnType<Pen['next']>[], log: LogKey = writer.log): Frame => ({
  say: 'entries',
  log,
  entries,
})
const refusals = (said: readonly Frame[]) => said.flatMap((frame) => (frame.say === 'refusal' ? [frame.reason] : []))

describe('a contact who does not follow the protocol', () => {
  const frames: readonly (readonly [string, Uint8Array])[] = [
    ['a truncated frame', encodeFrame({ say: 'typing', conversation: 'a'.repeat(64) }).subarray(0, 9)],
    ['a random frame', Uint8Array.from({ length: 300 }, (_, at) => (at * 89) % 251)],
    ['groups nested as deep as a frame is long', new Uint8Array(60_000).fill(0x0b)],
    ['entries before a greeting', encodeFrame(entriesOf(pen(MALLORY, 1), [pen(MALLORY, 1).next()]))],
  ]
  for (const [what, bytes] of frames)
    it(`loses its stream by ${what}, and nobody else's suffers`, async (test) => {
      const { speak, beaStillTalks } = await scene(test)
      const { stream, ended } = await speak()
      await stream.send(bytes).catch(() => {})
      await ended
      assert.ok(stream.ended.aborted)
      await beaStillTalks()
    })

  it('may speak a later version: what is not known is skipped', async (test) => {
    const { ann, mallory, greet } = await scene(test)
    const { stream, say, said } = await greet()
    await stream.send(Uint8Array.of(0xf8, 0x07, 1))
    await stream.send(new Uint8Array())
    const writer = pen(MALLORY, 1)
    await say(entriesOf(writer, [writer.next({ kind: 'other', number: 99, bytes: Uint8Array.of(1) }), writer.next()]))
    await eventually(async () => (await ann.texts(mallory.self)).join() === '(unsupported),text 2')
    assert.deepEqual(refusals(said), [])
  })

  it('that says nothing after opening is left', async (test) => {
    // Ann's patience of ten seconds, a hundred times as fast.
    const clock: Clock = { ...systemClock, after: (delayMs, callback) => systemClock.after(delayMs / 100, callback) }
    const { speak } = await scene(test, { clock })
    const { ended, stream } = await speak()
    await ended
    assert.ok(stream.ended.aborted)
  })

  it('that asks to go back for ever is left', async (test) => {
    const { ann, mallory, greet, beaStillTalks } = await scene(test)
    await ann.say(mallory.self, 'x')
    const { say, said, stream, ended } = await greet()
    const mine = await eventually(() => said.find((frame) => frame.say === 'entries'))
    const row = { log: mine.log, seq: 0, head: '0'.repeat(64), read: 0 }
    for (let times = 0; times < 200 && !stream.ended.aborted; times++)
      await say({ say: 'vector', rows: [row], isComplete: false, isRewind: true }).catch(() => {})
    await ended
    await beaStillTalks()
  })
})

describe('an entry that is refused', () => {
  const cases: readonly (readonly [string, (writer: Pen) => ReturnType<Pen['next']>, string])[] = [
    [
      'a wrong signature',
      (writer) => {
        const entry = writer.next()
        return { ...entry, signature: entry.signature.map((byte) => byte ^ 1) }
      },
      'wrong-signature',
    ],
    ['an author who is no member', () => pen(2, 1).next(), 'other-log'],
    ['a lamport that jumps', (writer) => writer.next(undefined, { lamport: 2 ** 40 }), 'bad-lamport'],
    ['a seq that jumps', (writer) => writer.next(undefined, { seq: 7 }), 'bad-seq'],
    [
      'an oversized body',
      (writer) => writer.next({ kind: 'other', number: 9, bytes: new Uint8Array(40_000) }),
      'too-long',
    ],
  ]
  for (const [what, write, reason] of cases)
    it(`for ${what} stops its log with "${reason}" on both sides, and not the stream`, async (test) => {
      const { ann, mallory, greet, row, beaStillTalks } = await scene(test)
      const { say, said, stream } = await greet()
      const writer = pen(MALLORY, 1)
      await say(entriesOf(writer, [writer.next(), write(writer), writer.next()]))
      await eventually(() => refusals(said).includes(reason))
      await eventually(() => row()?.stopped?.reason === reason)
      assert.deepEqual(row()?.stopped, { reason, isRefusedHere: true, isMine: false })
      const other = pen(MALLORY, 1, 'cd'.repeat(16))
      await say(entriesOf(other, [other.next({ kind: 'text', text: 'another log' })]))
      await eventually(async () => [...(await ann.texts(mallory.self))].sort().join() === 'another log,text 1')
      await say(entriesOf(writer, [pen(MALLORY, 1).next()]))
      assert.equal(stream.ended.aborted, false)
      await beaStillTalks()
    })

  it('of my own log does not keep me from writing', async (test) => {
    const { ann, mallory, greet } = await scene(test)
    const id = await ann.say(mallory.self, 'mine')
    const { say, said } = await greet()
    const sent = await eventually(() => said.find((frame) => frame.say === 'entries'))
    const forged = pen(MALLORY, 1).next(undefined, { ...sent.log, seq: 2, previous: id, lamport: 2 })
    await say({ say: 'entries', log: sent.log, entries: [forged] })
    await eventually(() => refusals(said).includes('wrong-signature'))
    await ann.say(mallory.self, 'still mine')
    assert.deepEqual(await ann.texts(mallory.self), ['mine', 'still mine'])
  })
})

describe('a contact that refuses', () => {
  for (const [said, reason] of [
    ['bad-seq', 'bad-seq'],
    ['of-a-version-to-come', 'other'],
  ] as const)
    it(`a message of mine with "${said}" is shown as the one who did, for "${reason}"`, async (test) => {
      const { ann, mallory, greet, row } = await scene(test)
      await ann.say(mallory.self, 'x')
      const { say, said: heard } = await greet()
      const mine = await eventually(() => heard.find((frame) => frame.say === 'entries'))
      await say({ say: 'refusal', log: mine.log, seq: 1, reason: said })
      const stopped = await eventually(() => row()?.stopped)
      assert.deepEqual(stopped, { reason, isRefusedHere: false, isMine: true })
    })
})

describe('what a contact may try', () => {
  it('a gap is answered with how far the log is held, and filled when the rest comes', async (test) => {
    const { ann, mallory, greet } = await scene(test)
    const { say, said } = await greet()
    const writer = pen(MALLORY, 1)
    const [first, second, third] = [writer.next(), writer.next(), writer.next()]
    await say(entriesOf(writer, [first]))
    await say(entriesOf(writer, [third]))
    const rewind = await eventually(() => said.find((frame) => frame.say === 'vector' && frame.isRewind))
    assert.equal(rewind.say === 'vector' && rewind.rows[0]?.seq, 1)
    await say(entriesOf(writer, [second, third, third]))
    await eventually(async () => (await ann.texts(mallory.self)).join() === 'text 1,text 2,text 3')
  })

  it('a fork is kept on both branches, and flagged', async (test) => {
    const { ann, mallory, greet, row } = await scene(test)
    const { say } = await greet()
    const [left, right] = [pen(MALLORY, 1), pen(MALLORY, 1)]
    await say(entriesOf(left, [left.next(), left.next(), left.next()]))
    right.next()
    await say(entriesOf(right, [right.next({ kind: 'text', text: 'other branch' })]))
    await eventually(() => row()?.isForked === true)
    assert.equal((await ann.texts(mallory.self)).length, 4)
  })

  it("an edit or deletion of somebody else's message changes nothing", async (test) => {
    const { ann, mallory, greet } = await scene(test)
    const id = await ann.say(mallory.self, 'what I said')
    const { say } = await greet()
    const writer = pen(MALLORY, 1)
    await say(
      entriesOf(writer, [
        writer.next({ kind: 'edit', target: id, text: 'what I never said' }),
        writer.next({ kind: 'delete', target: id }),
        writer.next(),
      ]),
    )
    await eventually(async () => (await ann.texts(mallory.self)).length === 2)
    assert.ok((await ann.texts(mallory.self)).includes('what I said'))
  })

  it('a lamport that runs away does not make my own entries invalid', async (test) => {
    const { ann, mallory, greet } = await scene(test)
    await ann.say(mallory.self, 'x')
    const { say, said } = await greet()
    const writer = pen(MALLORY, 1)
    let lamport = 0
    const entries = Array.from({ length: 3 }, () => {
      lamport += 2 ** 32
      return writer.next(undefined, { lamport })
    })
    await say(entriesOf(writer, entries))
    await eventually(async () => (await ann.texts(mallory.self)).length === 4)
    await ann.say(mallory.self, 'y')
    const own = await eventually(() => {
      const sent = said.flatMap((frame) => (frame.say === 'entries' ? frame.entries : []))
      return sent.length >= 2 && sent
    })
    const lamports = own.map(({ bytes }) => decodeEntry(bytes)?.lamport)
    assert.deepEqual(lamports, [1, 1 + 2 ** 32])
  })

  it('that it holds more of my log than I do makes me write on under a new instance', async (test) => {
    const { ann, mallory, greet } = await scene(test)
    await ann.say(mallory.self, 'x')
    const { say, said } = await greet()
    const mine = await eventually(() => said.find((frame) => frame.say === 'entries'))
    const row = { log: mine.log, seq: 5, head: 'e'.repeat(64), read: 0 }
    await say({ say: 'vector', rows: [row], isComplete: false, isRewind: false })
    await eventually(() => ann.logged.some((line) => line.startsWith('instance of this database found elsewhere')))
    await ann.say(mallory.self, 'y')
    const instances = () => new Set(said.flatMap((frame) => (frame.say === 'entries' ? [frame.log.instance] : [])))
    await eventually(() => instances().size === 2)
    assert.deepEqual(await ann.texts(mallory.self), ['x', 'y'])
  })

  it('entries of mine that I lack, before it says that it has them, make me do the same', async (test) => {
    const { ann, mallory, greet } = await scene(test)
    const { say } = await greet()
    const mine = pen(1, MALLORY, '01'.repeat(16))
    await say(entriesOf(mine, [mine.next({ kind: 'text', text: 'forgotten' })]))
    await eventually(async () => (await ann.texts(mallory.self)).join() === 'forgotten')
    await ann.say(mallory.self, 'written on')
    const instances = (await ann.messages(mallory.self)).map(({ order }) => order.instance)
    assert.equal(instances[0], '01'.repeat(16))
    assert.notEqual(instances[1], instances[0])
  })

  it('nothing of a conversation that is not shared is taken or told', async (test) => {
    const { ann, bea, greet } = await scene(test)
    const { said, say, ended } = await greet()
    const between = directConversationId(ann.id, bea.id)
    await eventually(() => said.some((frame) => frame.say === 'vector'))
    const told = said.flatMap((frame) => (frame.say === 'vector' ? frame.rows : []))
    assert.ok(told.every(({ log }) => log.conversation !== between))
    const writer = pen(2, 1)
    await say(entriesOf(writer, [writer.next()]))
    await ended
    assert.equal((await ann.texts(bea.id)).length, 1)
  })

  it('nothing at all from a stranger', async (test) => {
    const { hub, ann } = await scene(test)
    const stranger = hub.join(peerIdOfSeed(seedOf(9)))
    await stranger.start()
    test.after(() => stranger.stop())
    hub.connect(ann.id, stranger.self)
    const stream = await stranger.open(ann.id, SYNC_PROTOCOL, { signal: AbortSignal.timeout(5_000) })
    await eventually(() => stream.ended.aborted)
  })
})
