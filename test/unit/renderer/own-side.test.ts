import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ownSideOf, type Seen } from '../../../renderer/line/own-side.ts'
import { lineSentence, lineWords } from '../../../renderer/words/line.ts'
import type { LineKind } from '../../../shared/domain/line.ts'
import type { RelayState } from '../../../shared/domain/relay.ts'

const lan = '/ip4/192.168.7.2/tcp/4001'
const seen = (relays: readonly RelayState[], more: Partial<Seen> = {}): Seen => ({
  settings: { relayOnly: false },
  relays: relays.map((state) => ({ state })),
  report: { addresses: [{ address: lan, kind: 'lan', evidence: 'unverified' }] },
  people: [],
  ...more,
})
const person = (kind: Exclude<LineKind, 'relayed' | 'upgrading'>) => ({ path: { line: { kind } } })
const open = { isRelayOnly: false }
const relayOnly = { settings: { relayOnly: true } }

describe('my own side of a missing line', () => {
  const cases = [
    ['a relay keeps a place', seen(['unreachable', 'reserved']), open, { state: 'fine' }],
    ['somebody is connected directly', seen([], { people: [person('direct')] }), open, { state: 'fine' }],
    ['a line inside this network proves nothing', seen([], { people: [person('lan')] }), open, { state: 'no-relay' }],
    ['none answers', seen(['unreachable', 'unreachable']), open, { state: 'silent' }],
    ['one says no', seen(['unreachable', 'refused']), open, { state: 'no-place' }],
    ['one is being asked', seen(['unreachable', 'connecting']), open, { state: 'asking' }],
    ['no network', seen(['unreachable'], { report: { addresses: [] } }), open, { state: 'no-network' }],
    ['nothing is known yet', seen([], { relays: undefined }), open, { state: 'unknown' }],
    [
      'relay only for all, and a direct line to another does not help',
      seen(['unreachable'], { ...relayOnly, report: { addresses: [] }, people: [person('direct')] }),
      open,
      { state: 'silent', relayOnly: 'all' },
    ],
    ['relay only for this one', seen([]), { isRelayOnly: true }, { state: 'no-relay', relayOnly: 'contact' }],
  ] as const
  for (const [when, what, contact, side] of cases)
    it(`${when}: ${side.state}`, () => assert.deepEqual(ownSideOf(what, contact), side))
})

describe('the words of no line', () => {
  const none = { line: { kind: 'none' } } as const
  it('name my own side when it is the reason, and never call the friend offline', () => {
    const own = ownSideOf(seen(['unreachable'], relayOnly), open)
    const { strong, rest } = lineWords(none, () => '', 0, { name: 'Bea', own })
    assert.equal(strong + rest, 'No line to Bea: no relay answers, and you chose relay only')
    assert.match(lineSentence(none, 'Bea', '', own), /^No line to Bea: no relay answers, and you chose relay only\. /)
  })
  it('else say when she was seen last', () => {
    const said = lineWords(none, () => '', 0, { name: 'Bea', own: { state: 'fine' } })
    assert.match(said.strong + said.rest, /^No line · last seen \d/)
    assert.doesNotMatch(lineSentence(none, 'Bea', '', { state: 'fine' }), /not there|offline/)
  })
})
