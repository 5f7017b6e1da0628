import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import fc from 'fast-check'
import { excerpt } from '../../../../electron/messaging/conversations/view/messages.ts'
import { matchOf } from '../../../../electron/messaging/conversations/view/search-words.ts'
import type { Storage } from '../../../../electron/storage/database.ts'
import { StorageError } from '../../../../electron/storage/failure.ts'
import { TEXT_MAX_BYTES } from '../../../../shared/domain/limits.ts'
import type { MessageOrder } from '../../../../shared/domain/message.ts'
import { befriend, converser } from '../../../support/conversers.ts'
import { createFakeHub } from '../../../support/fake-network.ts'
import { temporaryStorage } from '../../../support/storage.ts'

async function alone(test: TestContext, storage?: Storage) {
  const hub = createFakeHub()
  const ann = await converser(test, hub, 1, storage ? { storage } : {})
  const bea = await converser(test, hub, 2)
  befriend(ann, bea)
  return { ann, bea, conversation: await ann.with(bea.id) }
}

describe('a text', () => {
  it('is refused when empty or over 16 KiB, with the limit named, and taken at exactly the limit', async (test) => {
    const { ann, conversation } = await alone(test)
    const send = (text: string) => ann.conversations.send({ conversation, text })
    for (const text of ['', ' \n\t ']) assert.deepEqual(await send(text), { ok: false, failure: { code: 'empty' } })
    const limit = { limit: TEXT_MAX_BYTES, unit: 'bytes' }
    for (const text of ['x'.repeat(TEXT_MAX_BYTES + 1), 'ä'.repeat(TEXT_MAX_BYTES / 2 + 1), 'x'.repeat(1_000_000)]) {
      const length = Buffer.byteLength(text)
      assert.deepEqual(await send(text), { ok: false, failure: { code: 'too-long', detail: { ...limit, length } } })
    }
    assert.equal((await send('ä'.repeat(TEXT_MAX_BYTES / 2))).ok, true)
    const unknown = await ann.conversations.send({ conversation: 'a'.repeat(64), text: 'x' })
    assert.deepEqual(unknown, { ok: false, failure: { code: 'not-found' } })
  })

  it('that the disk has no room for is refused, and nothing of it is left', async (test) => {
    const real = await temporaryStorage(test)
    let isFull = false
    const storage: Storage = {
      ...real,
      request: (name, ...input) =>
        isFull && name === 'entries.store'
          ? Promise.reject(new StorageError({ code: 'disk-full' }))
          : real.request(name, ...input),
    }
    const { ann, bea, conversation } = await alone(test, storage)
    isFull = true
    const sent = await ann.conversations.send({ conversation, text: 'x' })
    assert.deepEqual(sent, { ok: false, failure: { code: 'disk-full' } })
    isFull = false
    await ann.say(bea.id, 'y')
    assert.deepEqual(await ann.texts(bea.id), ['y'])
  })
})

describe('history', () => {
  it('comes in pages, oldest first, without gap or overlap', async (test) => {
    const { ann, bea, conversation } = await alone(test)
    for (let index = 0; index < 25; index++) await ann.say(bea.id, `${index}`)
    const texts: string[] = []
    let before: MessageOrder | undefined
    for (let pages = 1; ; pages++) {
      const page = await ann.conversations.history({ conversation, limit: 10, ...(before ? { before } : {}) })
      assert.ok(page.ok)
      texts.unshift(...page.value.messages.map(({ body }) => (body.kind === 'text' ? body.text : '')))
      before = page.value.before
      if (!before) {
        assert.equal(pages, 3)
        break
      }
    }
    assert.deepEqual(
      texts,
      Array.from({ length: 25 }, (_, index) => `${index}`),
    )
  })

  it('brings the draft, which outlives the program', async (test) => {
    const storage = await temporaryStorage(test)
    const { ann, conversation } = await alone(test, storage)
    await ann.conversations.draft({ conversation, text: 'half a thou' })
    assert.equal([...ann.conversations.listing.rows()][0]?.[1].draft, 'half a thou')
    const again = await converser(test, createFakeHub(), 1, { storage })
    const page = await again.conversations.history({ conversation, limit: 1 })
    assert.equal(page.ok && page.value.draft, 'half a thou')
    await again.conversations.draft({ conversation, text: '' })
    assert.equal([...again.conversations.listing.rows()][0]?.[1].draft, undefined)
    const tooLong = await again.conversations.draft({ conversation, text: 'x'.repeat(100_000) })
    assert.equal(tooLong.ok, false)
  })
})

describe('search', () => {
  it('finds words by their beginning, whatever their case and accents, as they are shown now', async (test) => {
    const { ann, bea, conversation } = await alone(test)
    const cafe = await ann.say(bea.id, 'Wir sehen uns im Café Über den Dächern')
    const edited = await ann.say(bea.id, 'the cafe that was')
    await ann.conversations.edit({ conversation, message: edited, text: 'the teahouse that is' })
    const gone = await ann.say(bea.id, 'cafe, taken back')
    await ann.conversations.delete({ conversation, message: gone })
    const find = async (words: string, where?: string) => {
      const found = await ann.conversations.search({ words, limit: 10, ...(where ? { conversation: where } : {}) })
      assert.ok(found.ok)
      return found.value.hits.map(({ message }) => message)
    }
    assert.deepEqual(await find('CAFE uber'), [cafe])
    assert.deepEqual(await find('dach'), [cafe])
    assert.deepEqual(await find('teahouse'), [edited])
    assert.deepEqual(await find('cafe', 'a'.repeat(64)), [])
    assert.deepEqual(await find('cafe', conversation), [cafe])
    for (const words of ['"', 'NEAR(', 'a OR', '*', 'text:x', '\0', '-- ;', ''])
      assert.ok(Array.isArray(await find(words)))
  })

  it('takes any input for words, never for syntax', async (test) => {
    const { ann } = await alone(test)
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (words) => {
        assert.ok((await ann.conversations.search({ words, limit: 5 })).ok, JSON.stringify(matchOf(words)))
      }),
      { numRuns: 150 },
    )
  })
})

describe('an excerpt', () => {
  it('never cuts through a character as a person sees it', () => {
    assert.equal(excerpt('short'), 'short')
    const family = '👨‍👩‍👧‍👦'
    assert.ok(/^(👨‍👩‍👧‍👦)+…$/u.test(excerpt(family.repeat(60))))
    assert.ok(excerpt(`e${'\u0301'.repeat(5_000)}`).isWellFormed())
  })
})
