import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { firstGroups, foundGroups } from '../../../renderer/palette/groups.ts'
import { type Item, latestItems, personItems } from '../../../renderer/palette/items.ts'
import { fold, found, prepare } from '../../../renderer/palette/matching.ts'
import type { Contact } from '../../../shared/domain/contact.ts'

const names = (labels: readonly string[], typed: string, recent: readonly string[] = []) =>
  found(prepare(labels.map((label) => ({ id: label, label }))), typed, recent).map(({ item }) => item.label)

describe('folding', () => {
  const cases = [
    ['Tomás', 'tomas'],
    ['ÅNGSTRÖM', 'angstrom'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['Ærø', 'aero'],
    ['İstanbul', 'istanbul'],
    ['Νίκος', 'νικος'],
    ['Ёлка', 'елка'],
    ['Ｆｕｌｌ', 'full'],
    ['Z̸̧͝a̵l̷g̶o̴', 'zalgo'],
    ['Le\u200bna\u202e', 'lena'],
  ] as const
  for (const [text, folded] of cases) it(`${text} is ${folded}`, () => assert.equal(fold(text), folded))
})

describe('what is found', () => {
  const cases = [
    ['the beginning of any word', ['Lena Vogt', 'Omar'], 'vo', ['Lena Vogt']],
    ['without accents and case', ['Tomás Silva', 'Thomas'], 'TOMAS', ['Tomás Silva', 'Thomas'], 'Thomas'],
    ['every typed word has to fit', ['Lena Vogt', 'Lena Kos'], 'le ko', ['Lena Kos']],
    ['in any order', ['Lena Vogt'], 'vogt lena', ['Lena Vogt']],
    ['letters in their order', ['Keyboard shortcuts', 'Relays'], 'kbsh', ['Keyboard shortcuts']],
    ['not letters out of order', ['Relays'], 'yal', []],
    ['a whole word before a beginning', ['Annabel', 'Anna'], 'anna', ['Anna', 'Annabel']],
    ['the first word before a later one', ['Maria Benz', 'Bea'], 'be', ['Bea', 'Maria Benz']],
    ['a beginning before strewn letters', ['Lindsey Naumann', 'Lina'], 'lin', ['Lindsey Naumann', 'Lina']],
    ['letters close together before letters apart', ['a-x-x-x-x-b', 'xaxb'], 'ab', ['xaxb', 'a-x-x-x-x-b']],
    ['otherwise the order given', ['Bea Two', 'Bea One'], 'bea', ['Bea Two', 'Bea One']],
    ['signs alone are nothing', ['Relays?'], '??', []],
    ['nothing typed finds nothing', ['Relays'], ' ', []],
    ['a name of one picture', ['👩‍🚀', 'Relays'], '👩‍🚀', ['👩‍🚀']],
  ] as const
  for (const [said, labels, typed, expected, stranger] of cases)
    it(said, () => {
      const all = names(labels, typed)
      assert.deepEqual(all, stranger === undefined ? expected : expected.filter((label) => all.includes(label)))
      assert.equal(all[0], expected[0])
    })

  it('puts what was used last first among equals, and only among equals', () => {
    const labels = ['Bea One', 'Bea Two', 'Beatrice']
    assert.deepEqual(names(labels, 'bea', ['Bea Two']), ['Bea Two', 'Bea One', 'Beatrice'])
    assert.deepEqual(names(labels, 'bea', ['Beatrice', 'Bea Two']), ['Bea Two', 'Bea One', 'Beatrice'])
  })

  it('goes by further words too, behind every name that begins so', () => {
    const things = [
      { id: 'theme', label: 'Appearance', also: 'dark light' },
      { id: 'dario', label: 'Dario' },
    ]
    assert.deepEqual(
      found(prepare(things), 'dar').map(({ item }) => item.id),
      ['dario', 'theme'],
    )
    assert.deepEqual(found(prepare(things), 'drk'), [])
  })
})

const item = (id: string, group: Item['group'], label = id): Item => ({
  id,
  group,
  label,
  face: { icon: 'info' },
  act: { to: '#/' },
})

describe('the groups of the palette', () => {
  it('stand in the order of the best in each', () => {
    const all = prepare([item('a', 'people', 'Petra Lock'), item('b', 'commands', 'Lock')])
    assert.deepEqual(
      foundGroups(all, 'lock', []).map(({ name }) => name),
      ['people', 'commands'],
    )
    assert.deepEqual(
      foundGroups(all, 'loc', []).map(({ name }) => name),
      ['commands', 'people'],
    )
  })
  it('hold a handful at most', () => {
    const many = prepare(Array.from({ length: 1_000 }, (_, at) => item(`p${at}`, 'people', `Bea ${at}`)))
    assert.equal(foundGroups(many, 'bea', [])[0]?.items.length, 8)
  })
  it('show what was used first, each thing once, and nothing that is gone', () => {
    const offered = [item('bea', 'chats'), item('page', 'pages')]
    const known = new Map([item('bea', 'people'), item('lock', 'commands')].map((each) => [each.id, each]))
    assert.deepEqual(
      firstGroups(['lock', 'gone', 'bea'], offered, (id) => known.get(id)).map(({ name, items }) => [
        name,
        items.map(({ id }) => id),
      ]),
      [
        ['recent', ['lock', 'bea']],
        ['pages', ['page']],
      ],
    )
  })
})

describe('people in the palette', () => {
  const contact = (id: string, state: Contact['state'], more: Partial<Contact> = {}): Contact => ({
    id,
    name: id,
    state,
    isRelayOnly: false,
    isVerified: false,
    path: { line: { kind: 'none' } },
    since: 0,
    ...more,
  })
  const people = new Map(
    [
      contact('mutual', 'mutual', { givenName: 'Dad' }),
      contact('silent', 'mutual'),
      contact('asks', 'asks-me'),
      contact('blocked', 'blocked'),
      contact('stranger', 'none'),
    ].map((each) => [each.id, each]),
  )
  const conversation = { contact: 'mutual', readUpTo: 0, unread: 2, waiting: 0, isTyping: false, isForked: false }
  const conversations = new Map([['c1', { id: 'c1', ...conversation }]])

  it('lead to their conversation when they are contacts, else to their page', () => {
    assert.deepEqual(
      personItems(people, conversations).map(({ label, act }) => [label, 'to' in act ? act.to : '']),
      [
        ['Dad', '#/chats/c1'],
        ['silent', '#/chats/with/silent'],
        ['asks', '#/people/asks'],
        ['blocked', '#/people/blocked'],
      ],
    )
  })
  it('are found by the name they chose themselves as well', () => {
    const all = prepare(personItems(people, conversations))
    assert.deepEqual(
      found(all, 'mutual').map(({ item }) => item.label),
      ['Dad'],
    )
  })
  it('of a thousand, the latest chats are ready within a frame', () => {
    const many = new Map(
      Array.from({ length: 1_000 }, (_, at) => [`p${at}`, contact(`p${at}`, 'mutual', { since: at })]),
    )
    const from = performance.now()
    assert.equal(latestItems(many, new Map(), 5)[0]?.label, 'p999')
    assert.ok(performance.now() - from < 16, 'took longer than a frame')
  })
})
