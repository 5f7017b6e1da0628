import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeRelays, readRelayAddress } from '../../../electron/app/relays.ts'
import { selfView } from '../../../electron/app/self.ts'
import { NO_PATH, UNKNOWN_PATH } from '../../../shared/domain/line.ts'
import type { NatReport } from '../../../shared/domain/nat-report.ts'
import type { Relay } from '../../../shared/domain/relay.ts'
import { ok } from '../../../shared/result.ts'

const RELAY = '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'
const PEER = '12D3KooWHHzSeKaY8xuZVzkLbKFfvNgPPeKhFBGrMbNzbm5akpqu'
const PLACE = `/ip4/203.0.113.5/tcp/4001/p2p/${RELAY}`

test('an address of a relay is taken with or without the way to a person behind it', () => {
  for (const typed of [PLACE, ` ${PLACE}\n`, `${PLACE}/p2p-circuit`, `${PLACE}/p2p-circuit/p2p/${PEER}`]) {
    assert.deepEqual(readRelayAddress(typed), ok({ id: RELAY, text: PLACE }), typed)
  }
})

test('what cannot lead to a known relay is refused', () => {
  const cases: [string, string][] = [
    ['', 'address-invalid'],
    ['relay.example', 'address-invalid'],
    ['/ip4/203.0.113.5/tcp/4001', 'address-invalid'],
    [`/p2p/${RELAY}/p2p-circuit`, 'address-invalid'],
    [`/ip4/224.0.0.1/tcp/4001/p2p/${RELAY}`, 'address-refused'],
    [`/ip4/203.0.113.5/tcp/0/p2p/${RELAY}`, 'address-refused'],
    ['x'.repeat(100_000), 'address-invalid'],
  ]
  for (const [typed, code] of cases) {
    const read = readRelayAddress(typed)
    assert.equal(!read.ok && read.failure.code, code, typed.slice(0, 60))
  }
})

test('a relay known from several sides is one relay with all its addresses', () => {
  const entered = { id: 'r', name: 'Lena', addresses: ['/a'], source: 'entered', addedAt: 0 } as const
  assert.deepEqual(
    mergeRelays(
      [entered],
      [
        { id: 'r', addresses: ['/a', '/b'], source: 'contact', isNeeded: true },
        { id: 's', addresses: ['/c'], source: 'invite' },
      ],
    ),
    [
      // Only what was typed may lead into a local network.
      { id: 'r', name: 'Lena', addresses: ['/a', '/b'], entered: ['/a'], source: 'entered', isNeeded: true },
      { id: 's', addresses: ['/c'], source: 'invite' },
    ],
  )
})

const report = (reachability: NatReport['reachability']): NatReport => ({
  at: 0,
  reachability,
  addresses: [],
  portMapping: 'unknown',
  mapping: 'unknown',
  reservations: 0,
  missing: [],
})
const relay = (id: string, state: Relay['state']): Relay => ({ id, state, addresses: [], source: 'entered' })
const self = (relays: Relay[], reachability: NatReport['reachability'] = 'unknown') =>
  selfView({ id: 'me', name: 'Me', relays, report: report(reachability), relayPath: () => UNKNOWN_PATH })

test('how a newcomer reaches me is what is observed now, and a guess is never shown', () => {
  assert.deepEqual(self([]).reach, NO_PATH)
  assert.deepEqual(self([relay('a', 'connecting')]).reach, UNKNOWN_PATH)
  assert.deepEqual(self([relay('a', 'unreachable'), relay('b', 'refused'), relay('c', 'spare')]).reach, NO_PATH)
  assert.deepEqual(self([], 'public').reach, { line: { kind: 'direct' } })
  const held = self(
    [relay('a', 'unreachable'), relay('b', 'reserved'), { ...relay('c', 'reserved'), name: 'Lena' }],
    'public',
  )
  assert.deepEqual(held.reach, { line: { kind: 'relayed', relay: 'b' } })
  assert.deepEqual(held.reachableThrough, [{ relay: 'b' }, { relay: 'c', name: 'Lena' }])
})
