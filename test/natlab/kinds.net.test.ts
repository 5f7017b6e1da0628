import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { insideTests } from './net/inside-test.ts'
import { createLab, type Host, type Lab, type NatKind, type RelaySite } from './net/lab.ts'
import { type Probe, startProbe } from './net/probe.ts'
import type { Endpoint } from './net/probe-words.ts'
import { shiftedPort } from './net/rules.ts'

/** Which outer port an inner one gets. */
type Mapping = 'own' | 'shifted' | 'random' | 'for each peer' | 'none'

interface Nature {
  readonly udp: Mapping
  readonly tcp: Mapping
  readonly letsStrangersIn: boolean
  /** Routers on the way out. */
  readonly routers: number
}

/** RFC 4787 in short: what a router does is which port it gives, and whom it lets in. */
const NATURES: Readonly<Record<NatKind, Nature>> = {
  public: { udp: 'own', tcp: 'own', letsStrangersIn: true, routers: 0 },
  cone: { udp: 'own', tcp: 'own', letsStrangersIn: true, routers: 1 },
  mapped: { udp: 'own', tcp: 'own', letsStrangersIn: false, routers: 1 },
  restricted: { udp: 'own', tcp: 'own', letsStrangersIn: false, routers: 1 },
  shifted: { udp: 'shifted', tcp: 'shifted', letsStrangersIn: false, routers: 1 },
  random: { udp: 'random', tcp: 'random', letsStrangersIn: false, routers: 1 },
  cgn: { udp: 'own', tcp: 'own', letsStrangersIn: false, routers: 2 },
  noudp: { udp: 'none', tcp: 'own', letsStrangersIn: false, routers: 1 },
  symmetric: { udp: 'for each peer', tcp: 'for each peer', letsStrangersIn: false, routers: 1 },
  cgnsym: { udp: 'for each peer', tcp: 'for each peer', letsStrangersIn: false, routers: 2 },
  firewall6: { udp: 'own', tcp: 'own', letsStrangersIn: false, routers: 1 },
}
const KINDS = Object.keys(NATURES).filter((kind): kind is NatKind => kind in NATURES)
const INNER_PORT = 5555
/** At 2 ms one way an answer takes 8 ms; silence is what lasts longer than this. */
const SILENCE_MS = 250

interface Scene {
  readonly lab: Lab
  readonly hosts: ReadonlyMap<NatKind, { readonly host: Host; readonly probe: Probe }>
  /** Three that answer: two ports of one machine, and another machine. */
  reflectors(kind: NatKind): readonly Endpoint[]
  /** Never spoken to by any host. */
  readonly stranger: Probe
  strangerAt(kind: NatKind): Endpoint
  /** The probe that reflects at the first two. */
  readonly known: Probe
  stop(): Promise<void>
}

async function openScene(wan: 'drop' | 'reject'): Promise<Scene> {
  const lab = await createLab({ delayMs: 2, wan })
  const [one, two] = [await lab.addSite({ hasIpv6: true }), await lab.addSite({ hasIpv6: true })]
  const [known, stranger] = [startProbe(one), startProbe(two)]
  const at = (site: RelaySite, kind: NatKind, port: number): Endpoint => ({
    address: kind === 'firewall6' ? (site.address6 ?? '') : site.address,
    port,
  })
  const families: readonly NatKind[] = ['public', 'firewall6']
  for (const kind of families) {
    await known.reflect(at(one, kind, kind === 'public' ? 7001 : 7101))
    await known.reflect(at(one, kind, kind === 'public' ? 7002 : 7102))
    await stranger.reflect(at(two, kind, kind === 'public' ? 7001 : 7101))
  }
  const hosts = new Map(
    await Promise.all(
      KINDS.map(async (kind) => {
        const host = await lab.addHost(kind)
        return [kind, { host, probe: startProbe(host) }] as const
      }),
    ),
  )
  const first = (kind: NatKind): number => (kind === 'firewall6' ? 7101 : 7001)
  return {
    lab,
    hosts,
    known,
    stranger,
    reflectors: (kind) => [at(one, kind, first(kind)), at(one, kind, first(kind) + 1), at(two, kind, first(kind))],
    strangerAt: (kind) => at(two, kind, first(kind) + 8),
    async stop() {
      await Promise.all([known, stranger, ...[...hosts.values()].map(({ probe }) => probe)].map((each) => each.stop()))
      await lab.stop()
    },
  }
}

function assertMapping(expected: Mapping, ports: readonly (number | undefined)[], inner: number): void {
  const distinct = new Set(ports)
  switch (expected) {
    case 'own':
      return assert.deepEqual([...distinct], [inner])
    case 'shifted':
      return assert.deepEqual([...distinct], [shiftedPort(inner)])
    case 'random':
      assert.equal(distinct.size, 1, `one port for every peer, not ${ports}`)
      return assert.notEqual(ports[0], inner)
    case 'for each peer':
      return assert.equal(distinct.size, ports.length, `another port for each peer, not ${ports}`)
    case 'none':
      return assert.deepEqual([...distinct], [undefined])
  }
}

async function udpSeen(probe: Probe, port: number, to: Endpoint, hops?: number): Promise<Endpoint | undefined> {
  await probe.send(port, to, hops === undefined ? {} : { hops })
  const heard = await probe.hear(port, { from: to, withinMs: SILENCE_MS })
  return heard === undefined ? undefined : JSON.parse(heard.text)
}

insideTests({ name: 'each kind of NAT is what it says', file: import.meta.filename, kinds: KINDS }, () => {
  let scene: Scene
  before(async () => {
    scene = await openScene('drop')
  })
  after(() => scene.stop())
  const of = (kind: NatKind): { readonly host: Host; readonly probe: Probe } => {
    const found = scene.hosts.get(kind)
    assert.ok(found)
    return found
  }

  for (const kind of KINDS) {
    const { udp, tcp, letsStrangersIn, routers } = NATURES[kind]

    test(`${kind}: UDP gets ${udp} ports, and strangers are ${letsStrangersIn ? 'let in' : 'kept out'}`, async () => {
      const { host, probe } = of(kind)
      const seen: (Endpoint | undefined)[] = []
      for (const to of scene.reflectors(kind)) seen.push(await udpSeen(probe, INNER_PORT, to))
      assertMapping(
        udp,
        seen.map((one) => one?.port),
        INNER_PORT,
      )
      if (udp === 'none') return
      assert.deepEqual(new Set(seen.map((one) => one?.address)), new Set([host.outerAddress]))

      const [known, ...others] = scene.reflectors(kind)
      assert.ok(known)
      const outer = { address: host.outerAddress, port: seen[0]?.port ?? 0 }
      await scene.known.send(known.port, outer, { text: 'from one it knows' })
      assert.equal((await probe.hear(INNER_PORT, { from: known }))?.text, 'from one it knows')
      await scene.known.send(known.port + 7, outer, { text: 'from another port' })
      await scene.stranger.send(known.port + 8, outer, { text: 'from another address' })
      const strangers = [
        await probe.hear(INNER_PORT, { withinMs: SILENCE_MS }),
        await probe.hear(INNER_PORT, { withinMs: 1 }),
      ]
      assert.deepEqual(
        strangers.map((heard) => heard?.text),
        letsStrangersIn ? ['from another port', 'from another address'] : [undefined, undefined],
      )
      assert.equal(others.length, 2)
    })

    test(`${kind}: TCP gets ${tcp} ports, and strangers are ${letsStrangersIn ? 'let in' : 'kept out'}`, async () => {
      const { host, probe } = of(kind)
      const seen: (Endpoint | undefined)[] = []
      for (const to of scene.reflectors(kind)) {
        const result = await probe.connect(INNER_PORT, to)
        seen.push(result.outcome === 'connected' ? result.seen : undefined)
      }
      assertMapping(
        tcp,
        seen.map((one) => one?.port),
        INNER_PORT,
      )
      // Even a program that listens on the very port hears nothing of strangers.
      await probe.end('fin')
      await probe.listen(INNER_PORT)
      const knock = await scene.stranger.knock(0, { address: host.outerAddress, port: seen[0]?.port ?? 0 }, SILENCE_MS)
      assert.equal(knock.outcome, letsStrangersIn ? 'connected' : 'silence')
      const unused = await scene.stranger.knock(0, { address: host.outerAddress, port: 40_000 }, SILENCE_MS)
      assert.equal(unused.outcome, kind === 'public' ? 'refused' : 'silence')
    })

    test(`${kind}: ${routers} routers on the way out`, { skip: udp === 'none' && 'UDP never leaves' }, async () => {
      const { probe } = of(kind)
      const [to] = scene.reflectors(kind)
      assert.ok(to)
      // A packet that may pass fewer routers than there are dies on the way.
      const short = routers === 0 ? undefined : await udpSeen(probe, INNER_PORT + 1, to, routers)
      assert.equal(short, undefined)
      assert.notEqual(await udpSeen(probe, INNER_PORT + 1, to, routers + 1), undefined)
    })
  }

  for (const who of ['inside', 'outside'] as const) {
    test(`random: a reset from ${who} takes the whole mapping away, which other kinds keep`, async () => {
      const [one, two] = scene.reflectors('random')
      assert.ok(one && two)
      for (const kind of ['random', 'restricted'] as const) {
        const { probe } = of(kind)
        const port = who === 'inside' ? 6001 : 6002
        const first = await probe.connect(port, one)
        const second = await probe.connect(port, two)
        assert.ok(first.outcome === 'connected' && second.outcome === 'connected')
        assert.equal(first.seen?.port, second.seen?.port)
        await (who === 'inside' ? probe : scene.known).end('reset')
        if (who === 'outside') await probe.end('fin')
        // To somebody new, whom no waiting connection on this port has spoken to.
        const third = await probe.connect(port, scene.reflectors('random')[2] ?? one)
        assert.ok(third.outcome === 'connected')
        assert.equal(third.seen?.port === first.seen?.port, kind === 'restricted', kind)
      }
    })
  }

  test('random: the mapping outlives a connection that ends in peace', async () => {
    const { probe } = of('random')
    const [one, two] = scene.reflectors('random')
    assert.ok(one && two)
    const first = await probe.connect(6003, one)
    await probe.end('fin')
    const second = await probe.connect(6003, two)
    assert.ok(first.outcome === 'connected' && second.outcome === 'connected')
    assert.equal(first.seen?.port, second.seen?.port)
  })
})
