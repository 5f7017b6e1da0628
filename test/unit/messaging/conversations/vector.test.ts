import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { coverOf, lackOf, type ToldTip } from '../../../../electron/messaging/conversations/sync/vector.ts'
import type { StoredLog, Tip } from '../../../../electron/storage/tables/entries.ts'

// A model of one log: names of entries are paths, `ab` follows `a`. Two letters at one seq are a fork.
type Held = ReadonlySet<string>
const withAncestors = (names: Iterable<string>): Held =>
  new Set([...names].flatMap((name) => Array.from(name, (_, index) => name.slice(0, index + 1))))

function logOf(held: Held): StoredLog | undefined {
  const tips = [...held]
    .filter((name) => ![...held].some((other) => other.length === name.length + 1 && other.startsWith(name)))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((name): Tip => ({ head: name, seq: name.length, lamport: name.length }))
  const [first, ...others] = tips
  if (!first) return undefined
  const seqs = [...held].map((name) => name.length).sort((a, b) => a - b)
  const forkSeq = seqs.find((seq, index) => seqs[index + 1] === seq)
  return {
    ...{ conversation: 'c', author: 'a', instance: 'i', read: 0, tips: [first, ...others] },
    ...(forkSeq === undefined ? {} : { forkSeq }),
  }
}

const told = (held: Held): ToldTip[] => [...(logOf(held)?.tips ?? [])]

/** What one side sends the other, in order, by the rules of the stream. */
function sends(from: Held, to: Held): string[] {
  const log = logOf(from)
  const lack = log && lackOf(log, told(to), (head) => from.has(head))
  if (lack?.kind !== 'after') return []
  return [...from].filter((name) => name.length > lack.cursor.seq).sort((a, b) => a.length - b.length)
}

/** Takes what fits; an entry without the one before it is dropped. */
function takes(held: Held, sent: readonly string[]): Held {
  const next = new Set(held)
  for (const name of sent) if (name.length === 1 || next.has(name.slice(0, -1))) next.add(name)
  return next
}

/** A `want` is answered with everything after the newest entry that is known. */
function answers(from: Held, to: Held): string[] {
  const log = logOf(to)
  if (!log || lackOf(log, told(from), (head) => to.has(head)).kind !== 'forked') return []
  const known = Math.max(0, ...[...to].filter((name) => from.has(name)).map((name) => name.length))
  return [...from].filter((name) => name.length > known).sort((a, b) => a.length - b.length)
}

const path = fc.string({ unit: fc.constantFrom('a', 'a', 'a', 'b'), minLength: 1, maxLength: 8 })
const replica = fc.array(path, { maxLength: 3 }).map(withAncestors)

describe('what the other side lacks of a log', () => {
  const cases: readonly (readonly [string, string[], string[], string])[] = [
    ['everything, if it knows nothing', ['aaa'], [], 'after 0'],
    ['what comes after its end', ['aaaa'], ['aa'], 'after 2'],
    ['nothing, if it has as much', ['aaa'], ['aaa'], 'nothing'],
    ['nothing, if it has more', ['aa'], ['aaaa'], 'nothing'],
    ['a fork shows at the same length', ['aaa'], ['aab'], 'forked'],
    ['a fork shows to the longer side', ['aaaa'], ['aab'], 'forked'],
    ['not to the shorter one', ['aab'], ['aaaa'], 'nothing'],
    ['a branch it lacks comes from the fork on', ['aaa', 'aab'], ['aaa'], 'after 2'],
    ['nothing, if it has both branches', ['aaa', 'aab'], ['aab', 'aaa'], 'nothing'],
  ]
  for (const [what, mine, theirs, expected] of cases)
    it(what, () => {
      const log = logOf(withAncestors(mine))
      assert.ok(log)
      const lack = lackOf(log, told(withAncestors(theirs)), (head) => withAncestors(mine).has(head))
      assert.equal(lack.kind === 'after' ? `after ${lack.cursor.seq}` : lack.kind, expected)
    })

  it('is made up for in a few rounds, whatever two replicas hold', () => {
    fc.assert(
      fc.property(replica, replica, (one, other) => {
        let [left, right] = [one, other]
        for (let round = 0; round < 8; round++) {
          const [toRight, toLeft] = [
            [...sends(left, right), ...answers(left, right)],
            [...sends(right, left), ...answers(right, left)],
          ]
          ;[left, right] = [takes(left, toLeft), takes(right, toRight)]
        }
        assert.deepEqual([...left].sort(), [...right].sort())
        assert.deepEqual([...left].sort(), [...withAncestors([...one, ...other])].sort())
      }),
      { numRuns: 500 },
    )
  })

  it('is nothing once both hold the same, so that nothing is sent twice for ever', () => {
    fc.assert(fc.property(replica, (one) => assert.deepEqual(sends(one, one), [])))
  })
})

describe('what counts as delivered', () => {
  it('is never more than the other side holds', () => {
    fc.assert(
      fc.property(replica, replica, (mine, theirs) => {
        const log = logOf(mine)
        if (!log) return
        const cover = coverOf(log, told(theirs), (head) => mine.has(head))
        for (const name of mine) if (name.length <= cover) assert.ok(theirs.has(name), `${name} at ${cover}`)
      }),
      { numRuns: 500 },
    )
  })
})
