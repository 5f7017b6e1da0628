import type { Host } from './lab.ts'
import type { Probe } from './probe.ts'
import type { Connected, Endpoint } from './probe-words.ts'

/** What plain sockets show of the network a host is in. */
export interface Observation {
  /** The outer endpoint each of three reflectors saw for one inner port; undefined = no answer. */
  readonly udp: readonly (Endpoint | undefined)[]
  readonly tcp: readonly (Endpoint | undefined)[]
  /** Whether one of them, sending again from where it was spoken to, is heard. */
  readonly hearsKnown: boolean
  /** Whether it is heard from another port of its address. */
  readonly hearsOtherPort: boolean
  /** Whether a machine never spoken to is heard. */
  readonly hearsStranger: boolean
  /** What such a machine gets when it connects to the outer port, behind which somebody listens. */
  readonly strangerConnects: Connected['outcome']
  /** What it gets at an outer port nobody has used. */
  readonly unusedPort: Connected['outcome']
  /** How many routers a packet passes on its way out; undefined where no UDP gets out. */
  readonly routers: number | undefined
}

/** Those a host speaks to, and those it does not. */
export interface Observers {
  /** Reflects at the first two of `reflectors`. */
  readonly known: Probe
  /** Reflects at the third. */
  readonly stranger: Probe
  /** Two ports of one machine, and another machine. */
  readonly reflectors: readonly [Endpoint, Endpoint, Endpoint]
}

const INNER_PORT = 5555
const HOPS_PORT = 5600
const UNUSED_PORT = 40_000
/** Added to a reflector's: source ports no host has ever spoken to. */
const OTHER_PORTS = 20
const HEARD_WITHIN_MS = 20_000

/** Observes the network of one host. What is silence is told by what comes later, not by the clock. */
export async function observe(host: Host, probe: Probe, observers: Observers): Promise<Observation> {
  const [datagrams, streams, routers] = await Promise.all([
    observeUdp(host, probe, observers),
    observeTcp(host, probe, observers),
    countRouters(probe, observers.reflectors[0]),
  ])
  return { ...datagrams, ...streams, routers }
}

async function observeUdp(host: Host, probe: Probe, { known, stranger, reflectors }: Observers) {
  const udp = await Promise.all(reflectors.map((to) => probe.seen(INNER_PORT, to)))
  const [first] = reflectors
  const [seen] = udp
  if (seen === undefined) return { udp, hearsKnown: false, hearsOtherPort: false, hearsStranger: false }
  const outer = { address: host.outerAddress, port: seen.port }
  const [otherPort, strangerPort] = [first.port + OTHER_PORTS, first.port + OTHER_PORTS + 1]
  await stranger.send(strangerPort, outer, 'from a stranger')
  await known.send(otherPort, outer, 'from another port')
  // Last, so that whatever else gets through has come before it.
  await known.send(first.port, outer, 'again')
  const heard: string[] = []
  while (!heard.includes('again')) {
    const next = await probe.hear(INNER_PORT, { withinMs: HEARD_WITHIN_MS })
    if (next === undefined) break
    heard.push(next.text)
  }
  return {
    udp,
    hearsKnown: heard.includes('again'),
    hearsOtherPort: heard.includes('from another port'),
    hearsStranger: heard.includes('from a stranger'),
  }
}

async function observeTcp(host: Host, probe: Probe, { stranger, reflectors }: Observers) {
  const results = await Promise.all(reflectors.map((to) => probe.connect(INNER_PORT, to)))
  const tcp = results.map((result) => (result.outcome === 'connected' ? result.seen : undefined))
  await probe.end('fin')
  // So that nothing but the network keeps a stranger out.
  await probe.listen(INNER_PORT)
  const outer = { address: host.outerAddress, port: tcp[0]?.port ?? INNER_PORT }
  const [atOpen, atUnused] = await Promise.all([
    stranger.knock(outer, reflectors[0]),
    stranger.knock({ ...outer, port: UNUSED_PORT }, reflectors[0]),
  ])
  return { tcp, strangerConnects: atOpen.outcome, unusedPort: atUnused.outcome }
}

/** A packet that may pass fewer routers than there are dies on the way. */
async function countRouters(probe: Probe, to: Endpoint): Promise<number | undefined> {
  const reached = await Promise.all(
    [1, 2, 3, 4].map(async (hops) =>
      (await probe.seen(HOPS_PORT + hops, to, { hops })) === undefined ? [] : [hops - 1],
    ),
  )
  return reached.flat()[0]
}
