import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { insideTests } from './net/inside-test.ts'
import { createLab, type Host, type NatKind, type RelaySite } from './net/lab.ts'
import { type Observation, type Observers, observe } from './net/observe.ts'
import { type Probe, startProbe } from './net/probe.ts'
import type { Endpoint } from './net/probe-words.ts'
import { shiftedPort } from './net/rules.ts'
import { NAT_KINDS } from './net/types.ts'

/** Which outer port an inner one gets: its own number, another, one for each peer, or none because nothing gets out. */
type Mapping = 'own' | 'shifted' | 'random' | 'one for each peer' | 'none'

/** RFC 4787 in short: a NAT is which port it gives (mapping), and whom it lets in (filtering). */
interface Nature {
  readonly udp: Mapping
  readonly tcp: Mapping
  readonly letsStrangersIn: boolean
  readonly routers: number | undefined
}

const NATURES: Readonly<Record<NatKind, Nature>> = {
  public: { udp: 'own', tcp: 'own', letsStrangersIn: true, routers: 0 },
  mapped: { udp: 'own', tcp: 'own', letsStrangersIn: false, routers: 1 },
  cone: { udp: 'own', tcp: 'own', letsStrangersIn: true, routers: 1 },
  restricted: { udp: 'own', tcp: 'own', letsStrangersIn: false, routers: 1 },
  shifted: { udp: 'shifted', tcp: 'shifted', letsStrangersIn: false, routers: 1 },
  random: { udp: 'random', tcp: 'random', letsStrangersIn: false, routers: 1 },
  cgn: { udp: 'own', tcp: 'own', letsStrangersIn: false, routers: 2 },
  noudp: { udp: 'none', tcp: 'own', letsStrangersIn: false, routers: undefined },
  symmetric: { udp: 'one for each peer', tcp: 'one for each peer', letsStrangersIn: false, routers: 1 },
  cgnsym: { udp: 'one for each peer', tcp: 'one for each peer', letsStrangersIn: false, routers: 2 },
  firewall6: { udp: 'own', tcp: 'own', letsStrangersIn: false, routers: 1 },
}
/** One for each way the lab makes a router: nftables, the program in random-nat.c, IPv6. */
const REJECTING: readonly NatKind[] = ['restricted', 'random', 'firewall6']
const INNER_PORT = 5555

interface Resident {
  readonly host: Host
  readonly probe: Probe
  readonly seen: Promise<Observation>
}

interface Scene {
  of(kind: NatKind): Resident
  /** Behind routers that answer what they do not want. */
  readonly rejecting: readonly Resident[]
  observers(kind: NatKind): Observers
  stop(): Promise<void>
}

/** A lab with one host of each kind, all observed at the same time. */
async function openScene(): Promise<Scene> {
  const lab = await createLab({ delayMs: 2 })
  const sites = [await lab.addSite({ hasIpv6: true }), await lab.addSite({ hasIpv6: true })] as const
  const [known, stranger] = [startProbe(sites[0]), startProbe(sites[1])]
  const observers = (kind: NatKind): Observers => {
    const port = kind === 'firewall6' ? 7101 : 7001
    const at = (site: RelaySite): string => (kind === 'firewall6' ? (site.address6 ?? '') : site.address)
    const [one, two]: readonly [string, string] = [at(sites[0]), at(sites[1])]
    const reflectors: Observers['reflectors'] = [
      { address: one, port },
      { address: one, port: port + 1 },
      { address: two, port },
    ]
    return { known, stranger, reflectors }
  }
  for (const kind of ['public', 'firewall6'] as const) {
    const [first, second, third] = observers(kind).reflectors
    await Promise.all([known.reflect(first), known.reflect(second), stranger.reflect(third)])
  }
  const resident = async (kind: NatKind, wan: 'drop' | 'reject'): Promise<Resident> => {
    const host = await lab.addHost(kind, { wan })
    const probe = startProbe(host)
    const seen = observe(host, probe, observers(kind))
    // The test of its kind hears of it.
    seen.catch(() => {})
    return { host, probe, seen }
  }
  const [hosts, rejecting] = await Promise.all([
    Promise.all(NAT_KINDS.map((kind) => resident(kind, 'drop'))),
    Promise.all(REJECTING.map((kind) => resident(kind, 'reject'))),
  ])
  return {
    of(kind) {
      const found = hosts.find(({ host }) => host.kind === kind)
      assert.ok(found)
      return found
    },
    rejecting,
    observers,
    async stop() {
      const all = [...hosts, ...rejecting]
      await Promise.allSettled(all.map(({ seen }) => seen))
      await Promise.all([known, stranger, ...all.map(({ probe }) => probe)].map((probe) => probe.stop()))
      await lab.stop()
    },
  }
}

function assertMapping(expected: Mapping, seen: readonly (Endpoint | undefined)[]): void {
  const ports = seen.map((endpoint) => endpoint?.port)
  const distinct = new Set(ports)
  if (expected === 'own') assert.deepEqual([...distinct], [INNER_PORT])
  if (expected === 'shifted') assert.deepEqual([...distinct], [shiftedPort(INNER_PORT)])
  if (expected === 'none') assert.deepEqual([...distinct], [undefined])
  if (expected === 'one for each peer') assert.equal(distinct.size, ports.length, `not a port for each peer: ${ports}`)
  if (expected !== 'random') return
  assert.equal(distinct.size, 1, `not the same port for all peers: ${ports}`)
  assert.notEqual(ports[0], INNER_PORT)
}

insideTests({ name: 'each kind of network is what it says', file: import.meta.filename, kinds: NAT_KINDS }, () => {
  let scene: Scene
  before(async () => {
    scene = await openScene()
  })
  after(() => scene.stop())

  for (const kind of NAT_KINDS) {
    const { udp, tcp, letsStrangersIn, routers } = NATURES[kind]
    const strangers = letsStrangersIn ? 'let in' : 'kept out without an answer'
    test(`${kind}: UDP ports ${udp}, TCP ports ${tcp}, strangers ${strangers}`, async () => {
      const { host, seen } = scene.of(kind)
      const found = await seen
      assertMapping(udp, found.udp)
      assertMapping(tcp, found.tcp)
      const addresses = [...found.udp, ...found.tcp].flatMap((endpoint) => endpoint?.address ?? [])
      assert.deepEqual([...new Set(addresses)], [host.outerAddress])
      assert.deepEqual(
        {
          known: found.hearsKnown,
          otherPort: found.hearsOtherPort,
          stranger: found.hearsStranger,
          connects: found.strangerConnects,
          unused: found.unusedPort,
        },
        {
          known: udp !== 'none',
          otherPort: letsStrangersIn,
          stranger: letsStrangersIn,
          connects: letsStrangersIn ? 'connected' : 'silence',
          unused: kind === 'public' ? 'refused' : 'silence',
        },
      )
      assert.equal(found.routers, routers)
    })
  }

  for (const who of ['inside', 'outside'] as const) {
    test(`random: a reset from ${who} takes the whole mapping away, which other kinds keep`, async () => {
      const { known, reflectors } = scene.observers('random')
      const [one, two, three] = reflectors
      for (const kind of ['random', 'restricted'] as const) {
        const { probe } = scene.of(kind)
        const port = who === 'inside' ? 6001 : 6002
        const first = await probe.connect(port, one)
        const second = await probe.connect(port, three)
        assert.ok(first.outcome === 'connected' && second.outcome === 'connected')
        assert.equal(first.seen?.port, second.seen?.port)
        if (who === 'outside') await known.end('reset')
        // The reset has come through when the connection is gone.
        if (who === 'outside') assert.equal(await probe.echoes(10_000), false)
        // With resets, for an ordinary end would be said again and again, by a mapping it does not belong to.
        await probe.end('reset')
        const next = await probe.connect(port, two)
        assert.ok(next.outcome === 'connected')
        assert.equal(next.seen?.port === first.seen?.port, kind === 'restricted', kind)
      }
    })
  }

  test('random: the mapping outlives a connection that ends in peace', async () => {
    const { probe } = scene.of('random')
    const [one, two] = scene.observers('random').reflectors
    const first = await probe.connect(6003, one)
    await probe.end('fin')
    const second = await probe.connect(6003, two)
    assert.ok(first.outcome === 'connected' && second.outcome === 'connected')
    assert.equal(first.seen?.port, second.seen?.port)
  })

  test('with wan: reject a stranger gets a refusal, and nothing else is different', async () => {
    for (const { host, seen } of scene.rejecting) {
      const found = await seen
      assertMapping(NATURES[host.kind].udp, found.udp)
      assertMapping(NATURES[host.kind].tcp, found.tcp)
      assert.deepEqual([found.strangerConnects, found.unusedPort], ['refused', 'refused'], host.kind)
      assert.deepEqual([found.hearsKnown, found.hearsOtherPort, found.hearsStranger], [true, false, false], host.kind)
    }
  })
})
