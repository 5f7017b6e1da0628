import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ASKS_BURST, serve, WATCHES_MAX } from '../../../electron/app/caller.ts'
import type { Response } from '../../../shared/contract/wire.ts'
import { ok } from '../../../shared/result.ts'

function setUp({ nowMs = () => 0 }: { nowMs?: () => number } = {}) {
  const sent: Response[] = []
  const refused: string[] = []
  let watching = 0
  const caller = serve(
    {
      answer: async (name, input) => ok({ name, input }),
      views: {
        watch(name, onPush) {
          watching += 1
          onPush({ revision: 1, isWhole: true, rows: [[name, {}]], gone: [] })
          return () => {
            watching -= 1
          }
        },
        hear(conversation, onChange) {
          watching += 1
          onChange({ conversation, messages: [] })
          return () => {
            watching -= 1
          }
        },
      },
    },
    { send: (text) => sent.push(JSON.parse(text)), refuse: (reason) => refused.push(reason) },
    nowMs,
  )
  const say = (value: unknown) => caller.receive(JSON.stringify(value))
  return { caller, say, sent, refused, watching: () => watching }
}

test('asks are answered under their own id', async () => {
  const { say, sent } = setUp()
  say({ do: 'ask', id: 7, name: 'network.retry', input: {} })
  say({ do: 'ask', id: 8, name: 'app.quit', input: {} })
  await Promise.resolve()
  await Promise.resolve()
  assert.deepEqual(sent, [
    { did: 'answer', id: 7, result: ok({ name: 'network.retry', input: {} }) },
    { did: 'answer', id: 8, result: ok({ name: 'app.quit', input: {} }) },
  ])
})

test('watches and hears begin, stop, and all end with the caller', () => {
  const { say, sent, watching, caller } = setUp()
  say({ do: 'watch', id: 1, name: 'peers' })
  say({ do: 'hear', id: 2, conversation: 'c' })
  say({ do: 'watch', id: 1, name: 'relays' })
  assert.deepEqual(
    sent.map(({ did, id }) => [did, id]),
    [
      ['push', 1],
      ['change', 2],
      ['push', 1],
    ],
  )
  assert.equal(watching(), 2)
  say({ do: 'stop', id: 2 })
  say({ do: 'stop', id: 99 })
  assert.equal(watching(), 1)
  caller.close()
  assert.equal(watching(), 0)
  say({ do: 'watch', id: 3, name: 'peers' })
  assert.equal(watching(), 0)
})

test('a view nobody knows is refused by name, and one caller cannot watch without end', () => {
  const { say, sent, watching } = setUp()
  for (const name of ['__proto__', 'constructor', 'nothing']) say({ do: 'watch', id: 1, name })
  assert.ok(sent.every((response) => response.did === 'answer' && !response.result.ok))
  for (let id = 0; id < WATCHES_MAX + 10; id += 1) say({ do: 'watch', id, name: 'peers' })
  assert.equal(watching(), WATCHES_MAX)
  assert.equal(sent.filter((response) => response.did === 'answer').length, 3 + 10)
})

test('what is not a frame of the contract ends the connection and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.constantFrom('{"do":"ask"}', '[]', 'null', '{"do":"watch","id":"1","name":"peers"}'),
      ),
      (text) => {
        const { caller, refused, watching } = setUp()
        caller.receive(text)
        assert.equal(refused.length, 1)
        assert.equal(watching(), 0)
      },
    ),
  )
})

test('a caller that asks without pause is told so, and is served again later', async () => {
  let now = 0
  const { say, sent } = setUp({ nowMs: () => now })
  for (let id = 0; id < ASKS_BURST + 500; id += 1) say({ do: 'ask', id, name: 'network.retry', input: {} })
  await new Promise(setImmediate)
  const refused = () => sent.filter((response) => response.did === 'answer' && !response.result.ok).length
  assert.equal(refused(), 500)
  now = 1000
  say({ do: 'ask', id: 1, name: 'network.retry', input: {} })
  await new Promise(setImmediate)
  assert.equal(refused(), 500)
})
