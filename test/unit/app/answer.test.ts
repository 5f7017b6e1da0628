import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Answer,
  type CommandWhileLocked,
  type CommandWhileOpen,
  commandsWhileLocked,
  createAnswer,
  type Handlers,
} from '../../../electron/app/answer.ts'
import { silent } from '../../../electron/app/log.ts'
import { type CommandName, commands } from '../../../shared/contract/commands.ts'
import type { Failure } from '../../../shared/contract/failures.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

type Called = { readonly name: string; readonly input: unknown }

/** Handlers that note what reached them and answer `null`. */
function handlersThatNote(called: Called[], act: (name: string) => void = () => undefined) {
  const handlers = Object.fromEntries(
    Object.keys(commands).map((name) => [
      name,
      async (input: unknown) => {
        called.push({ name, input })
        act(name)
        return ok(null)
      },
    ]),
  )
  // Made from the very list of names.
  return handlers as unknown as Handlers<CommandName>
}

function setUp({
  isOpen = true,
  act,
  log = silent,
  nowMs = () => 0,
}: {
  isOpen?: boolean
  act?: (name: string) => void
  log?: typeof silent
  nowMs?: () => number
} = {}): { answer: Answer; called: Called[] } {
  const called: Called[] = []
  const handlers = handlersThatNote(called, act)
  const open: Result<Handlers<CommandWhileOpen>, Failure> = isOpen ? ok(handlers) : err({ code: 'locked' })
  const always: Handlers<CommandWhileLocked> = handlers
  return { answer: createAnswer({ always, whileOpen: () => open, log, nowMs }), called }
}

const CONVERSATION = 'ab'.repeat(32)

test('a command with a right input reaches its handler and nothing else does', async () => {
  const { answer, called } = setUp()
  assert.deepEqual(await answer('message.send', { conversation: CONVERSATION, text: 'hello' }), ok(null))
  assert.deepEqual(called, [{ name: 'message.send', input: { conversation: CONVERSATION, text: 'hello' } }])
})

test('names that only an object’s prototype knows are no commands', async () => {
  const { answer, called } = setUp()
  for (const name of [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '',
    'message',
    7,
    null,
    {},
  ]) {
    const result = await answer(name, {})
    assert.equal(result.ok, false, String(name))
  }
  assert.deepEqual(called, [])
})

test('an input with a key too many, a key too few or of a wrong type never reaches a handler', async () => {
  const { answer, called } = setUp()
  const wrong: [CommandName, unknown][] = [
    ['message.send', { conversation: CONVERSATION }],
    ['message.send', { conversation: CONVERSATION, text: 'a', more: 1 }],
    ['message.send', { conversation: 'zz', text: 'a' }],
    ['message.send', { conversation: CONVERSATION, text: 5 }],
    ['message.send', JSON.parse(`{"conversation":"${CONVERSATION}","text":"a","__proto__":{"x":1}}`)],
    ['message.history', { conversation: CONVERSATION, limit: 1e9 }],
    ['message.history', { conversation: CONVERSATION, limit: 1.5 }],
    ['settings.change', { relayOnly: 'yes' }],
    ['contact.relayOnly', { id: 'a', on: 1 }],
    ['profile.unlock', undefined],
    ['profile.unlock', null],
    ['profile.unlock', []],
    ['app.quit', { now: true }],
  ]
  for (const [name, input] of wrong) {
    const result = await answer(name, input)
    assert.deepEqual(!result.ok && result.failure.code, 'invalid-input', JSON.stringify(input))
  }
  assert.deepEqual(called, [])
})

test('a text over the cap is refused with the limit named', async () => {
  const { answer, called } = setUp()
  const result = await answer('message.send', { conversation: CONVERSATION, text: 'x'.repeat(2_000_001) })
  assert.deepEqual(result, err({ code: 'too-long', detail: { field: 'text', limit: 2_000_000, unit: 'characters' } }))
  assert.deepEqual(called, [])
})

test('while the profile is locked only the commands that open or end it are run', async () => {
  const { answer, called } = setUp({ isOpen: false })
  const inputs: Record<string, unknown> = {
    'profile.create': { passphrase: '' },
    'profile.unlock': { passphrase: '' },
    'profile.restoreCopy': { passphrase: '' },
    'profile.changePassphrase': { current: '', next: '' },
    'arrival.taken': { id: 'a' },
  }
  const answered = new Map<string, string>()
  for (const name of Object.keys(commands)) {
    const result = await answer(name, inputs[name] ?? {})
    answered.set(name, result.ok ? 'ok' : result.failure.code)
  }
  assert.deepEqual(called.map(({ name }) => name).sort(), [...commandsWhileLocked].sort())
  assert.equal(answered.get('network.retry'), 'locked')
  assert.equal(answered.get('settings.change'), 'locked')
})

test('a bug becomes an incident in the log and in the answer, once, without the input', async () => {
  const logged: [string, unknown][] = []
  const { answer } = setUp({
    act: () => {
      throw new Error('a bug')
    },
    log: (event, fields) => logged.push([event, fields]),
  })
  const result = await answer('message.send', { conversation: CONVERSATION, text: 'secret words' })
  assert.equal(!result.ok && result.failure.code, 'internal')
  const incident = !result.ok && result.failure.detail?.['incident']
  assert.match(String(incident), /^[0-9a-f]{8}$/)
  assert.equal(logged.length, 1)
  assert.ok(JSON.stringify(logged).includes(String(incident)))
  assert.ok(!JSON.stringify(logged).includes('secret words'))
})

test('whatever is asked, the answer is a Result and no handler sees what its schema refuses', async () => {
  const { answer, called } = setUp()
  const name = fc.oneof(
    fc.constantFrom(...Object.keys(commands)),
    fc.string(),
    fc.constantFrom('__proto__', 'constructor'),
  )
  const input = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
    fc.record(
      {
        text: fc.anything(),
        id: fc.anything(),
        conversation: fc.anything(),
        passphrase: fc.anything(),
        limit: fc.anything(),
      },
      { requiredKeys: [] },
    ),
    fc.record({ passphrase: fc.string({ maxLength: 2000 }) }),
  )
  await fc.assert(
    fc.asyncProperty(name, input, async (asked, given) => {
      called.length = 0
      const result = await answer(asked, given)
      assert.equal(typeof result.ok, 'boolean')
      if (!result.ok) assert.equal(typeof result.failure.code, 'string')
      for (const call of called) {
        // Object.hasOwn was the condition to get here.
        const schema = commands[call.name as CommandName].input
        assert.ok(schema.safeParse(call.input).success)
      }
    }),
    { numRuns: 2000 },
  )
})

test('commands that dial or compute for the caller are rationed, and the ration grows back', async () => {
  let now = 0
  const { answer, called } = setUp({ nowMs: () => now })
  const results = await Promise.all(Array.from({ length: 200 }, () => answer('network.retry', {})))
  assert.equal(results.filter((result) => result.ok).length, 60)
  assert.ok(results.slice(60).every((result) => !result.ok && result.failure.code === 'too-many'))
  now = 5000
  const later = await Promise.all(Array.from({ length: 10 }, () => answer('network.retry', {})))
  assert.equal(later.filter((result) => result.ok).length, 5)
  assert.equal(called.length, 65)
})

test('ten thousand calls at once are all answered', async () => {
  const { answer, called } = setUp()
  const results = await Promise.all(
    Array.from({ length: 10_000 }, (_, index) =>
      answer('message.send', { conversation: CONVERSATION, text: `${index}` }),
    ),
  )
  assert.equal(results.filter((result) => result.ok).length, 10_000)
  assert.equal(called.length, 10_000)
})
