import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createJournal } from '../../../electron/network/nat/journal.ts'
import { announceMappings } from '../../../electron/network/nat/port-mapping.ts'
import { createPortMappingClient } from '../../../electron/network/nat/upnp/client.ts'
import type { Want } from '../../../electron/network/nat/upnp/mapping.ts'
import { type PortMapper, startPortMapper } from '../../../electron/network/nat/upnp/port-mapper.ts'
import { TIMING, type Timing } from '../../../electron/network/nat/upnp/timing.ts'
import type { Attempt } from '../../../shared/domain/attempt.ts'
import { eventually } from '../../support/eventually.ts'
import {
  type FakeBehaviour,
  type FakeRouter,
  startFakeRouter,
  WAN_IP_1,
  WAN_IP_2,
  WAN_PPP_1,
} from '../../support/fake-router.ts'

const pauses = { firstMs: 60, factor: 1.5, mostMs: 150, jitter: 0 }
const timing: Timing = {
  ...TIMING,
  searchMs: 1_000,
  requestMs: 1_000,
  checkEveryMs: 120,
  missedCheckMs: 60,
  settleMs: 60,
  nothingToMapMs: 200,
  interfacesEveryMs: 40,
  searchPauses: pauses,
  lostPauses: pauses,
  refusedPauses: pauses,
}
const host = '127.0.0.1'
const tcp: Want = { protocol: 'TCP', host, port: 4001 }
const udp: Want = { protocol: 'UDP', host, port: 4002 }

interface Scene {
  readonly router: FakeRouter
  readonly mapper: PortMapper
  attempts(): Attempt[]
  /** Puts other networks in the place of the machine's. */
  setLans(lans: readonly { address: string; subnet: string }[]): void
}

async function scene(t: TestContext, changes: Partial<FakeBehaviour> = {}, own: Partial<Timing> = {}): Promise<Scene> {
  const router = await startFakeRouter(changes)
  const onError = (error: unknown) => assert.fail(String(error))
  const journal = createJournal({ onError })
  let lans: readonly { address: string; subnet: string }[] = [{ address: host, subnet: '127.0.0.1/8' }]
  const mapper = startPortMapper({
    ...{ journal, onError, group: router.group, timing: { ...timing, ...own } },
    lans: () => [...lans],
    mayAsk: () => true,
  })
  t.after(async () => {
    await mapper.stop()
    await router.stop()
  })
  return {
    ...{ router, mapper },
    attempts: () => [...journal.rows()].map(([, attempt]) => attempt),
    setLans(next) {
      lans = next
    },
  }
}

const soon = () => AbortSignal.timeout(2_000)
const stagesOf = (attempts: readonly Attempt[]) => attempts.flatMap(({ stages }) => stages.map(({ what }) => what))
const inState = (mapper: PortMapper, state: string) =>
  eventually(() => mapper.state() === state, { withinMs: 5_000, what: `state ${state}, not ${mapper.state()},` })

for (const services of [[WAN_IP_1], [WAN_IP_2, WAN_IP_1], [WAN_PPP_1]])
  test(`port mapping: ${services[0]} opens TCP and UDP, under our name only, and closes both when we stop`, async (t) => {
    const { router, mapper, attempts } = await scene(t, { services })
    await Promise.all([mapper.want(tcp, soon()), mapper.want(udp, soon())])
    await inState(mapper, 'mapped')
    assert.deepEqual(
      [...router.entries],
      [
        ['TCP 4001', { client: host, port: 4001, leaseSeconds: 1_200, description: 'sightline' }],
        ['UDP 4002', { client: host, port: 4002, leaseSeconds: 1_200, description: 'sightline' }],
      ],
    )
    const [first] = await eventually(() => attempts()[0]?.outcome.state === 'succeeded' && attempts())
    assert.deepEqual(
      first?.stages.map(({ what }) => what),
      ['searching', 'gateway-found', 'external-address', 'mapped', 'mapped'],
    )
    assert.deepEqual(first?.outcome, { state: 'succeeded', address: '/ip4/80.1.2.3/tcp/4001' })

    await mapper.stop()
    assert.equal(router.entries.size, 0)
    assert.deepEqual(stagesOf(attempts()).slice(-2), ['unmapped', 'unmapped'])
    await eventually(() => router.openSockets() === 0, { withinMs: 1_000, what: 'every connection closed' })
  })

test('port mapping: a port somebody else has is not taken from him, and ours is open under another', async (t) => {
  const { router, mapper } = await scene(t)
  router.entries.set('TCP 4001', { client: '127.0.0.9', port: 1, leaseSeconds: 0, description: 'his' })
  const mapping = await mapper.want(tcp, soon())
  assert.ok(mapping !== undefined && 'externalPort' in mapping)
  assert.notEqual(mapping.externalPort, 4001)
  assert.equal(router.entries.get(`TCP ${mapping.externalPort}`)?.port, 4001)
  await mapper.stop()
  assert.deepEqual(
    [...router.entries.values()].map(({ description }) => description),
    ['his'],
  )
})

test('port mapping: a router that opens ports for ever only is asked for that, and told to close them when we stop', async (t) => {
  const { router, mapper } = await scene(t, {
    refuse: (action, { NewLeaseDuration }) =>
      action === 'AddPortMapping' && NewLeaseDuration !== '0' ? 725 : undefined,
  })
  await mapper.want(udp, soon())
  assert.equal(router.entries.get('UDP 4002')?.leaseSeconds, 0)
  await mapper.stop()
  assert.equal(router.entries.size, 0)
})

for (const code of [726, 727, 606])
  test(`port mapping: a plain no (${code}) is failed, named, asked again with pauses, and a later yes counts`, async (t) => {
    const { router, mapper, attempts } = await scene(t, {
      refuse: (action) => (action === 'AddPortMapping' ? code : undefined),
    })
    const refusal = await mapper.want(tcp, soon())
    assert.ok(refusal !== undefined && 'code' in refusal && refusal.code === code)
    await inState(mapper, 'failed')
    const outcome = attempts()[0]?.outcome
    assert.deepEqual(outcome, { state: 'failed', reason: 'refused', detail: `${code} No` })
    router.behaviour.refuse = () => undefined
    await inState(mapper, 'mapped')
  })

test('port mapping: a router that was restarted and forgot everything is noticed, and asked again', async (t) => {
  const { router, mapper, attempts } = await scene(t)
  await Promise.all([mapper.want(tcp, soon()), mapper.want(udp, soon())])
  router.entries.clear()
  await eventually(() => router.entries.size === 2, { withinMs: 2_000, what: 'both ports opened again' })
  await eventually(() => stagesOf(attempts()).includes('mapping-gone'))
  await inState(mapper, 'mapped')
})

test('port mapping: a mapping is renewed at half of its lease', async (t) => {
  const { router, mapper, attempts } = await scene(t, {}, { leaseSeconds: 1 })
  await mapper.want(tcp, soon())
  await eventually(() => router.asked.filter((action) => action === 'AddPortMapping').length >= 3, { withinMs: 3_000 })
  assert.ok(stagesOf(attempts()).includes('renewed'))
})

test('port mapping: where a router does not tell what it has open, it is asked to open it again and again', async (t) => {
  const { router, mapper } = await scene(t, {
    refuse: (action) => (action === 'GetSpecificPortMappingEntry' ? 401 : undefined),
  })
  await mapper.want(tcp, soon())
  await inState(mapper, 'mapped')
  router.entries.clear()
  await eventually(() => router.entries.size === 1, { withinMs: 2_000 })
})

test('port mapping: a changed outer address is followed, and one of a carrier is double NAT, never announced', async (t) => {
  const { router, mapper, attempts } = await scene(t)
  const announced = new Set<string>()
  const stopAnnouncing = announceMappings(mapper, {
    addPublicAddressMapping: (...values) => void announced.add(values.join(' ')),
    removePublicAddressMapping: (...values) => void announced.delete(values.join(' ')),
  })
  await mapper.want(tcp, soon())
  await eventually(() => announced.has('127.0.0.1 4001 80.1.2.3 4001 tcp'))

  router.behaviour.outerIp = '80.9.9.9'
  await eventually(() => announced.has('127.0.0.1 4001 80.9.9.9 4001 tcp'))
  assert.equal(announced.size, 1)

  router.behaviour.outerIp = '100.64.3.3'
  await inState(mapper, 'double-nat')
  assert.equal(announced.size, 0)
  assert.equal(router.entries.size, 1)
  await eventually(() =>
    attempts().some(({ outcome }) => outcome.state === 'failed' && outcome.reason === 'double-nat'),
  )

  router.behaviour.outerIp = '80.1.2.3'
  await eventually(() => announced.size === 1)
  stopAnnouncing()
  assert.equal(announced.size, 0)
})

test('port mapping: behind a second router from the start the port is opened, told as double NAT, and closed', async (t) => {
  const { router, mapper } = await scene(t, { outerIp: '192.168.7.2' })
  await mapper.want(tcp, soon())
  assert.equal(router.entries.size, 1)
  assert.equal(mapper.state(), 'double-nat')
  assert.ok(mapper.mappings().every(({ isPublic }) => !isPublic))
  await mapper.stop()
  assert.equal(router.entries.size, 0)
})

test('port mapping: a router with a connection that tells no outer address and refuses is double NAT', async (t) => {
  const { mapper, attempts } = await scene(t, {
    ...{ outerIp: '', isConnected: true },
    refuse: (action) => (action === 'AddPortMapping' ? 501 : undefined),
  })
  await mapper.want(tcp, soon())
  assert.equal(mapper.state(), 'double-nat')
  await eventually(() =>
    attempts().some(({ outcome }) => outcome.state === 'failed' && outcome.reason === 'double-nat'),
  )
})

test('port mapping: without any router it says so, and goes on searching with growing pauses', async (t) => {
  const { router, mapper, attempts } = await scene(
    t,
    { isSilent: true },
    { searchMs: 200, searchPauses: { ...pauses, mostMs: 400 } },
  )
  assert.equal(mapper.state(), 'searching')
  await inState(mapper, 'no-gateway')
  assert.deepEqual(attempts()[0]?.outcome, { state: 'failed', reason: 'no-gateway' })
  const starts = await eventually(() => attempts().length >= 4 && attempts().map(({ startedAt }) => startedAt))
  const waits = starts.slice(1).map((at, index) => at - (starts[index] ?? 0))
  // A search of 200 ms, and a pause that begins with 60 ms and grows by half.
  assert.ok(
    waits.every((ms, index) => ms >= 190 + 60 * 1.5 ** index),
    waits.join(),
  )
  router.behaviour.isSilent = false
  await mapper.want(tcp, AbortSignal.timeout(50))
  await inState(mapper, 'mapped')
})

test('port mapping: a router that goes away takes its addresses along, and is found when it comes back', async (t) => {
  const { router, mapper, attempts } = await scene(t, {}, { requestMs: 250 })
  await mapper.want(tcp, soon())
  router.behaviour.isSilent = true
  await eventually(() => mapper.mappings().length === 0, { withinMs: 3_000, what: 'the address taken back' })
  await inState(mapper, 'no-gateway')
  assert.ok(stagesOf(attempts()).includes('gateway-lost'))
  router.behaviour.isSilent = false
  router.entries.clear()
  await inState(mapper, 'mapped')
  assert.equal(router.entries.size, 1)
})

test('port mapping: on another network the router of the last one is forgotten, and there is a search at once', async (t) => {
  const { mapper, setLans } = await scene(t)
  await mapper.want(tcp, soon())
  setLans([])
  await eventually(() => mapper.mappings().length === 0 && mapper.routers().length === 0)
  await inState(mapper, 'no-gateway')
  setLans([{ address: host, subnet: '127.0.0.1/8' }])
  await inState(mapper, 'mapped')
})

test('port mapping: stopping is over in time although the router went silent, and in the middle of a search', async (t) => {
  const { router, mapper } = await scene(t, {}, { unmapMs: 300, requestMs: 5_000 })
  await mapper.want(tcp, soon())
  router.behaviour.isSilent = true
  const began = performance.now()
  await mapper.stop()
  assert.ok(performance.now() - began < 600, `${performance.now() - began} ms`)

  const other = await scene(t, { isSilent: true }, { searchMs: 10_000 })
  const again = performance.now()
  await other.mapper.stop()
  assert.ok(performance.now() - again < 300)
})

test('port mapping: stopped in the middle of a request, what the router opened all the same is closed', async (t) => {
  const { router, mapper } = await scene(t, {}, { requestMs: 5_000 })
  await stopWhileAsking(router, mapper)
  assert.equal(router.entries.size, 0)
})

test('port mapping: stopped in the middle of asking for a port that somebody else has, his stays open', async (t) => {
  const { router, mapper } = await scene(t, {}, { requestMs: 5_000 })
  router.entries.set('TCP 4001', { client: '127.0.0.9', port: 1, leaseSeconds: 0, description: 'his' })
  await stopWhileAsking(router, mapper)
  assert.deepEqual([...router.entries.keys()], ['TCP 4001'])
})

async function stopWhileAsking(router: FakeRouter, mapper: PortMapper): Promise<void> {
  const { promise: isAsked, resolve } = Promise.withResolvers<void>()
  router.behaviour.refuse = (action) => {
    if (action === 'AddPortMapping') resolve()
    return undefined
  }
  await eventually(() => mapper.routers().length > 0)
  void mapper.want(tcp, soon())
  await isAsked
  await mapper.stop()
}

test('port mapping: libp2p gets one router that stands for all, and an answer for each port it asks for', async (t) => {
  const { router, mapper } = await scene(t)
  const client = createPortMappingClient(mapper, () => {})
  for await (const gateway of client.findGateways({ signal: soon() })) {
    const mapping = await gateway.map(4001, host, { protocol: 'tcp' })
    assert.deepEqual(mapping, {
      ...{ externalHost: '80.1.2.3', externalPort: 4001, internalHost: host, internalPort: 4001 },
      protocol: 'TCP',
    })
    assert.equal((await gateway.map(4002, host, { protocol: 'UDP' })).protocol, 'UDP')
    await assert.rejects(gateway.map(4003, '172.17.0.1'), /no router on this network/)
    assert.equal(await gateway.externalIp(), '80.1.2.3')
  }
  assert.equal(router.entries.size, 2)
  await assert.rejects(client.getGateway(new URL('http://192.168.1.1/')))
})

test('port mapping: libp2p’s search ends with its signal when there is no router', async (t) => {
  const { mapper } = await scene(t, { isSilent: true })
  const client = createPortMappingClient(mapper, () => {})
  for await (const _ of client.findGateways({ signal: AbortSignal.timeout(100) })) assert.fail('nothing was there')
})
