import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { NewEntry } from '../../../electron/storage/tables/entries.ts'
import type { Page } from '../../../electron/storage/tables/messages.ts'
import { temporaryStorage } from '../../support/storage.ts'

const id = (number: number) => number.toString(16).padStart(64, '0')
const LOG = { conversation: id(900), author: 'bea', instance: '0'.repeat(32) }
const entry = (seq: number, number: number, previous: number, changes: Partial<NewEntry> = {}): NewEntry => ({
  ...LOG,
  ...{ id: id(number), seq, previous: id(previous), lamport: seq, kind: 1, isShown: true, text: `word${number}` },
  ...{ writtenAt: 1, bytes: Uint8Array.of(number), signature: new Uint8Array(64) },
  ...changes,
})
const theirs = (entries: readonly NewEntry[]) => ({ contact: 'bea', entries, at: 5, isOwn: false })

describe('the table of entries', () => {
  it('stores what follows, once, and nothing after a gap', async (test) => {
    const storage = await temporaryStorage(test)
    const first = await storage.request('entries.store', theirs([entry(1, 1, 0), entry(2, 2, 1), entry(4, 4, 3)]))
    assert.deepEqual(first.outcomes, ['stored', 'stored', 'gap'])
    const again = await storage.request('entries.store', theirs([entry(2, 2, 1), entry(3, 3, 2), entry(4, 4, 3)]))
    assert.deepEqual(again.outcomes, ['held', 'stored', 'stored'])
    const [log] = await storage.request('entries.logs')
    assert.deepEqual(log, { ...LOG, read: 0, tips: [{ head: id(4), seq: 4, lamport: 4 }] })
  })

  it('keeps both branches of a fork, the longer one first', async (test) => {
    const storage = await temporaryStorage(test)
    await storage.request('entries.store', theirs([entry(1, 1, 0), entry(2, 2, 1), entry(3, 3, 2)]))
    await storage.request('entries.store', theirs([entry(2, 22, 1)]))
    const [log] = await storage.request('entries.logs')
    assert.equal(log?.forkSeq, 2)
    assert.deepEqual(
      log?.tips.map(({ head }) => head),
      [id(3), id(22)],
    )
    const travelling = await storage.request('entries.after', { ...LOG, seq: 1, arrival: 99, maxBytes: 10_000 })
    assert.deepEqual(
      travelling.map((one) => one.id),
      [id(2), id(22), id(3)],
    )
  })

  it('does not take an own entry that does not extend the only branch, so that nothing forks itself', async (test) => {
    const storage = await temporaryStorage(test)
    const mine = (entries: readonly NewEntry[]) => ({ contact: 'bea', entries, at: 5, isOwn: true })
    const own = { author: 'ann' }
    await storage.request('entries.store', mine([entry(1, 1, 0, own), entry(2, 2, 1, own)]))
    const twin = await storage.request('entries.store', mine([entry(2, 22, 1, own), entry(3, 23, 22, own)]))
    assert.deepEqual(twin.outcomes, ['gap', 'gap'])
    assert.equal(twin.logs[0]?.tips[0].seq, 2, 'and says how the log stands')
  })

  it('gives entries in batches that fit, at least one', async (test) => {
    const storage = await temporaryStorage(test)
    const entries = Array.from({ length: 5 }, (_, at) => entry(at + 1, at + 1, at, { bytes: new Uint8Array(1_000) }))
    await storage.request('entries.store', theirs(entries))
    const count = async (maxBytes: number) =>
      (await storage.request('entries.after', { ...LOG, seq: 0, arrival: 0, maxBytes })).length
    assert.deepEqual([await count(1), await count(2_500), await count(1_000_000)], [1, 2, 5])
  })

  it('locates a branch by ids at growing distances down to the first', async (test) => {
    const storage = await temporaryStorage(test)
    await storage.request('entries.store', theirs(Array.from({ length: 40 }, (_, at) => entry(at + 1, at + 1, at))))
    const ids = await storage.request('entries.locator', { ...LOG, seq: 40 })
    assert.ok(ids.length < 12)
    assert.deepEqual([ids[0], ids[1], ids.at(-1)], [id(40), id(39), id(1)])
  })

  it('marks as late what lands above something read, by arrival and not by order', async (test) => {
    const storage = await temporaryStorage(test)
    const late = entry(1, 50, 0, { instance: '1'.repeat(32), lamport: 2 })
    await storage.request('entries.store', theirs([entry(1, 1, 0), entry(2, 2, 1, { lamport: 7 })]))
    await storage.request('conversations.markRead', { id: LOG.conversation, upTo: id(2) })
    await storage.request('entries.store', theirs([late, entry(3, 3, 2, { lamport: 9 })]))
    const page = await storage.request('messages.page', { id: LOG.conversation, limit: 10 })
    assert.deepEqual(
      page?.entries.map((one) => [one.id, one.isLate]),
      [
        [id(1), false],
        [id(50), true],
        [id(2), false],
        [id(3), false],
      ],
    )
    const summary = await storage.request('messages.summary', { id: LOG.conversation, deleteKind: 4 })
    assert.deepEqual(
      [summary?.unread, summary?.firstUnread, summary?.late, summary?.readUpTo],
      [2, id(3), { count: 1, first: id(50), arrival: 3 }, 2],
    )
    const gone = { instance: '1'.repeat(32), lamport: 10, kind: 4, isShown: false, target: id(50) }
    await storage.request('entries.store', theirs([entry(2, 51, 50, gone)]))
    const after = await storage.request('messages.summary', { id: LOG.conversation, deleteKind: 4 })
    assert.deepEqual([after?.unread, after?.late], [1, undefined], 'what was taken back is not looked for')
  })

  it('keeps with each entry the way it first came, and none with own ones', async (test) => {
    const storage = await temporaryStorage(test)
    const relayed = { line: 'relayed', transport: 'tcp', relay: 'R' } as const
    const [first, second] = [entry(1, 1, 0), entry(2, 2, 1)]
    await storage.request('entries.store', { ...theirs([first]), passage: relayed })
    await storage.request('entries.store', { ...theirs([first, second]), passage: { line: 'lan' } })
    const mine = { ...theirs([entry(1, 60, 0, { author: 'ann', lamport: 3 })]), isOwn: true }
    await storage.request('entries.store', mine)
    const page = await storage.request('messages.page', { id: LOG.conversation, limit: 10 })
    assert.deepEqual(
      page?.entries.map(({ passage }) => passage),
      [relayed, { line: 'lan', transport: null, relay: null }, undefined],
    )
  })

  it('ends no page between the two sides of a fork that share a place', async (test) => {
    const storage = await temporaryStorage(test)
    await storage.request('entries.store', theirs([entry(1, 1, 0), entry(2, 2, 1), entry(2, 22, 1), entry(3, 3, 2)]))
    const at = { id: LOG.conversation }
    const ids = (page?: Page) => page?.entries.map((one) => one.id)
    const page = await storage.request('messages.page', { ...at, limit: 2 })
    assert.deepEqual(ids(page), [id(2), id(22), id(3)])
    assert.equal(page?.hasOlder, true)
    const newer = await storage.request('messages.page', { ...at, after: { ...LOG, seq: 1, lamport: 1 }, limit: 1 })
    assert.deepEqual(ids(newer), [id(2), id(22)])
    assert.deepEqual([newer?.hasOlder, newer?.hasNewer], [true, true])
    for (const around of [id(2), id(22)]) {
      const middle = await storage.request('messages.page', { ...at, around, limit: 1 })
      assert.deepEqual(ids(middle), [id(2), id(22), id(3)], 'and is never opened between them')
    }
    const older = await storage.request('messages.page', { ...at, before: { ...LOG, seq: 3, lamport: 3 }, limit: 1 })
    assert.deepEqual([ids(older), older?.hasOlder, older?.hasNewer], [[id(2), id(22)], true, true])
  })

  it('counts unread and waiting to a thousand, however many there are', async (test) => {
    const storage = await temporaryStorage(test)
    const many = (author: string) =>
      Array.from({ length: 1_100 }, (_, at) =>
        entry(at + 1, at + 1 + (author === 'ann' ? 5_000 : 0), at === 0 ? 0 : at + (author === 'ann' ? 5_000 : 0), {
          author,
        }),
      )
    await storage.request('entries.store', theirs(many('bea')))
    await storage.request('entries.store', { ...theirs(many('ann')), isOwn: true })
    const summary = await storage.request('messages.summary', { id: LOG.conversation, deleteKind: 4 })
    assert.deepEqual([summary?.unread, summary?.firstUnread, summary?.waiting], [1_000, id(1), 1_000])
  })
})
