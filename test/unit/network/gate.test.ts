import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { createGate } from '../../../electron/network/connections/gate.ts'
import { identityFromSeed } from '../../../electron/network/identity.ts'

const id = () => identityFromSeed(randomBytes(32)).id
const [friend, careful, stranger, enemy, relay, neighbour, foreign] = [id(), id(), id(), id(), id(), id(), id()]

/** Somebody we would not dial, and somebody asked over an address with a relay of theirs. */
const [quiet, asked] = [id(), id()]
const ENTERED = '/ip4/10.9.9.9/tcp/1'

function gateOf() {
  const gate = createGate(
    {
      isBlocked: (peer) => peer === enemy,
      isContact: (peer) => peer === friend || peer === careful,
      // As when relay-only is off: strangers too may be reached directly.
      mayConnectDirectly: (peer) => peer !== careful && peer !== quiet,
      mayArriveDirectly: (peer) => peer !== careful,
      isEntered: (peer, address) => peer !== friend && address === ENTERED,
    },
    () => ['192.168.1.7/24'],
    (peer) => peer === asked,
  )
  gate.setRelays([relay])
  gate.setNearby([neighbour])
  return gate
}

const dials: readonly [what: string, peer: string, address: string, isAllowed: boolean][] = [
  ['a relay of ours', relay, '/ip4/80.1.1.1/tcp/1', true],
  ['a relay of ours on the local network', relay, '/ip4/10.0.0.1/tcp/1', true],
  ['anyone over a relay', stranger, `/ip4/80.1.1.1/tcp/1/p2p/${relay}/p2p-circuit`, true],
  ['someone through himself', stranger, `/ip4/80.1.1.1/tcp/1/p2p/${stranger}/p2p-circuit`, false],
  ['a contact on the internet', friend, '/ip4/80.1.1.1/tcp/1', true],
  ['a contact on our own network', friend, '/ip4/192.168.1.9/tcp/1', true],
  ['a contact on this machine', friend, '/ip4/127.0.0.1/tcp/1', true],
  ['a contact on some other private network', friend, '/ip4/10.0.0.9/tcp/1', false],
  ['a contact at a name', friend, '/dns4/a.example/tcp/1', true],
  ['a contact at a multicast address', friend, '/ip4/224.0.0.1/tcp/1', false],
  ['a contact with relay-only', careful, '/ip4/80.1.1.1/tcp/1', false],
  ['a contact with relay-only, by WebRTC', careful, `/ip4/80.1.1.1/tcp/1/p2p/${relay}/p2p-circuit/webrtc`, false],
  ['a contact with relay-only over a relay', careful, `/ip4/80.1.1.1/tcp/1/p2p/${relay}/p2p-circuit`, true],
  ['a stranger on our own network', stranger, '/ip4/192.168.1.9/tcp/1', false],
  ['someone at a private address the user entered', stranger, ENTERED, true],
  ['someone at another port of it', stranger, '/ip4/10.9.9.9/tcp/2', false],
  ['someone else who only claims it', friend, ENTERED, false],
  ['someone with relay-only at an entered address', careful, ENTERED, false],
  ['a stranger over an unknown relay', stranger, `/ip4/80.1.1.1/tcp/1/p2p/${foreign}/p2p-circuit`, true],
  ['a stranger over an unknown local relay', stranger, `/ip4/192.168.1.1/tcp/1/p2p/${foreign}/p2p-circuit`, false],
  ['a contact over an unknown local relay', friend, `/ip4/192.168.1.1/tcp/1/p2p/${foreign}/p2p-circuit`, true],
  ['someone asked over an unknown local relay', asked, `/ip4/192.168.1.1/tcp/1/p2p/${foreign}/p2p-circuit`, true],
  ['anyone over a multicast relay', friend, `/ip4/224.0.0.1/tcp/1/p2p/${foreign}/p2p-circuit`, false],
  ['someone mDNS showed us', neighbour, '/ip4/192.168.1.9/tcp/1', true],
  ['someone blocked', enemy, '/ip4/80.1.1.1/tcp/1', false],
  ['someone blocked over a relay', enemy, `/ip4/80.1.1.1/tcp/1/p2p/${relay}/p2p-circuit`, false],
]
for (const [what, peer, address, isAllowed] of dials)
  test(`${what} may ${isAllowed ? '' : 'not '}be dialled`, async () => {
    const target = multiaddr(`${address}/p2p/${peer}`)
    assert.equal(gateOf().mayDial(target, peer), isAllowed)
    assert.equal(await gateOf().libp2p.denyDialMultiaddr?.(target), !isAllowed)
  })

test('the relay in front of someone else may be dialled, unless it is a contact with relay-only', () => {
  const gate = gateOf()
  assert.equal(gate.isRelay(foreign), false)
  gate.noteRelayOf(multiaddr(`/ip4/80.1.1.1/tcp/1/p2p/${foreign}/p2p-circuit/p2p/${friend}`))
  assert.equal(gate.isRelay(foreign), true)
  // What it says of itself leads nowhere on the local network; only the address we were given does.
  assert.equal(gate.mayDial(multiaddr(`/ip4/192.168.1.1/tcp/1/p2p/${foreign}`), foreign), false)
  gate.noteRelayOf(multiaddr(`/ip4/192.168.1.1/tcp/1/p2p/${foreign}/p2p-circuit/p2p/${friend}`))
  assert.equal(gate.mayDial(multiaddr(`/ip4/192.168.1.1/tcp/1/p2p/${foreign}`), foreign), true)
  gate.noteRelayOf(multiaddr(`/ip4/80.1.1.1/tcp/1/p2p/${careful}/p2p-circuit/p2p/${friend}`))
  assert.equal(gate.isRelay(careful), false)
})

test('an address without a peer is never dialled', async () => {
  assert.equal(await gateOf().libp2p.denyDialMultiaddr?.(multiaddr('/ip4/80.1.1.1/tcp/1')), true)
})

test('who arrives on a direct connection is let in unless relay-only is on; he is not sought for that', () => {
  const gate = gateOf()
  const arrives = (peer: string) =>
    gate.mayStay({ direct: true, direction: 'inbound', remotePeer: peerIdFromString(peer) })
  const leaves = (peer: string) =>
    gate.mayStay({ direct: true, direction: 'outbound', remotePeer: peerIdFromString(peer) })
  for (const [peer, mayArrive, maySeek] of [
    [quiet, true, false],
    [friend, true, true],
    [careful, false, false],
    [enemy, false, false],
  ] as const) {
    assert.deepEqual([arrives(peer), leaves(peer)], [mayArrive, maySeek])
  }
})

test('stock upgrades, which tell addresses, run with contacts only', () => {
  const gate = gateOf()
  const everyone = { friend, careful, stranger, neighbour, relay }
  assert.deepEqual(
    Object.entries(everyone).flatMap(([name, peer]) => (gate.mayUpgrade(peer) ? [name] : [])),
    ['friend'],
  )
})
