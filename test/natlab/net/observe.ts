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
/** Source ports no host has ever spoken to. */
const OTHER_PORTS = 20
/** The hosts observed here are 8 ms away from the reflectors: an answer that has not come by now will not come. */
const SILENCE_MS = 400

/** Observes the network of one host; takes about two silences. */
export async function observe(host: Host, probe: Probe, observers: Observers): Promise<Observation> {
  const [datagrams, streams, routers] = await Promise.all([
    observeUdp(host, probe, observers),
    observeTcp(host, probe, observers),
    countRouters(probe, observers.reflectors[0]),
  ])
  return { ...datagrams, ...streams, routers }
}

async function observeUdp(host: Host, probe: Probe, { known, stranger, reflectors }: Observers) {
  const udp = await Promise.all(reflectors.map((to) => seenByUdp(probe, INNER_PORT, to)))
  const [first] = reflectors
  const outer = { address: host.outerAddress, port: udp[0]?.port ?? INNER_PORT }
  const [otherPort, strangerPort] = [first.port + OTHER_PORTS, first.port + OTHER_PORTS + 1]
  await known.send(first.port, outer, { text: 'again' })
  await known.send(otherPort, outer, { text: 'from another port' })
  await stranger.send(strangerPort, outer, { text: 'from a stranger' })
  const heard: string[] = []
  for (let withinMs = SILENCE_MS; ; withinMs = 20) {
    const next = await probe.hear(INNER_PORT, { withinMs })
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
    stranger.knock(0, outer, SILENCE_MS),
    stranger.knock(0, { ...outer, port: UNUSED_PORT }, SILENCE_MS),
  ])
  return { tcp, strangerConnects: atOpen.outcome, unusedPort: atUnused.outcome }
}

/** A packet that may pass fewer routers than there are dies on the way. */
async function countRouters(probe: Probe, to: Endpoint): Promise<number | undefined> {
  const reached = await Promise.all(
    [1, 2, 3, 4].map(async (hops) =>
      (await seenByUdp(probe, HOPS_PORT + hops, to, hops)) === undefined ? [] : [hops - 1],
    ),
  )
  return reached.flat()[0]
}

/** What a reflector sees of a UDP port; undefined = it did not answer. */
export async function seenByUdp(
  probe: Probe,
  from: number,
  to: Endpoint,
  hops?: number,
): Promise<Endpoint | undefined> {
  await probe.send(from, to, hops === undefined ? {} : { hops })
  const heard = await probe.hear(from, { from: to, withinMs: SILENCE_MS })
  return heard === undefined ? undefined : JSON.parse(heard.text)
}
