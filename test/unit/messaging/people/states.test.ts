import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '../../../../electron/messaging/people/exchange/frames.ts'
import {
  accept,
  ask,
  block,
  ignore,
  newcomer,
  onAnswer,
  onAsk,
  unblock,
  withRecord,
} from '../../../../electron/messaging/people/states.ts'
import { createTrust, relayCandidates, wantedPeers } from '../../../../electron/messaging/people/wanted.ts'
import type { StoredContact } from '../../../../electron/storage/tables/contacts.ts'
import type { ContactState } from '../../../../shared/domain/contact.ts'
import { idOf, RELAY } from './world.ts'

const BEA = idOf('Bea')
const row = (state: StoredContact['state'], more: Partial<StoredContact> = {}): StoredContact => ({
  ...newcomer(BEA, state, 1),
  name: 'Bea',
  ...more,
})
const inState = (state: ContactState) => (state === 'none' ? undefined : row(state))

const onTheirRequest: readonly (readonly [ContactState, isWelcome: boolean, ContactState, Answer['answer']])[] = [
  ['none', false, 'asks-me', 'pending'],
  ['none', true, 'mutual', 'accepted'],
  ['asked', false, 'mutual', 'accepted'],
  ['asks-me', false, 'asks-me', 'pending'],
  ['asks-me', true, 'mutual', 'accepted'],
  ['mutual', false, 'mutual', 'accepted'],
  ['ignored', false, 'ignored', 'pending'],
  ['ignored', true, 'ignored', 'pending'],
  ['blocked', false, 'blocked', 'pending'],
  ['blocked', true, 'blocked', 'pending'],
]
for (const [before, isWelcome, after, answer] of onTheirRequest)
  test(`their request${isWelcome ? ' with a link I accept by itself' : ''}: ${before} → ${after}, answered ${answer}`, () => {
    const verdict = onAsk(inState(before), BEA, { name: 'Bea', note: '' }, { now: 5, isWelcome })
    assert.equal(verdict.row.state, after)
    assert.equal(verdict.answer, answer)
    assert.equal(verdict.row.isConfirmed, after === 'mutual')
  })

const onMyDeed: readonly (readonly [keyof typeof deeds, ContactState, ContactState | 'refused'])[] = [
  ['ask', 'none', 'asked'],
  ['ask', 'asks-me', 'mutual'],
  ['ask', 'ignored', 'mutual'],
  ['ask', 'asked', 'asked'],
  ['accept', 'asks-me', 'mutual'],
  ['accept', 'ignored', 'mutual'],
  ['accept', 'mutual', 'mutual'],
  ['accept', 'asked', 'refused'],
  ['accept', 'blocked', 'refused'],
  ['ignore', 'asks-me', 'ignored'],
  ['ignore', 'ignored', 'ignored'],
  ['ignore', 'mutual', 'refused'],
  ['ignore', 'asked', 'refused'],
  ['block', 'none', 'blocked'],
  ['block', 'asked', 'blocked'],
  ['block', 'asks-me', 'blocked'],
  ['block', 'ignored', 'blocked'],
  ['block', 'mutual', 'blocked'],
  ['block', 'blocked', 'blocked'],
]
const deeds = {
  ask: (before: StoredContact | undefined) => ask(before, BEA, { now: 5, name: 'Bea', note: '', addresses: [] }),
  accept: (before: StoredContact | undefined) => before && accept(before, 5),
  ignore: (before: StoredContact | undefined) => before && ignore(before),
  block: (before: StoredContact | undefined) => block(before, BEA, 5),
}
for (const [deed, before, after] of onMyDeed)
  test(`I ${deed}: ${before} → ${after}`, () => {
    assert.equal(deeds[deed](inState(before))?.state ?? 'refused', after)
  })

test('unblocking brings back what was before', () => {
  for (const state of ['asked', 'asks-me', 'mutual', 'ignored'] as const)
    assert.equal(unblock(block(row(state), BEA, 5))?.state, state)
  assert.equal(unblock(block(undefined, BEA, 5)), undefined)
})

test('an acceptance counts only while I ask', () => {
  const yes: Answer = { answer: 'accepted', name: 'Bea' }
  assert.equal(onAnswer(row('asked'), yes, 5).state, 'mutual')
  for (const state of ['asks-me', 'ignored', 'blocked'] as const)
    assert.equal(onAnswer(row(state), yes, 5).state, state)
  assert.equal(onAnswer(row('asked'), { answer: 'pending' }, 5).state, 'asked')
  assert.equal(onAnswer(row('mutual'), { answer: 'pending' }, 5).isConfirmed, false)
})

test('a blocked or ignored person changes neither name nor note by asking again', () => {
  for (const state of ['ignored', 'blocked'] as const) {
    const { row: after } = onAsk(row(state), BEA, { name: 'Other', note: 'x' }, { now: 5, isWelcome: false })
    assert.equal(after.name, 'Bea')
    assert.equal(after.note, undefined)
  }
})

test('an older address record changes nothing', () => {
  const record = (number: number, address: string) => ({ owner: BEA, number, relayed: [], direct: [address] })
  const first = withRecord(row('mutual'), record(5, '/ip4/198.51.100.1/tcp/1'))
  assert.equal(withRecord(first, record(5, '/ip4/198.51.100.2/tcp/1')), first)
  assert.equal(withRecord(first, record(4, '/ip4/198.51.100.2/tcp/1')), first)
  assert.deepEqual(withRecord(first, record(6, '/ip4/198.51.100.2/tcp/1')).direct, ['/ip4/198.51.100.2/tcp/1'])
})

test('contacts and those I asked are wanted; nobody else is dialled', () => {
  const states = ['asked', 'asks-me', 'mutual', 'ignored', 'blocked'] as const
  const rows = states.map((state) => row(state, { id: state }))
  assert.deepEqual(
    wantedPeers(rows).map(({ id }) => id),
    ['asked', 'mutual'],
  )
})

test('trust: who is let in, who is a contact, who may connect directly', () => {
  let isRelayOnly = false
  const rows: Record<string, StoredContact> = {
    mutual: row('mutual'),
    quiet: row('mutual', { isRelayOnly: true }),
    asks: row('asks-me'),
    askedOverRelay: row('asked', { givenAddresses: [`/ip4/192.0.2.1/tcp/1/p2p/${RELAY}/p2p-circuit`] }),
    askedDirectly: row('asked', { givenAddresses: ['/ip4/198.51.100.2/tcp/1'] }),
    askedByLink: row('asked', { givenAddresses: ['/ip4/198.51.100.2/tcp/1'], token: Uint8Array.of(1) }),
    formerContact: row('blocked', { stateBefore: 'mutual' }),
    formerStranger: row('blocked', { stateBefore: 'asks-me' }),
  }
  const trust = createTrust({
    get: (peer) => rows[peer],
    isRelayOnly: () => isRelayOnly,
    isNearby: (peer) => peer === 'neighbour',
  })
  const who = [...Object.keys(rows), 'nobody', 'neighbour']
  assert.deepEqual(who.filter(trust.isBlocked), ['formerContact'])
  assert.deepEqual(who.filter(trust.isContact), ['mutual', 'quiet'])
  assert.deepEqual(who.filter(trust.mayConnectDirectly), ['mutual', 'askedDirectly', 'askedByLink', 'neighbour'])
  assert.deepEqual(
    who.filter((peer) => trust.mayArriveDirectly?.(peer) === false),
    ['quiet'],
  )
  const given = '/ip4/198.51.100.2/tcp/1'
  assert.deepEqual(
    who.filter((peer) => trust.isEntered?.(peer, given)),
    ['askedDirectly'],
    'the address in a link is nobody’s word but its maker’s',
  )
  assert.equal(trust.isEntered?.('askedDirectly', '/ip4/198.51.100.2/tcp/2'), false)
  isRelayOnly = true
  assert.deepEqual(who.filter(trust.mayConnectDirectly), [])
  assert.deepEqual(
    who.filter((peer) => trust.mayArriveDirectly?.(peer)),
    [],
  )
})

test('a place is kept for 30 days on the only relay a contact knows me by', () => {
  const DAY = 24 * 3600 * 1000
  const told = [`/ip4/192.0.2.1/tcp/4001/p2p/${RELAY}/p2p-circuit`]
  const needed = (more: Partial<StoredContact>, now: number) => relayCandidates([row('mutual', more)], now)[0]?.isNeeded
  assert.equal(needed({ told, toldAt: 0 }, 29 * DAY), true)
  assert.equal(needed({ told, toldAt: 0 }, 31 * DAY), undefined)
  const other = `/ip4/192.0.2.2/tcp/4001/p2p/${idOf('other relay')}/p2p-circuit`
  assert.equal(needed({ told: [...told, other], toldAt: 0 }, DAY), undefined, 'there is another one')
})
