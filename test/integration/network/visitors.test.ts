import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Connection, Libp2p } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { limitVisitors } from '../../../electron/network/connections/visitors.ts'
import { VISITORS_MAX } from '../../../electron/network/limits.ts'
import { eventually } from '../../support/eventually.ts'
import { introduce, lineOf, startPerson } from './people.ts'
import { startStranger } from './strangers.ts'

/** Opens so many connections side by side; refused ones are tried again, as an attacker would. */
async function openMany(from: Libp2p, to: Multiaddr, count: number): Promise<void> {
  let opened = 0
  await eventually(
    async () => {
      const signal = AbortSignal.timeout(3_000)
      await from.dial(to, { force: true, signal }).then(
        () => {
          opened += 1
        },
        () => undefined,
      )
      return opened >= count
    },
    // The door lets in twenty a second from one address.
    { withinMs: 15_000, everyMs: 60, what: `${count} connections` },
  )
}

test('strangers fill their own share of our connections and no more; a contact finds room', {
  timeout: 30_000,
}, async (t) => {
  const a = await startPerson(t, { isRelayOnly: false, trust: { mayArriveDirectly: () => true } })
  const stranger = await startStranger(t)
  const target = multiaddr(`${a.network.ownAddresses().direct[0]}/p2p/${a.id}`)
  const held = () => [...a.network.peers.rows()].reduce((sum, [, { connections }]) => sum + connections, 0)
  await openMany(stranger, target, VISITORS_MAX + 6)
  await eventually(() => held() === VISITORS_MAX, { what: 'the share of strangers' })
  const b = await startPerson(t, { isRelayOnly: false })
  introduce(a, b)
  await eventually(() => lineOf(a, b) === 'lan' && lineOf(b, a) === 'lan')
})

async function limited(t: TestContext, max: number) {
  const host = await startStranger(t, { listen: ['/ip4/127.0.0.1/tcp/0'] })
  await host.handle('/test/1', async () => {})
  const clock = { now: Date.now() }
  const limits = { max, idleMs: 60_000, lookEveryMs: 20 }
  const known = new Set<string>()
  const purposeOf = ({ remotePeer }: { remotePeer: { toString(): string } }) =>
    known.has(remotePeer.toString()) ? 'contact' : 'infrastructure'
  t.after(limitVisitors(host, purposeOf, limits, () => clock.now))
  const address = host.getMultiaddrs()[0] ?? assert.fail('not listening')
  return { host, clock, known, address, dial: async () => (await startStranger(t)).dial(address, { force: true }) }
}

test('a stranger who does nothing leaves after a minute; one who does something and a contact stay', async (t) => {
  const { clock, known, address, dial } = await limited(t, 10)
  const contact = await startStranger(t)
  known.add(contact.peerId.toString())
  const [idle, busy, kept] = await Promise.all([dial(), dial(), contact.dial(address)])
  const stream = await busy.newStream('/test/1')
  clock.now += 59_000
  // A background ping means nothing.
  const ping = await idle.newStream('/ipfs/ping/1.0.0')
  clock.now += 2_000
  await eventually(() => idle.status !== 'open')
  assert.equal(ping.status === 'open', false)
  assert.deepEqual([busy.status, kept.status], ['open', 'open'])
  stream.abort(new Error('done'))
  // First it has to be seen without a stream, then for a minute.
  await eventually(() => {
    clock.now += 10_000
    return busy.status !== 'open'
  })
  assert.equal(kept.status, 'open')
})

test('of too many strangers the one who came first leaves', async (t) => {
  const { dial } = await limited(t, 2)
  const connections: Connection[] = []
  for (let count = 0; count < 3; count += 1) connections.push(await dial())
  await eventually(() => connections[0]?.status !== 'open')
  assert.deepEqual(
    connections.slice(1).map(({ status }) => status),
    ['open', 'open'],
  )
})
