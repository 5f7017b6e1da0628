import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { HistoryPage } from '../../../../shared/contract/commands.ts'
import { compareOrder, type EntryId } from '../../../../shared/domain/message.ts'
import { befriend, converser } from '../../../support/conversers.ts'
import { createFakeHub } from '../../../support/fake-network.ts'

const COUNT = 25

async function written(test: TestContext) {
  const hub = createFakeHub()
  const ann = await converser(test, hub, 1)
  const bea = await converser(test, hub, 2)
  befriend(ann, bea)
  const conversation = await ann.with(bea.id)
  const ids: EntryId[] = []
  for (let index = 0; index < COUNT; index++) ids.push(await ann.say(bea.id, `${index}`))
  const history = async (place: Partial<Parameters<typeof ann.conversations.history>[0]>) => {
    const page = await ann.conversations.history({ conversation, limit: 7, ...place })
    assert.ok(page.ok, JSON.stringify(page))
    return page.value
  }
  return { ann, conversation, ids, history }
}
const texts = ({ messages }: HistoryPage) => messages.map(({ body }) => (body.kind === 'text' ? Number(body.text) : -1))
const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

describe('history around a message', () => {
  it('has it in the middle, and goes on to both ends without gap or overlap', async (test) => {
    const { ids, history } = await written(test)
    const middle = await history({ around: ids[12] ?? '' })
    assert.deepEqual(texts(middle), span(9, 15))
    const seen = [...texts(middle)]
    for (let page = middle; page.before; ) {
      page = await history({ before: page.before })
      assert.ok(page.after, 'from there one can come back')
      seen.unshift(...texts(page))
    }
    for (let page = middle; page.after; ) {
      page = await history({ after: page.after })
      assert.ok(page.before)
      seen.push(...texts(page))
    }
    assert.deepEqual(seen, span(0, COUNT - 1))
  })

  it('at the ends holds what there is, without a cursor beyond', async (test) => {
    const { ids, history } = await written(test)
    const first = await history({ around: ids[0] ?? '' })
    assert.deepEqual([texts(first), first.before], [span(0, 6), undefined])
    const last = await history({ around: ids[COUNT - 1] ?? '' })
    assert.deepEqual([texts(last).at(-1), last.after], [COUNT - 1, undefined])
    const newest = await history({})
    assert.deepEqual([texts(newest).at(-1), newest.after], [COUNT - 1, undefined])
    assert.equal(compareOrder(newest.before ?? assert.fail(), newest.messages[0]?.order ?? assert.fail()), 0)
  })

  it('is not there for a message of nobody, and one place is asked for at a time', async (test) => {
    const { ann, conversation, ids, history } = await written(test)
    const unknown = await ann.conversations.history({ conversation, around: 'b'.repeat(64), limit: 5 })
    assert.deepEqual(unknown, { ok: false, failure: { code: 'not-found' } })
    const elsewhere = await ann.conversations.history({ conversation: 'c'.repeat(64), around: ids[3] ?? '', limit: 5 })
    assert.deepEqual(elsewhere, { ok: false, failure: { code: 'not-found' } })
    const { before } = await history({})
    const both = await ann.conversations.history({
      conversation,
      around: ids[3] ?? '',
      ...(before ? { before } : {}),
      limit: 5,
    })
    assert.deepEqual(both, { ok: false, failure: { code: 'invalid-input' } })
  })
})
