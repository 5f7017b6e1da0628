import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { type Clock, systemClock } from '../../../../electron/messaging/conversations/clock.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../../../electron/messaging/conversations/sync/frames.ts'
import { SYNC_PROTOCOL } from '../../../../electron/messaging/conversations/sync/sessions.ts'
import { peerIdOfSeed } from '../../../../electron/messaging/wire/signing.ts'
import type { Storage } from '../../../../electron/storage/database.ts'
import { converser, seedOf } from '../../../support/conversers.ts'
import { pen } from '../../../support/entries.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeHub } from '../../../support/fake-network.ts'
import { temporaryStorage } from '../../../support/storage.ts'

const MALLORY = 3
const instance = (number: number) => number.toString(16).padStart(32, '0')

/** Ann, whose database counts what it is asked, and a contact who speaks frame by frame. */
async function scene(test: TestContext) {
  const hub = createFakeHub()
  const real = await temporaryStorage(test)
  const asked: string[] = []
  const request: Storage['request'] = (name, ...input) => {
    asked.push(name)
    return real.request(name, ...input)
  }
  const ann = await converser(test, hub, 1, { storage: { ...real, request } })
  const mallory = hub.join(peerIdOfSeed(seedOf(MALLORY)))
  await mallory.start()
  test.after(() => mallory.stop())
  await mallory.handle(SYNC_PROTOCOL, 'anyone', () => {})
  ann.people.set(mallory.self, 'mutual')
  await ann.say(mallory.self, 'x')
  hub.connect(ann.id, mallory.self)
  const stream = await mallory.open(ann.id, SYNC_PROTOCOL, { signal: AbortSignal.timeout(5_000) })
  const said: Frame[] = []
  void (async () => {
    for await (const bytes of stream) said.push(...(decodeFrame(bytes) ?? []))
  })().catch(() => {})
  const say = (frame: Frame) => stream.send(encodeFrame(frame))
  await say({ say: 'hello', turn: 1 })
  await say({ say: 'vector', rows: [], isComplete: true, isRewind: false })
  const mine = await eventually(() => said.find((frame) => frame.say === 'entries'))
  const requests = (name: string) => asked.filter((one) => one === name).length
  const stopped = () => ann.logged.filter((line) => line.startsWith('log of a conversation stopped')).length
  const ended = () => ann.logged.filter((line) => line.startsWith('sync stream ended'))
  return { ann, mallory, storage: real, stream, say, said, mine, requests, stopped, ended }
}

describe('a contact who refuses and refuses', () => {
  it('is heard once for each log, and left after a while', async (test) => {
    const { stream, say, mine, requests, stopped, ended } = await scene(test)
    const refusal: Frame = { say: 'refusal', log: mine.log, seq: 1, reason: 'bad-seq' }
    for (let times = 0; times < 64; times++) await say(refusal)
    await say({ say: 'typing', conversation: mine.log.conversation })
    await eventually(() => stopped() === 1)
    assert.equal(stream.ended.aborted, false)
    await say(refusal)
    await eventually(() => stream.ended.aborted)
    assert.equal(requests('conversations.stop'), 1)
    assert.equal(stopped(), 1)
    assert.ok(ended().some((line) => line.includes('too many refusals')))
  })
})

describe('a contact whose entries are refused and refused', () => {
  it('costs one note for each log, and is left after a while', async (test) => {
    const { stream, say, mine, mallory, storage, requests, stopped, ended } = await scene(test)
    for (let number = 1; number <= 200 && !stream.ended.aborted; number++) {
      const log = { conversation: mine.log.conversation, author: mallory.self, instance: instance(number) }
      const entries = [{ bytes: Uint8Array.of(1), signature: new Uint8Array(1) }]
      await say({ say: 'entries', log, entries }).catch(() => {})
      await say({ say: 'entries', log, entries }).catch(() => {})
    }
    await eventually(() => stream.ended.aborted)
    assert.ok(ended().some((line) => line.includes('too many refusals')))
    assert.equal((await storage.request('conversations.stops')).length, 64)
    assert.equal(requests('conversations.stop'), 64)
    assert.equal(stopped(), 64)
  })
})

describe('a contact who begins one log after the other', () => {
  it('has room for 4,096, and is left at the next', async (test) => {
    const { ann, stream, say, said, mallory, storage, ended } = await scene(test)
    const begin = (number: number) => {
      const writer = pen(MALLORY, ann.id, instance(number))
      const body = { kind: 'other', number: 200, bytes: new Uint8Array() } as const
      return say({ say: 'entries', log: writer.log, entries: [writer.next(body)] }).catch(() => {})
    }
    for (let number = 1; number <= 4_096; number++) await begin(number)
    const told = () =>
      said.reduce((count, frame) => count + (frame.say === 'vector' && !frame.isComplete ? frame.rows.length : 0), 0)
    await eventually(() => told() === 4_096, { withinMs: 20_000 })
    assert.equal(stream.ended.aborted, false)
    await begin(4_097)
    await eventually(() => stream.ended.aborted)
    assert.ok(ended().some((line) => line.includes('too many logs')))
    const logs = (await storage.request('entries.logs')).filter(({ author }) => author === mallory.self)
    assert.equal(logs.length, 4_096)
  })
})

describe('the number of a stream', () => {
  it('grows from one run to the next, whatever the clock says', async (test) => {
    const hub = createFakeHub()
    const storage = await temporaryStorage(test)
    const mallory = hub.join(peerIdOfSeed(seedOf(MALLORY)))
    await mallory.start()
    test.after(() => mallory.stop())
    const turns: number[] = []
    await mallory.handle(SYNC_PROTOCOL, 'anyone', async (stream) => {
      for await (const bytes of stream)
        for (const frame of decodeFrame(bytes) ?? []) if (frame.say === 'hello') turns.push(frame.turn)
    })
    for (const [run, backMs] of [0, 3_600_000, 7_200_000].entries()) {
      const clock: Clock = { ...systemClock, now: () => Date.now() - backMs }
      const ann = await converser(test, hub, 1, { storage, options: { clock } })
      ann.people.set(mallory.self, 'mutual')
      hub.connect(ann.id, mallory.self)
      await eventually(() => turns.length > run)
      await ann.conversations.stop()
      await ann.network.stop()
      turns.splice(run + 1)
    }
    assert.deepEqual(
      turns,
      [...turns].sort((a, b) => a - b),
    )
    assert.equal(new Set(turns).size, 3)
  })
})
