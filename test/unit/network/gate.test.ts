import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { createGate, type Surroundings } from '../../../electron/network/connections/gate.ts'
import { identityFromSeed } from '../../../electron/network/identity.ts'

const id = () => identityFromSeed(randomBytes(32)).id
const [friend, careful, stranger, enemy, relay, neighbour, foreign] = [id(), id(), id(), id(), id(), id(), id()]

/** Somebody we would not dial, and somebody asked over an address with a relay of theirs. */
const [quiet, asked] = [id(), id()]
/** A relay that came with a contact. */
const brought = id()
const SEEN = '/ip4/127.0.0.1/tcp/7'
const ENTERED = '/ip4/10.9.9.9/tcp/1'

function gateOf(surroundings: Partial<Surroundings> = {}) {
  const gate = createGate(
    {
      isBlocked: (peer) => peer === enemy,
      isContact: (peer) => peer === friend || peer === careful,
      // As when relay-only is off: strangers too may be reached directly.
      mayConnectDirectly: (peer) => peer !== careful && peer !== quiet,
      mayArriveDirectly: (peer) => peer !== careful,
      isEntered: (peer, address) => peer !== friend && address === ENTERED,
    },
    {
      subnets: () => ['192.168.1.7/24', '127.0.0.1/8'],
      isWanted: (peer) => peer === asked,
      isSeen: (_peer, address) => address === SEEN,
      ...surroundings,
    },
  )
  gate.setRelays([
    {
      id: relay,
      source: 'entered',
      addresses: ['/ip4/10.0.0.1/tcp/1', '/ip4/127.0.0.1/tcp/1', '/dns4/nas/tcp/1', '/ip4/10.0.0.2/tcp/1'],
      entered: ['/ip4/10.0.0.1/tcp/1', '/ip4/127.0.0.1/tcp/1', '/dns4/nas/tcp/1'],
    },
    { id: brought, source: 'contact', addresses: ['/ip4/10.0.0.3/tcp/1', '/ip4/127.0.0.1/tcp/1'] },
  ])
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
  ['a relay of ours on this machine', relay, '/ip4/127.0.0.1/tcp/1', true],
  ['a relay of ours at a port of this machine that others told', relay, '/ip4/127.0.0.1/tcp/2', false],
  ['a relay of ours at some other private address', relay, '/ip4/10.0.0.9/tcp/1', false],
  ['a relay of a contact at its private address', brought, '/ip4/10.0.0.3/tcp/1', true],
  ['a relay of a contact at some other private address', brought, '/ip4/10.0.0.4/tcp/1', false],
  ['a relay of a contact on this machine', brought, '/ip4/127.0.0.1/tcp/1', false],
  ['a contact on this machine', friend, '/ip4/127.0.0.1/tcp/1', false],
  ['a contact on this machine, in IPv6', friend, '/ip6/::1/tcp/1', false],
  ['a contact on this machine, in disguise', friend, '/ip6/::ffff:127.0.0.1/tcp/1', false],
  ['a contact on this machine where mDNS showed it', friend, SEEN, true],
  ['a stranger on this machine where mDNS would show it', stranger, SEEN, false],
  ['a contact over an unknown relay on this machine', friend, `/ip4/127.0.0.1/tcp/1/p2p/${foreign}/p2p-circuit`, false],
  ['a contact at a socket of the file system', friend, '/unix/%2Ftmp%2Fsocket', false],
  ['a contact at a name that needs DNS records of its own', friend, '/dnsaddr/a.example/tcp/1', false],
  ['a contact at a name that is no host', friend, '/dns4/a@localhost/tcp/1/tls/ws', false],
  ['a contact on some other private network', friend, '/ip4/10.0.0.9/tcp/1', false],
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

test('where nobody but this machine can reach us, contacts on it may be dialled', () => {
  const gate = gateOf({ isOnLoopbackAlone: true })
  assert.equal(gate.mayDial(multiaddr(`/ip4/127.0.0.1/tcp/1/p2p/${friend}`), friend), true)
  assert.equal(gate.mayDial(multiaddr(`/ip4/127.0.0.1/tcp/1/p2p/${stranger}`), stranger), false)
})

test('a name is looked up before it is dialled, and its addresses are judged like any other', async () => {
  const gate = gateOf()
  const judge = (name: string, ip: string, peer: string) =>
    gate.mayDial(multiaddr(`/ip4/${ip}/tcp/1/p2p/${peer}`), peer, multiaddr(`/dns4/${name}/tcp/1/p2p/${peer}`))
  const named = multiaddr(`/dns4/a.example/tcp/1/p2p/${friend}`)
  assert.equal(gate.mayDial(named, friend), true)
  for (const text of [named.toString(), `/ip4/80.1.1.1/tcp/1/tls/sni/a.example/ws/p2p/${friend}`])
    assert.equal(await gate.libp2p.denyDialMultiaddr?.(multiaddr(text)), true, `libp2p dials ${text} by itself`)
  assert.equal(judge('a.example', '80.1.1.1', friend), true)
  assert.equal(judge('localhost', '127.0.0.1', friend), false)
  assert.equal(judge('router', '10.1.1.1', friend), false)
  // Somebody sitting here typed it; what else is said of the same relay is not believed.
  assert.equal(judge('nas', '10.1.1.1', relay), true)
  assert.equal(judge('localhost', '127.0.0.1', relay), false)
  // An IP address we were given for somebody's relay does not make a name of it.
  gate.noteRelayOf(multiaddr(`/dns4/router/tcp/1/p2p/${foreign}/p2p-circuit/p2p/${friend}`))
  assert.equal(judge('router', '192.168.1.1', foreign), false)
})

test('a contact whose addresses change all the time makes us dial a dozen places on our network a minute, no more', () => {
  let at = 0
  const gate = gateOf({ now: () => at })
  const dial = (port: number, peer: string, sake = peer) => {
    const address = multiaddr(`/ip4/192.168.1.9/tcp/${port}/p2p/${peer}`)
    return gate.mayDialNow(address, peer, { origin: address, sake })
  }
  const ports = Array.from({ length: 50 }, (_, n) => n + 1)
  assert.equal(ports.filter((port) => dial(port, friend)).length, 12)
  // The same places again cost nothing, and another contact has an account of its own.
  assert.equal(dial(12, friend), true)
  assert.equal(dial(13, careful), true)
  // Relays count for the contact that named them, whatever their ids are.
  assert.equal(dial(60, foreign, friend), false)
  at = 59_000
  assert.equal(dial(61, friend), false)
  at = 60_000
  assert.equal(dial(61, friend), true)
  // The internet is not counted, nor what was typed here.
  for (const port of ports)
    assert.equal(gate.mayDialNow(multiaddr(`/ip4/80.1.1.1/tcp/${port}/p2p/${friend}`), friend), true)
  for (let times = 0; times < 20; times += 1)
    assert.equal(gate.mayDialNow(multiaddr(`/ip4/10.0.0.1/tcp/1/p2p/${relay}`), relay), true)
})

test("libp2p's own dials to local relays that others named share one account", async () => {
  const gate = gateOf()
  let allowed = 0
  for (let n = 1; n <= 40; n += 1) {
    const other = id()
    gate.noteRelayOf(multiaddr(`/ip4/192.168.1.1/tcp/${n}/p2p/${other}/p2p-circuit/p2p/${friend}`))
    if ((await gate.libp2p.denyDialMultiaddr?.(multiaddr(`/ip4/192.168.1.1/tcp/${n}/p2p/${other}`))) === false)
      allowed += 1
  }
  assert.equal(allowed, 12)
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
