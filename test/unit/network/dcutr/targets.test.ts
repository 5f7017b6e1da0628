import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { type Situation, targetsOf } from '../../../../electron/network/nat/dcutr/targets.ts'

const peer = '12D3KooWGjMCwGmTDRxyHJoLyvd8aSdNqxmAyFnMdYRi8hnCFSx1'
const addresses = (...texts: string[]) => texts.map((text) => multiaddr(text))
const situation: Situation = {
  ...{ peer, role: 'server', isDialler: false },
  own: { localPort: 50_000, outer: { host: '45.33.1.2', port: 40_000 }, ipv6: { host: '2a00::7', port: 50_001 } },
  told: addresses('/ip4/80.1.0.2/tcp/1234', '/ip6/2a00::9/tcp/1235'),
  recorded: addresses('/ip4/192.168.1.7/tcp/4001'),
}
const shown = (of: Situation) =>
  targetsOf(of).map(({ address, ...rest }) => ({ to: address.toString().split('/p2p')[0], ...rest }))

test('each family is dialled from the port that was prepared for it, in the role of this side', () => {
  assert.deepEqual(shown(situation), [
    { to: '/ip4/80.1.0.2/tcp/1234', role: 'server', localPort: 50_000 },
    { to: '/ip6/2a00::9/tcp/1235', role: 'server', localPort: 50_001, localAddress: '2a00::7' },
  ])
})

test('without a global IPv6 address of our own no IPv6 address is dialled', () => {
  const { ipv6: _, ...own } = situation.own
  assert.deepEqual(
    shown({ ...situation, own }).map(({ to }) => to),
    ['/ip4/80.1.0.2/tcp/1234'],
  )
})

test('behind the same NAT both dial the listener of the other, the one that dialled first a little earlier', () => {
  const same = { ...situation, told: addresses('/ip4/45.33.1.2/tcp/1234') }
  const local = { to: '/ip4/192.168.1.7/tcp/4001', role: 'client' }
  assert.deepEqual(shown(same), [
    { ...local, waitMs: 250 },
    { to: '/ip4/45.33.1.2/tcp/1234', role: 'server', localPort: 50_000 },
  ])
  assert.deepEqual(shown({ ...same, isDialler: true })[0], { ...local, waitMs: 0 })
})
