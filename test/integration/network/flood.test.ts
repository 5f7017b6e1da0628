import assert from 'node:assert/strict'
import { connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { multiaddr } from '@multiformats/multiaddr'
import { pingConnection } from '../../../electron/network/lines/ping.ts'
import { eventually } from '../../support/eventually.ts'
import { hasPlace, startPerson } from './people.ts'
import { startPlainRelay } from './plain-relay.ts'
import { startStranger } from './strangers.ts'

const FLOOD_MS = 5_000
const SILENT_PER_SECOND = 100
const HONEST_PAUSE_MS = 50
const HONEST_WITHIN_MS = 2_000

/** Does something so often, however late the timers are. */
function perSecond(times: number, work: () => void): () => void {
  const from = performance.now()
  let done = 0
  const timer = setInterval(() => {
    for (const due = ((performance.now() - from) / 1_000) * times; done < due; done += 1) work()
  }, 10)
  return () => clearInterval(timer)
}

test('a hundred silent connections a second shut out nobody', { timeout: 20_000 }, async (t) => {
  const a = await startPerson(t, { isRelayOnly: false })
  const honest = await startStranger(t)
  a.contacts.add(honest.peerId.toString())
  const direct = a.network.ownAddresses().direct.find((address) => /\/tcp\/\d+$/.test(address))
  const target = multiaddr(`${direct ?? assert.fail('no TCP address')}/p2p/${a.id}`)
  const port = Number(/\/tcp\/(\d+)/.exec(target.toString())?.[1])

  const sockets: Socket[] = []
  t.after(() => {
    for (const socket of sockets) socket.destroy()
  })
  let connected = 0
  let next = 0
  const stopFlood = perSecond(SILENT_PER_SECOND, () => {
    // From a hundred addresses: what comes from one alone is bounded by the rate of each address.
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.1.${1 + (next++ % 100)}` }, () => {
      connected += 1
    })
    socket.on('error', () => {})
    sockets.push(socket)
  })
  t.after(stopFlood)

  const dial = async () => {
    const from = performance.now()
    const connection = await honest.dial(target, { force: true, signal: AbortSignal.timeout(HONEST_WITHIN_MS) })
    await pingConnection(connection, AbortSignal.timeout(HONEST_WITHIN_MS))
    const tookMs = performance.now() - from
    await connection.close()
    return tookMs
  }
  // One after the other: two at once would be one connection to libp2p, which allows one ping at a time on it.
  const results: PromiseSettledResult<number>[] = []
  const from = performance.now()
  while (performance.now() - from < FLOOD_MS) {
    results.push(...(await Promise.allSettled([dial()])))
    await delay(HONEST_PAUSE_MS)
  }
  stopFlood()

  const tookMs = results.flatMap((result) => (result.status === 'fulfilled' ? [Math.round(result.value)] : []))
  t.diagnostic(
    `${tookMs.length} of ${results.length} dials, the slowest ${Math.max(...tookMs)} ms; ${connected} silent`,
  )
  assert.ok(connected > (0.8 * SILENT_PER_SECOND * FLOOD_MS) / 1_000, `only ${connected} silent connections came about`)
  const whys = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []))
  assert.ok(tookMs.length >= 0.99 * results.length, `of ${results.length} honest dials failed: ${whys.join('; ')}`)
})

/** Counts who connects. */
async function startTrap(t: TestContext) {
  let visits = 0
  const server = createServer((socket) => {
    visits += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return { address: `/ip4/127.0.0.1/tcp/${address.port}`, visits: () => visits }
}

for (const [claimed, isHeard] of [
  [30, true],
  [1_000, false],
] as const)
  test(`a stranger who claims ${claimed} addresses makes us dial none of them on our own network`, async (t) => {
    const relay = await startPlainRelay()
    t.after(() => relay.stop())
    const trap = await startTrap(t)
    const local = ['/ip4/192.168.1.1/tcp/80', '/ip4/224.0.0.251/udp/5353/quic-v1', '/ip6/fe80::1/tcp/80', trap.address]
    const filler = Array.from({ length: claimed - local.length }, (_, n) => `/ip4/10.0.${n >> 8}.${n & 255}/tcp/80`)
    const a = await startPerson(t, {
      relays: [relay.known],
      isRelayOnly: false,
      // The most a stranger could hope for.
      trust: { mayConnectDirectly: () => true, mayArriveDirectly: () => true },
    })
    await eventually(() => hasPlace(a))
    const stranger = await startStranger(t, { claims: [...local, ...filler] })
    const id = stranger.peerId.toString()
    await stranger.handle('/test/1', async (stream) => stream.close(), { runOnLimitedConnection: true })
    const row = () => new Map(a.network.peers.rows()).get(id)
    const connection = await stranger.dial(multiaddr(`${relay.address}/p2p-circuit/p2p/${a.id}`))
    await eventually(() => (isHeard ? row()?.agent === 'stranger' : (row()?.roundTripsMs.length ?? 0) > 0))
    assert.equal(row()?.agent, isHeard ? 'stranger' : undefined)

    const open = () => a.network.open(id, '/test/1', { signal: AbortSignal.timeout(3_000), addresses: [trap.address] })
    await open()
    await connection.close()
    await eventually(() => row() === undefined)
    a.network.retryNow()
    await assert.rejects(open(), { failure: { code: 'address-refused' } })
    assert.equal(trap.visits(), 0)

    // The trap works: for a contact on this machine the address is dialled.
    a.contacts.add(id)
    await assert.rejects(open(), { name: 'NetworkError' })
    assert.ok(trap.visits() > 0)
  })

test("a name that leads to our own machine is not dialled for the sake of a stranger's relay", async (t) => {
  const trap = await startTrap(t)
  const a = await startPerson(t, { isRelayOnly: false })
  const [b, foreign] = [await startStranger(t), await startStranger(t)]
  const named = trap.address.replace('/ip4/127.0.0.1', '/dns4/localhost')
  const open = (address: string) =>
    a.network.open(b.peerId.toString(), '/test/1', { signal: AbortSignal.timeout(5_000), addresses: [address] })
  await assert.rejects(open(`${named}/p2p/${foreign.peerId}/p2p-circuit`), /address-refused/)
  assert.equal(trap.visits(), 0)

  // The trap works: we listen on this machine alone, so a contact on it is dialled, by name too.
  a.contacts.add(b.peerId.toString())
  await assert.rejects(open(named), { name: 'NetworkError' })
  assert.ok(trap.visits() > 0)
})
