import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { insideTests } from './net/inside-test.ts'
import { createLab, type Host, type Lab, type RelaySite } from './net/lab.ts'
import { type Probe, startProbe } from './net/probe.ts'
import type { Endpoint } from './net/probe-words.ts'

const DELAY_MS = 10
const LOSS_PERCENT = 20

interface Resident {
  readonly host: Host
  readonly probe: Probe
}

insideTests(
  { name: 'what happens to networks happens in the lab', file: import.meta.filename, kinds: ['random'] },
  () => {
    let lab: Lab
    let site: RelaySite
    let relay: Probe
    let home: Resident
    let sibling: Resident
    let open: Resident
    let far: Resident
    let changing: readonly Resident[]
    let cone: Resident
    const probes: Probe[] = []
    const reflector = (): Endpoint => ({ address: site.address, port: 7001 })
    const probeOn = (where: Host | RelaySite): Probe => {
      const probe = startProbe(where)
      probes.push(probe)
      return probe
    }
    const resident = async (host: Promise<Host>): Promise<Resident> => ({
      host: await host,
      probe: probeOn(await host),
    })

    before(async () => {
      lab = await createLab({ delayMs: DELAY_MS })
      site = await lab.addSite({ hasSecondAddress: true })
      relay = probeOn(site)
      await relay.reflect(reflector())
      const kinds = ['restricted', 'public', 'cgn', 'cone', 'symmetric', 'random'] as const
      const hosts = await Promise.all(kinds.map((kind) => resident(lab.addHost(kind))))
      const [first, second, third, fourth, ...others] = hosts
      assert.ok(first && second && third && fourth)
      home = first
      open = second
      far = third
      cone = fourth
      changing = others
      sibling = await resident(lab.addBehind(home.host))
    })
    after(async () => {
      await Promise.all(probes.map((probe) => probe.stop()))
      await lab.stop()
    })

    test('the internet is as far away as was asked, there and back', async () => {
      const took: number[] = []
      const best = await eventually(async () => {
        const result = await far.probe.knock(reflector(), reflector())
        assert.ok(result.outcome === 'connected')
        took.push(result.tookMs)
        // A busy machine adds to it now and then; nothing takes away from it ever.
        return result.tookMs < 2 * DELAY_MS + 8 && took
      })
      assert.ok(Math.min(...best) >= 2 * DELAY_MS, `${took} ms`)
    })

    test('a machine has a second address on another network', async () => {
      assert.ok(site.secondAddress)
      const second = { address: site.secondAddress, port: 7001 }
      await relay.reflect(second)
      assert.equal((await home.probe.seen(5000, second))?.port, 5000)
    })

    test('two machines behind one router reach each other at home, and look alike from outside', async () => {
      assert.notEqual(home.host.address, sibling.host.address)
      assert.equal(home.host.outerAddress, sibling.host.outerAddress)
      const seen = [await home.probe.seen(5001, reflector()), await sibling.probe.seen(5002, reflector())]
      assert.deepEqual(
        seen.map((endpoint) => endpoint?.address),
        [home.host.outerAddress, home.host.outerAddress],
      )
      const near = { address: sibling.host.address, port: 6000 }
      await sibling.probe.reflect(near)
      assert.deepEqual(await home.probe.seen(5003, near), { address: home.host.address, port: 5003 })
    })

    test('a dead line is silent both ways, and lives again', async () => {
      await home.probe.connect(5010, reflector())
      await lab.setLink(home.host, false)
      assert.equal(await home.probe.echoes(200), false)
      assert.equal(await home.probe.seen(5011, reflector(), { withinMs: 300 }), undefined)
      await lab.setLink(home.host, true)
      assert.notEqual(await home.probe.seen(5011, reflector()), undefined)
      assert.equal(await home.probe.echoes(10_000), true, 'the connection is not broken, only late')
    })

    test('packets can vanish in one direction only, and every one that is sent is counted', async () => {
      const { host, probe } = open
      const packets = async (from: string, to: string): Promise<number> => (await lab.trafficBetween(from, to)).packets
      const counts = async (): Promise<readonly number[]> => [
        await packets(host.address, site.address),
        await packets(site.address, host.address),
      ]
      const isAnswered = async (withinMs: number): Promise<boolean> => {
        await probe.send(5020, reflector())
        return (await probe.hear(5020, { withinMs })) !== undefined
      }
      await lab.dropOneWay(host, 'in')
      assert.equal(await isAnswered(300), false)
      await eventually(async () => (await counts()).join() === '1,1', {
        what: 'a question, and an answer that is lost',
      })
      await lab.dropOneWay(host, 'out')
      assert.equal(await isAnswered(300), false)
      assert.deepEqual(await counts(), [2, 1])
      await lab.dropOneWay(host, 'none')
      assert.equal(await isAnswered(10_000), true)
    })

    test('what two addresses send each other is counted, and nothing else', async () => {
      const [from, to] = [cone.host.outerAddress, far.host.outerAddress]
      await cone.probe.seen(5030, reflector())
      assert.deepEqual(await lab.trafficBetween(from, to), { packets: 0, bytes: 0 })
      await cone.probe.send(5030, { address: to, port: 9 }, 'four')
      await cone.probe.seen(5030, reflector())
      assert.deepEqual(await lab.trafficBetween(from, to), { packets: 1, bytes: 20 + 8 + 4 })
    })

    for (const { what, act } of [
      { what: 'a router that starts again', act: (host: Host) => lab.rebootRouter(host) },
      { what: 'mappings that expire', act: (host: Host) => lab.flushMappings(host) },
    ]) {
      test(`${what}: symmetric and random give other ports, cone lets nobody in any more`, async () => {
        for (const { host, probe } of changing) {
          const first = await probe.seen(5050, reflector())
          assert.deepEqual(await probe.seen(5050, reflector()), first, 'kept as long as it is used')
          await act(host)
          assert.notDeepEqual(await probe.seen(5050, reflector()), first, host.kind)
        }
        const outer = { address: cone.host.outerAddress, port: 5051 }
        await cone.probe.seen(5051, reflector())
        await relay.send(7900, outer, 'before')
        assert.equal((await cone.probe.hear(5051, { withinMs: 10_000 }))?.text, 'before')
        await act(cone.host)
        await relay.send(7901, outer, 'after')
        // Whatever comes to this host later is here, and that is not.
        await cone.probe.seen(5052, reflector())
        assert.equal(await cone.probe.hear(5051, { withinMs: 50 }), undefined)
      })
    }

    test('a host carried from network to network has new addresses, and its old ones are dead', async () => {
      const { host, probe } = home
      const { outerAddress: left } = host
      await probe.end('fin')
      await probe.connect(5040, reflector())
      for (const [step, kind] of (['public', 'cgn', 'symmetric', 'firewall6', 'restricted'] as const).entries()) {
        const before = [host.address, host.outerAddress]
        await lab.move(host, kind)
        assert.equal(host.kind, kind)
        assert.ok(!before.includes(host.address) && !before.includes(host.outerAddress), `${before} again`)
        if (kind === 'firewall6') continue
        assert.equal((await probe.seen(5041 + step, reflector()))?.address, host.outerAddress, kind)
      }
      assert.equal(await probe.echoes(500), false, 'a connection does not outlive its address')
      assert.equal((await sibling.probe.seen(5049, reflector()))?.address, left, 'whoever stays keeps the router')
    })

    test('some packets are lost, about as many as was asked', async () => {
      await Promise.all(probes.splice(0).map((probe) => probe.stop()))
      await lab.stop()
      lab = await createLab({ delayMs: 1, lossPercent: LOSS_PERCENT })
      site = await lab.addSite()
      await probeOn(site).reflect(reflector())
      const probe = probeOn(await lab.addHost('restricted'))
      let heard = 0
      // In small heaps, for a full socket buffer loses packets too.
      for (let heap = 0; heap < 12; heap++) {
        await Promise.all(Array.from({ length: 50 }, () => probe.send(5060, reflector())))
        while ((await probe.hear(5060, { withinMs: 100 })) !== undefined) heard += 1
      }
      // There and back. More than four standard deviations either way.
      const expected = 12 * 50 * (1 - LOSS_PERCENT / 100) ** 2
      assert.ok(Math.abs(heard - expected) < 55, `${heard} came back of 600, expected about ${expected}`)
    })
  },
)
