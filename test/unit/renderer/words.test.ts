import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { piecesOf } from '../../../renderer/chat/links.ts'
import { relayAddressesIn, truthOf, wayTo } from '../../../renderer/people/truth.ts'
import { href, parseRoute } from '../../../renderer/route.ts'
import { initials, shortKey, toneOf } from '../../../renderer/ui/identity.ts'
import { deliveryWords } from '../../../renderer/words/delivery.ts'
import { failureSentence } from '../../../renderer/words/failure.ts'
import { lineWords } from '../../../renderer/words/line.ts'
import { size } from '../../../renderer/words/size.ts'
import { dayHeading, duration, milliseconds } from '../../../renderer/words/time.ts'
import { words } from '../../../renderer/words/words.ts'
import type { Self } from '../../../shared/contract/views.ts'
import type { Path } from '../../../shared/domain/line.ts'

describe('the words beside a line', () => {
  const cases: readonly (readonly [Path, string])[] = [
    [{ line: { kind: 'direct' }, transport: 'tcp', roundTripMs: 14 }, 'Direct · TCP · 14 ms'],
    [{ line: { kind: 'relayed', relay: 'r' }, transport: 'tcp', roundTripMs: 43.2 }, 'Relayed by harbour · 43 ms'],
    [{ line: { kind: 'upgrading', relay: 'r' } }, 'Relayed by harbour · trying for direct'],
    [{ line: { kind: 'lan' }, transport: 'tcp', roundTripMs: 0.4 }, 'On this network · TCP · 1 ms'],
    [{ line: { kind: 'direct' } }, 'Direct'],
    [{ line: { kind: 'none' } }, 'No line'],
    [{ line: { kind: 'unknown' } }, 'Not known yet'],
  ]
  for (const [path, said] of cases)
    it(`say “${said}”`, () => {
      const { strong, rest } = lineWords(path, () => 'harbour')
      assert.equal(strong + rest, said)
    })
})

describe('the words under my last message', () => {
  const bea = { name: 'Bea', line: 'none', state: 'mutual', own: { state: 'fine' } } as const
  const said = (...input: Parameters<typeof deliveryWords>) => {
    const { strong, rest } = deliveryWords(...input)
    return strong + rest
  }
  it('name why it waits', () => {
    assert.equal(said('written', bea), 'Waiting: Bea is offline')
    assert.equal(said('written', { ...bea, state: 'asked' }), 'Waiting: Bea has not accepted you yet')
    assert.equal(said('written', { ...bea, line: 'direct' }), 'Waiting: on its way to Bea')
    assert.equal(said('written', { ...bea, state: 'blocked' }), 'Waiting: you blocked Bea')
  })
  it('say that somebody is offline only when my own side is in order', () => {
    const reasons = [
      [{ state: 'unknown' }, 'Waiting: no line to Bea yet'],
      [{ state: 'no-network' }, 'Waiting: no line to Bea yet; this computer has no network'],
      [{ state: 'no-relay' }, 'Waiting: no line to Bea yet; you know no relay'],
      [
        { state: 'silent', relayOnly: 'all' },
        'Waiting: no line to Bea yet; no relay answers, and you chose relay only',
      ],
    ] as const
    for (const [own, words] of reasons) assert.equal(said('written', { ...bea, own }), words)
    const unknown = { ...bea, line: 'unknown' } as const
    assert.equal(said('written', unknown), 'Waiting: not known yet whether there is a line to Bea')
  })
  it('name how far it came and how', () => {
    assert.equal(said('sent', bea), 'Sent')
    assert.equal(said('delivered', bea), 'Delivered')
    assert.equal(said('read', bea), 'Read')
    const receipt = { line: 'relayed', relay: 'r', sentAt: 0, waitedMs: 0, acknowledgedMs: 61 } as const
    assert.equal(said('delivered', bea, receipt), 'Delivered · by relay, 61 ms')
  })
})

describe('the sentence for a failure', () => {
  it('names the limit that was passed', () => {
    const tooLong = { code: 'too-long', detail: { limit: 16_384, unit: 'bytes' } } as const
    assert.equal(failureSentence(tooLong), 'This is too long. It may hold 16 KB at most.')
  })
  it('names the incident of a bug', () => {
    assert.match(failureSentence({ code: 'internal', detail: { incident: 'k7f2' } }), /k7f2/)
  })
})

describe('times and sizes', () => {
  it('are short and carry their unit', () => {
    assert.deepEqual([0, 0.2, 14.4, 1_240, 61_000].map(milliseconds), ['0 ms', '1 ms', '14 ms', '1.2 s', '1 min'])
    assert.equal(duration(106 * 60_000), '1 h 46 min')
    assert.equal(size(61.2 * 1024 * 1024), '61.2 MB')
  })
  it('call today and yesterday by their names', () => {
    const noon = new Date(2026, 10, 20, 12).getTime()
    assert.match(dayHeading(noon, noon), /^Today, /)
    assert.match(dayHeading(new Date(2026, 10, 19, 23, 59).getTime(), noon), /^Yesterday, /)
    assert.match(dayHeading(new Date(2025, 10, 20).getTime(), noon), /2025/)
  })
})

describe('the truth beside a link', () => {
  const self = (kind: 'direct' | 'lan' | 'none' | 'unknown', relays: readonly string[] = []): Self => ({
    id: 'me',
    name: 'Noa',
    reach: { line: { kind } },
    reachableThrough: relays.map((relay) => ({ relay })),
  })
  const link = (relays: readonly string[], hasDirectAddresses = false) => ({ relays, hasDirectAddresses })
  const cases = [
    ['a relay in it keeps a place', link(['r', 's']), self('none', ['s']), 'relay'],
    ['its relays keep no place any more', link(['r']), self('none', ['s']), 'nobody'],
    ['reachable directly, but the address is not in it', link([]), self('direct'), 'nobody'],
    ['reachable directly, and the address is in it', link([], true), self('direct'), 'direct'],
    ['only this network', link([], true), self('lan'), 'nearby'],
    ['nothing', link([]), self('none'), 'nobody'],
    ['not known yet', link([]), self('unknown'), 'unknown'],
    ['no link yet', undefined, self('none'), 'unknown'],
  ] as const
  for (const [when, invite, me, kind] of cases)
    it(`${when}: ${kind}`, () => assert.equal(truthOf(invite, me).kind, kind))

  it('says the sentence of the first run', () => {
    assert.equal(words.people.truth.nobody, 'Nobody can reach you through this link yet')
  })

  it('finds the relay in a friend’s link', () => {
    const addresses = [
      '/dns4/r.example/tcp/443/p2p/R/p2p-circuit',
      '/ip4/1.2.3.4/tcp/1',
      '/dns4/r.example/tcp/443/p2p/R/p2p-circuit/p2p/X',
    ]
    assert.deepEqual(relayAddressesIn({ addresses }), ['/dns4/r.example/tcp/443/p2p/R'])
    assert.equal(wayTo({ addresses, relays: [] }), 'relay')
    assert.equal(wayTo({ addresses: ['/ip4/1.2.3.4/tcp/1'], relays: [] }), 'direct')
    assert.equal(wayTo({ addresses: [], relays: [] }), 'nothing')
  })
})

describe('small things a page relies on', () => {
  it('routes read back as they were written', () => {
    assert.deepEqual(parseRoute(href('chats', 'abc', 'line')), { page: 'chats', id: 'abc', detail: 'line' })
    assert.deepEqual(parseRoute(href('people')), { page: 'people' })
    assert.deepEqual(parseRoute('#/nowhere/%zz'), { page: 'chats' })
    assert.deepEqual(parseRoute(''), { page: 'chats' })
  })
  it('links in a text end before the full stop', () => {
    assert.deepEqual(
      piecesOf('see (https://a.example/b?c=d). Not javascript:alert(1)').map(({ text, href }) => [
        text,
        href !== undefined,
      ]),
      [
        ['see (', false],
        ['https://a.example/b?c=d', true],
        ['). Not javascript:alert(1)', false],
      ],
    )
  })
  it('a person has two letters, a key a short form and a tone', () => {
    assert.equal(initials('Tomás de la Silva'), 'TS')
    assert.equal(initials('👩‍🚀'), '👩‍🚀')
    assert.equal(initials(''), '')
    assert.equal(shortKey('12D3KooWabcd7f3ac219'), '7f3a c219')
    assert.equal(toneOf('12D3KooWabcd'), toneOf('12D3KooWabcd'))
  })
})
