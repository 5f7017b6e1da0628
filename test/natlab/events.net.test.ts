import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { insideTests } from './net/inside-test.ts'
import { createLab, type Host, type Lab, type RelaySite } from './net/lab.ts'
import { seenByUdp } from './net/observe.ts'
import { type Probe, startProbe } from './net/probe.ts'
import type { Endpoint } from './net/probe-words.ts'

const DELAY_MS = 10
const LOSS_PERCENT = 20

insideTests({ name: 'what happens to networks happens in the lab', file: import.meta.filename, kinds: [] }, () => {
  let lab: Lab
  let site: RelaySite
  let relay: Probe
  const probes: Probe[] = []
  const reflector = (): Endpoint => ({ address: site.address, port: 7001 })
  const probeOn = (where: Host | RelaySite): Probe => {
    const probe = startProbe(where)
    probes.push(probe)
    return probe
  }
  before(async () => {
    lab = await createLab({ delayMs: DELAY_MS })
    site = await lab.addSite({ hasSecondAddress: true })
    relay = probeOn(site)
    await relay.reflect(reflector())
  })
  after(async () => {
    await Promise.all(probes.map((probe) => probe.stop()))
    await lab.stop()
  })

  test('the internet is as far away as was asked, there and back, from its first packet on', async () => {
    const host = await lab.addHost('cgn')
    const probe = probeOn(host)
    const took: number[] = []
    for (let n = 0; n < 6; n++) {
      const result = await probe.knock(0, reflector(), 2_000)
      assert.ok(result.outcome === 'connected')
      took.push(result.tookMs)
    }
    const [first = 0] = took
    assert.ok(Math.min(...took) >= 2 * DELAY_MS && Math.min(...took) < 2 * DELAY_MS + 6, `${took} ms`)
    // Asking for a hardware address would have cost another trip there and back. A busy machine may take its time.
    assert.ok(first < 4 * DELAY_MS || first < 2 * Math.max(...took.slice(1)), `${took} ms`)
  })

  test('a machine has a second address on another network', async () => {
    const probe = probeOn(await lab.addHost('restricted'))
    assert.ok(site.secondAddress)
    const second = { address: site.secondAddress, port: 7001 }
    await relay.reflect(second)
    assert.equal((await seenByUdp(probe, 5000, second))?.port, 5000)
  })

  test('two machines behind one router reach each other at home, and look alike from outside', async () => {
    const one = await lab.addHost('restricted')
    const two = await lab.addBehind(one)
    assert.notEqual(one.address, two.address)
    assert.equal(one.outerAddress, two.outerAddress)
    const [first, second] = [probeOn(one), probeOn(two)]
    const seen = [await seenByUdp(first, 5001, reflector()), await seenByUdp(second, 5002, reflector())]
    assert.deepEqual(
      seen.map((endpoint) => endpoint?.address),
      [one.outerAddress, one.outerAddress],
    )
    await second.reflect({ address: two.address, port: 6000 })
    assert.deepEqual(await seenByUdp(first, 5003, { address: two.address, port: 6000 }), {
      address: one.address,
      port: 5003,
    })
  })

  test('a dead line is silent both ways, and lives again', async () => {
    const host = await lab.addHost('restricted')
    const probe = probeOn(host)
    await probe.connect(5010, reflector())
    await lab.setLink(host, false)
    assert.equal(await probe.echoes(200), false)
    assert.equal(await seenByUdp(probe, 5011, reflector()), undefined)
    await lab.setLink(host, true)
    assert.notEqual(await seenByUdp(probe, 5011, reflector()), undefined)
    assert.equal(await probe.echoes(3_000), true, 'the connection is not broken, only late')
  })

  test('packets can vanish in one direction only', async () => {
    const host = await lab.addHost('public')
    const probe = probeOn(host)
    const sent = async (): Promise<number> => (await lab.trafficBetween(host.address, site.address)).packets
    const answered = async (): Promise<number> => (await lab.trafficBetween(site.address, host.address)).packets
    await lab.dropOneWay(host, 'in')
    assert.equal(await seenByUdp(probe, 5020, reflector()), undefined)
    assert.deepEqual([await sent(), await answered()], [1, 1])
    await lab.dropOneWay(host, 'out')
    assert.equal(await seenByUdp(probe, 5020, reflector()), undefined)
    assert.deepEqual([await sent(), await answered()], [2, 1])
    await lab.dropOneWay(host, 'none')
    assert.notEqual(await seenByUdp(probe, 5020, reflector()), undefined)
  })

  test('what two addresses send each other is counted, and nothing else', async () => {
    const [one, two] = [await lab.addHost('restricted'), await lab.addHost('restricted')]
    const probe = probeOn(one)
    await seenByUdp(probe, 5030, reflector())
    assert.deepEqual(await lab.trafficBetween(one.outerAddress, two.outerAddress), { packets: 0, bytes: 0 })
    await probe.send(5030, { address: two.outerAddress, port: 9 }, { text: 'four' })
    await probe.hear(5030, { withinMs: 50 })
    assert.deepEqual(await lab.trafficBetween(one.outerAddress, two.outerAddress), { packets: 1, bytes: 20 + 8 + 4 })
  })

  test('a host carried from network to network has new addresses, and its old ones are dead', async () => {
    const host = await lab.addHost('restricted')
    const stays = await lab.addBehind(host)
    const probe = probeOn(host)
    const before = [host.address, host.outerAddress]
    await probe.connect(5040, reflector())
    for (const kind of ['public', 'cgn', 'symmetric', 'firewall6', 'restricted'] as const) {
      const [address, outerAddress] = [host.address, host.outerAddress]
      await lab.move(host, kind)
      assert.equal(host.kind, kind)
      assert.notEqual(host.address, address)
      assert.notEqual(host.outerAddress, outerAddress)
      if (kind === 'firewall6') continue
      assert.equal(
        (await seenByUdp(probe, 0, reflector()).catch(() => undefined))?.address ?? host.outerAddress,
        host.outerAddress,
      )
      const fresh = probeOn(host)
      assert.equal((await seenByUdp(fresh, 5041, reflector()))?.address, host.outerAddress, kind)
    }
    assert.equal(await probe.echoes(300), false, 'a connection does not outlive its address')
    assert.equal((await seenByUdp(probeOn(stays), 5042, reflector()))?.address, before[1], 'the router they left')
  })

  for (const [what, act] of [
    ['router started again', (host: Host) => lab.rebootRouter(host)],
    ['expiry of its mappings', (host: Host) => lab.flushMappings(host)],
  ] as const) {
    test(`a ${what}: symmetric and random give other ports, cone lets nobody in any more`, async () => {
      for (const kind of ['symmetric', 'random'] as const) {
        const host = await lab.addHost(kind)
        const probe = probeOn(host)
        const first = await seenByUdp(probe, 5050, reflector())
        assert.deepEqual(await seenByUdp(probe, 5050, reflector()), first, 'kept as long as it is used')
        await act(host)
        assert.notDeepEqual(await seenByUdp(probe, 5050, reflector()), first, kind)
      }
      const host = await lab.addHost('cone')
      const probe = probeOn(host)
      const outer = { address: host.outerAddress, port: 5051 }
      await seenByUdp(probe, 5051, reflector())
      await relay.send(7900, outer, { text: 'before' })
      assert.equal((await probe.hear(5051))?.text, 'before')
      await act(host)
      await relay.send(7901, outer, { text: 'after' })
      assert.equal(await probe.hear(5051), undefined)
    })
  }

  test('some packets are lost, about as many as was asked', async () => {
    await Promise.all(probes.splice(0).map((probe) => probe.stop()))
    await lab.stop()
    lab = await createLab({ delayMs: 1, lossPercent: LOSS_PERCENT })
    site = await lab.addSite()
    await probeOn(site).reflect(reflector())
    const probe = probeOn(await lab.addHost('restricted'))
    const count = 600
    await Promise.all(Array.from({ length: count }, () => probe.send(5060, reflector())))
    let heard = 0
    while ((await probe.hear(5060, { withinMs: 100 })) !== undefined) heard += 1
    // There and back. More than four standard deviations either way.
    const expected = count * (1 - LOSS_PERCENT / 100) ** 2
    assert.ok(Math.abs(heard - expected) < 55, `${heard} of ${count} came back, expected about ${expected}`)
  })
})
