import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenPromise, KINDS, pathName, promiseOf } from '../../natlab/rows/promise.ts'

// The table of what is possible between two NATs, as far as TCP goes: d = direct, u = needs UDP, x = nothing gets through.
const TABLE: Readonly<Record<(typeof KINDS)[number], string>> = {
  //          p m c r s r c n s
  public: 'ddddddddd',
  mapped: 'ddddddddd',
  cone: 'ddddddddu',
  restricted: 'ddddddddu',
  shifted: 'ddddddddu',
  random: 'ddddddddu',
  cgn: 'ddddddddu',
  noudp: 'ddddddddu',
  symmetric: 'dduuuuuux',
}
const LETTERS = { 'needs-udp-punch': 'u', 'both-change-ports': 'x' } as const

for (const a of KINDS)
  test(`what ${a} is promised with every other kind`, () => {
    const letters = KINDS.map((b) => {
      const promise = promiseOf(a, b)
      if (promise.path === 'direct') return 'd'
      return promise.because in LETTERS ? LETTERS[promise.because as keyof typeof LETTERS] : '?'
    })
    assert.equal(letters.join(''), TABLE[a])
  })

test('the same is promised in both directions', () => {
  for (const a of KINDS) for (const b of KINDS) assert.deepEqual(promiseOf(a, b), promiseOf(b, a))
})

const UDP = { path: 'relayed', because: 'needs-udp-punch' } as const

test('a direct line may never stay relayed, whatever the reason', () => {
  for (const because of ['trying', 'no-way-yet', 'needs-udp-punch'] as const)
    assert.match(
      brokenPromise({ path: 'direct' }, { path: 'relayed', because: [because, because], kinds: [] }) ?? '',
      /promised direct, stayed relayed/,
    )
})

test('a line that was promised relayed keeps its promise with the right reason at both ends', () => {
  assert.equal(
    brokenPromise(UDP, { path: 'relayed', because: ['needs-udp-punch', 'needs-udp-punch'], kinds: [] }),
    undefined,
  )
  const wrong = brokenPromise(UDP, { path: 'relayed', because: ['needs-udp-punch', 'no-way-yet'], kinds: [] })
  assert.equal(wrong, 'the page gives the reason no-way-yet instead of needs-udp-punch')
  const none = brokenPromise(UDP, { path: 'relayed', because: [undefined, 'needs-udp-punch'], kinds: [] })
  assert.equal(none, 'the page gives the reason none instead of needs-udp-punch')
})

test('more than was promised is no breach, and no line at all or a local one is', () => {
  assert.equal(brokenPromise(UDP, { path: 'direct', because: [], kinds: [] }), undefined)
  const apart = brokenPromise(UDP, { path: undefined, because: [], kinds: ['direct', 'relayed'] })
  assert.equal(apart, 'no common line: one end says direct, the other relayed')
  assert.notEqual(brokenPromise({ path: 'direct' }, { path: 'lan', because: [], kinds: [] }), undefined)
})

test('a line that is being upgraded still runs over the relay, and one that is not there is no path', () => {
  assert.equal(pathName('upgrading'), 'relayed')
  assert.equal(pathName('none'), undefined)
  assert.equal(pathName('unknown'), undefined)
})
