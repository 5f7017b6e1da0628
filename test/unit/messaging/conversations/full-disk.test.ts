import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { type Clock, systemClock } from '../../../../electron/messaging/conversations/clock.ts'
import { createLogBook, type LogBook } from '../../../../electron/messaging/conversations/log/log-book.ts'
import { createWriter, LogFullError } from '../../../../electron/messaging/conversations/log/writer.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../../../electron/messaging/conversations/sync/frames.ts'
import { SYNC_PROTOCOL } from '../../../../electron/messaging/conversations/sync/sessions.ts'
import { peerIdOfSeed } from '../../../../electron/messaging/wire/signing.ts'
import type { Storage } from '../../../../electron/storage/database.ts'
import { StorageError } from '../../../../electron/storage/failure.ts'
import type { RequestName } from '../../../../electron/storage/requests.ts'
import { befriend, type Converser, converser, seedOf } from '../../../support/conversers.ts'
import { pen } from '../../../support/entries.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeHub } from '../../../support/fake-network.ts'
import { temporaryStorage } from '../../../support/storage.ts'

/** A database of which one kind of request fails as on a full disk while `isFull`. */
async function fillable(test: TestContext, name: RequestName) {
  const real = await temporaryStorage(test)
  const disk = { isFull: false, failures: 0 }
  const request: Storage['request'] = (asked, ...input) => {
    if (asked !== name || !disk.isFull) return real.request(asked, ...input)
    disk.failures++
    return Promise.reject(new StorageError({ code: 'disk-full' }))
  }
  return { disk, storage: { ...real, request } }
}

/** A hundred times as fast. */
const fast: Clock = { ...systemClock, after: (delayMs, callback) => systemClock.after(delayMs / 100, callback) }
const rowOf = (someone: Converser) => [...someone.conversations.listing.rows()][0]?.[1]

describe('on a full disk', () => {
  it('what comes is tried again less and less often, the person is told, and it arrives when there is room', async (test) => {
    const hub = createFakeHub()
    const { disk, storage } = await fillable(test, 'entries.store')
    const ann = await converser(test, hub, 1, { options: { random: () => 1 } })
    const bea = await converser(test, hub, 2, { storage, options: { random: () => 0.5 } })
    befriend(ann, bea)
    hub.connect(ann.id, bea.id)
    await ann.say(bea.id, 'first')
    await eventually(async () => (await bea.messages(ann.id)).length === 1)
    disk.isFull = true
    const start = performance.now()
    await ann.say(bea.id, 'second')
    await eventually(() => disk.failures === 5)
    // Bea, whose pauses are shorter, waits 100, 200, 400 and 800 ms. Four times 100 would be too often.
    assert.ok(performance.now() - start > 1_200)
    assert.deepEqual(rowOf(bea)?.failure, { code: 'disk-full' })
    assert.equal(rowOf(ann)?.failure, undefined)
    disk.isFull = false
    await eventually(async () => (await bea.messages(ann.id)).length === 2)
    assert.equal(rowOf(bea)?.failure, undefined)
  })

  it('an acknowledgement that could not be kept is kept later, with the way the message went', async (test) => {
    const hub = createFakeHub()
    const { disk, storage } = await fillable(test, 'vectors.tell')
    const ann = await converser(test, hub, 1, { storage, options: { clock: fast } })
    const bea = await converser(test, hub, 2)
    befriend(ann, bea)
    disk.isFull = true
    hub.connect(ann.id, bea.id)
    await ann.say(bea.id, 'x')
    await eventually(() => disk.failures >= 2)
    assert.notEqual((await ann.messages(bea.id))[0]?.delivery, 'delivered')
    assert.equal(rowOf(ann)?.waiting, 1)
    await ann.say(bea.id, 'y')
    disk.isFull = false
    await eventually(() => rowOf(ann)?.waiting === 0)
    const messages = await ann.messages(bea.id)
    assert.deepEqual(
      messages.map(({ delivery, receipt }) => [delivery, receipt?.line]),
      [
        ['delivered', 'lan'],
        ['delivered', 'lan'],
      ],
    )
  })
})

describe('an instance that was found elsewhere', () => {
  async function doubtful(test: TestContext) {
    const hub = createFakeHub()
    const { disk, storage } = await fillable(test, 'profile.setInstance')
    const ann = await converser(test, hub, 1, { storage, options: { clock: fast } })
    const mallory = hub.join(peerIdOfSeed(seedOf(3)))
    await mallory.start()
    test.after(() => mallory.stop())
    await mallory.handle(SYNC_PROTOCOL, 'anyone', () => {})
    ann.people.set(mallory.self, 'mutual')
    const greet = async () => {
      hub.connect(ann.id, mallory.self)
      const stream = await mallory.open(ann.id, SYNC_PROTOCOL, { signal: AbortSignal.timeout(5_000) })
      const said: Frame[] = []
      void (async () => {
        for await (const bytes of stream) said.push(...(decodeFrame(bytes) ?? []))
      })().catch(() => {})
      const say = (frame: Frame) => stream.send(encodeFrame(frame))
      await say({ say: 'hello', turn: 1 })
      await say({ say: 'vector', rows: [], isComplete: true, isRewind: false })
      return { stream, said, say }
    }
    const send = async (text: string) => ann.conversations.send({ conversation: await ann.with(mallory.self), text })
    const instances = async () => (await ann.messages(mallory.self)).map(({ order }) => order.instance)
    return { ann, mallory, disk, greet, send, instances }
  }

  it('is never written under again, though a new one could not be kept at first', async (test) => {
    const { disk, greet, send, instances } = await doubtful(test)
    await send('before')
    const { said, say } = await greet()
    const mine = await eventually(() => said.find((frame) => frame.say === 'entries'))
    disk.isFull = true
    const row = { log: mine.log, seq: 2, head: 'ab'.repeat(32), read: 0 }
    await say({ say: 'vector', rows: [row], isComplete: false, isRewind: false })
    await eventually(() => disk.failures > 0)
    assert.deepEqual(await send('refused'), { ok: false, failure: { code: 'disk-full' } })
    disk.isFull = false
    assert.ok((await send('after')).ok)
    const [before, after] = await instances()
    assert.notEqual(after, before)
  })

  it('is doubted durably before the entries that prove it are stored', async (test) => {
    const { ann, mallory, disk, greet, send, instances } = await doubtful(test)
    const mine = pen(1, mallory.self, '01'.repeat(16))
    const forgotten = mine.next({ kind: 'text', text: 'forgotten' })
    disk.isFull = true
    const first = await greet()
    await first.say({ say: 'entries', log: mine.log, entries: [forgotten] })
    await eventually(() => disk.failures > 0)
    await eventually(() => first.stream.ended.aborted)
    assert.deepEqual(await ann.texts(mallory.self), [])
    disk.isFull = false
    const second = await greet()
    await second.say({ say: 'entries', log: mine.log, entries: [forgotten] })
    await eventually(async () => (await ann.texts(mallory.self)).join() === 'forgotten')
    assert.ok((await send('written on')).ok)
    const [before, after] = await instances()
    assert.equal(before, mine.log.instance)
    assert.notEqual(after, before)
  })
})

describe('a log at its end', () => {
  it('is not written on with an entry that everybody would refuse', async (test) => {
    const storage = await temporaryStorage(test)
    const [self, contact] = [peerIdOfSeed(seedOf(1)), peerIdOfSeed(seedOf(2))]
    const { log } = pen(1, 2)
    const book = createLogBook(storage)
    await storage.request('profile.create', { seed: seedOf(1), instance: new Uint8Array(16), name: '', createdAt: 1 })
    for (const [lamport, isWritten] of [
      [Number.MAX_SAFE_INTEGER - 1, true],
      [Number.MAX_SAFE_INTEGER, false],
    ] as const) {
      const tip = { seq: 1, head: 'ab'.repeat(32), lamport }
      const stored: number[] = []
      const atItsEnd: LogBook = {
        ...book,
        get: (key) => ({ ...key, tips: [tip], read: 0 }),
        lamport: () => lamport,
        async store({ entries }) {
          stored.push(...entries.map(({ entry }) => entry.lamport))
          return entries.map(() => 'stored' as const)
        },
      }
      const randomBytes = (length: number) => new Uint8Array(length)
      const writer = createWriter({ storage, book: atItsEnd, self, seed: seedOf(1), clock: systemClock, randomBytes })
      await writer.load()
      const writing = writer.write(log.conversation, contact, { kind: 'text', text: 'x' })
      if (isWritten) await writing
      else await assert.rejects(writing, LogFullError)
      assert.deepEqual(stored, isWritten ? [Number.MAX_SAFE_INTEGER] : [])
    }
  })
})
