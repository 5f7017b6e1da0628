import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '../../../electron/app/answer.ts'
import { type CallerLine, serve } from '../../../electron/app/caller.ts'
import { silent } from '../../../electron/app/log.ts'
import { FRAME_MAX_BYTES, UNREAD_MAX_BYTES } from '../../../electron/program/frame-limits.ts'
import { createDocuments } from '../../../electron/shell/page/documents.ts'
import { ok } from '../../../shared/result.ts'

/** One window's side, with callers that only note what happens to them. */
function scene() {
  const opened: { line: CallerLine; received: string[]; isClosed: boolean }[] = []
  const sent: { document: string; text: string }[] = []
  const logged: string[] = []
  let reloads = 0
  let nowMs = 0
  const documents = createDocuments({
    serve(line) {
      const caller = { line, received: [] as string[], isClosed: false }
      opened.push(caller)
      return {
        receive: (text) => void caller.received.push(text),
        close() {
          caller.isClosed = true
        },
      }
    },
    send: (document, text) => void sent.push({ document, text }),
    reload: () => {
      reloads += 1
    },
    log: (event) => void logged.push(event),
    nowMs: () => nowMs,
  })
  return {
    documents,
    opened,
    sent,
    logged,
    reloads: () => reloads,
    wait: (ms: number) => {
      nowMs += ms
    },
  }
}

test('each document has a caller of its own, and the one before it is closed', () => {
  const { documents, opened, sent } = scene()
  documents.receive('one', 'a')
  documents.receive('one', 'b')
  documents.receive('two', 'c')
  assert.deepEqual(
    opened.map(({ received, isClosed }) => [received, isClosed]),
    [
      [['a', 'b'], true],
      [['c'], false],
    ],
  )
  // A late answer of the first caller is for nobody.
  opened[0]?.line.send('late')
  opened[1]?.line.send('now')
  assert.deepEqual(sent, [{ document: 'two', text: 'now' }])
  documents.gone()
  assert.equal(opened[1]?.isClosed, true)
  opened[1]?.line.send('late')
  assert.equal(sent.length, 1)
})

test('what is no frame is dropped, the window lives on, and the log has one line a minute', () => {
  const { documents, opened, logged, wait } = scene()
  const big = 'x'.repeat(FRAME_MAX_BYTES + 1)
  const wide = '\u20ac'.repeat(FRAME_MAX_BYTES / 3 + 1)
  for (const text of [undefined, null, 5, {}, [], new Uint8Array(8), big, wide]) documents.receive('one', text)
  for (const document of [undefined, null, 5, {}, '', 'a b', '../x', 'x'.repeat(65)]) documents.receive(document, 'a')
  assert.equal(opened.length, 0)
  assert.equal(logged.length, 1)
  documents.receive('one', 'x'.repeat(FRAME_MAX_BYTES))
  assert.equal(opened[0]?.received.length, 1)
  wait(60_000)
  documents.receive('one', 5)
  documents.receive('one', 5)
  assert.equal(logged.length, 2)
  for (let time = 0; time < 1000; time += 1) opened[0]?.line.refuse('That is not a frame of the contract.')
  assert.equal(logged.length, 3)
  assert.equal(opened[0]?.isClosed, false)
})

test('a page that sends huge frames one after another does not keep the messenger reading', () => {
  const { documents, opened, wait } = scene()
  const huge = 'x'.repeat(FRAME_MAX_BYTES)
  for (let time = 0; time < 100; time += 1) documents.receive('one', huge)
  assert.equal(opened[0]?.received.length, 8)
  wait(1000)
  documents.receive('one', 'a')
  assert.equal(opened[0]?.received.at(-1), 'a')
})

test('a page that reads is sent all there is', () => {
  const { documents, opened, sent } = scene()
  documents.receive('one', 'a')
  const piece = 'x'.repeat(1024 * 1024)
  for (let time = 0; time < 100; time += 1) {
    opened[0]?.line.send(piece)
    documents.read('one', piece.length)
  }
  assert.equal(sent.length, 100)
  assert.equal(opened[0]?.isClosed, false)
})

test('a page that stops reading loses its caller, and is reloaded when it reads again', () => {
  const { documents, opened, sent, reloads } = scene()
  documents.receive('one', 'a')
  const piece = 'x'.repeat(1024 * 1024)
  const most = UNREAD_MAX_BYTES / piece.length
  for (let time = 0; time < most + 5; time += 1) opened[0]?.line.send(piece)
  assert.equal(sent.length, most)
  assert.equal(opened[0]?.isClosed, true)
  assert.equal(reloads(), 0)
  documents.read('one', piece.length)
  documents.read('one', piece.length)
  assert.equal(reloads(), 1)
  // The reloaded page starts whole.
  documents.receive('two', 'b')
  assert.equal(opened.length, 2)
  assert.equal(opened[1]?.isClosed, false)
})

test('claims about what was read cannot make room that is not there', () => {
  const { documents, opened, sent } = scene()
  documents.receive('one', 'a')
  for (const claim of [Number.POSITIVE_INFINITY, 1e300, -1e300, Number.NaN, '5', null, undefined])
    documents.read('one', claim)
  documents.read('two', 1e9)
  const piece = 'x'.repeat(1024 * 1024)
  for (let time = 0; time < 50; time += 1) opened[0]?.line.send(piece)
  assert.equal(sent.length, UNREAD_MAX_BYTES / piece.length)
})

test('documents that follow each other too fast do not get more than one may ask', () => {
  const { documents, opened, wait } = scene()
  for (let time = 0; time < 10_000; time += 1) documents.receive(`d${time}`, 'a')
  assert.equal(opened.length, 60)
  wait(1000)
  documents.receive('last', 'a')
  assert.deepEqual(opened.at(-1)?.received, ['a'])
})

test('a hundred thousand junk calls cost the process little', async () => {
  const answer: Answer = async () => ok(undefined)
  const views = { watch: () => () => undefined, hear: () => () => undefined }
  const documents = createDocuments({
    serve: (line) => serve({ answer, views }, line),
    send: () => undefined,
    reload: () => undefined,
    log: silent,
  })
  const junk = ['{', '{"do":"ask"}', '[]', '"', `{"do":"ask","id":1,"name":"x","input":${'['.repeat(1000)}`, 5, null]
  // Time of the processor, not of a clock: what else this machine does must not count.
  const turnsMs: number[] = []
  for (let time = 0; time < 100_000; ) {
    const before = process.cpuUsage()
    // As many as come out of a pipe at once.
    for (const end = time + 100; time < end; time += 1) documents.receive('one', junk[time % junk.length])
    const { user, system } = process.cpuUsage(before)
    turnsMs.push((user + system) / 1000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  turnsMs.sort((one, other) => one - other)
  const p99 = turnsMs[Math.floor(turnsMs.length * 0.99)] ?? Number.POSITIVE_INFINITY
  assert.ok(p99 < 50, `p99 was ${p99} ms`)
})
