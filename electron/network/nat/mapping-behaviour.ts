import { once } from 'node:events'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { peerIdFromString } from '@libp2p/peer-id'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { MappingBehaviour } from '../../../shared/domain/nat-report.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { ipOf, parseAddress, relayOf, transportOf } from '../addresses/multiaddrs.ts'
import { isPrivate, isUnusable } from '../addresses/subnets.ts'
import { type Backoff, retryDelayMs } from '../pace/backoff.ts'
import { bounded } from '../pace/bounded.ts'
import type { Components } from '../parts/transports.ts'
import { type AskOptions, askOuterAddress, type OuterAddress } from './dcutr/outer-address.ts'
import { judgeMapping, type MappingKnown, type Sighting } from './mapping-judgement.ts'

/** A relay that can tell how it sees us. `address`: plain TCP over IPv4, with the relay's `/p2p/…`. */
export interface AskableRelay {
  readonly id: PeerId
  readonly address: Multiaddr
}

/** Learns what the router in front of us does with ports: two relays are asked how they see one and the same local port. */
export interface MappingWatch {
  behaviour(): MappingBehaviour
  /** The IPv4 address under which the internet saw us last. */
  outerHost(): string | undefined
  /** Our places, addresses or interfaces may have changed: asks the relays if they did. Costs nothing otherwise. */
  ask(): void
  stop(): void
}

export interface MappingOptions {
  readonly components: Components
  /** Relays that hold a place for us now. */
  readonly relays: () => readonly AskableRelay[]
  /** `behaviour()` or `outerHost()` is another one now. */
  readonly onChange: () => void
  readonly random?: () => number
}

/** What the watch needs of a node and of the machine. */
export interface MappingParts extends Omit<MappingOptions, 'components'> {
  /** A name for our connection to this relay: a new one may show us somewhere else. */
  readonly linkOf: (relay: PeerId) => string | undefined
  readonly askRelay: (relay: Multiaddr, options: AskOptions) => Promise<OuterAddress>
  readonly platform: NodeJS.Platform
  /** Our own IPv4 addresses. */
  readonly interfaces: () => readonly string[]
  readonly pace?: { readonly settleMs: number; readonly pauseMs: number }
}

const ASK_MS = 8_000
// Changes come in groups: places, interfaces and addresses follow one another. And however often something changes, the
// relays are left alone for a while after each question.
// Nobody waits for it, and right after a place on a relay was found somebody may be punching.
const PACE = { settleMs: 1_500, pauseMs: 5_000 }
const RETRY: Backoff = { firstMs: 5_000, factor: 2, mostMs: 300_000, jitter: 0.3 }

/** The watch over a node. Knows nothing until it is asked to ask. */
export function createMappingBehaviour({ components, ...options }: MappingOptions): MappingWatch {
  return createMappingWatch({
    ...options,
    linkOf: (relay) => components.connectionManager.getConnections(peerIdFromString(relay))[0]?.id,
    askRelay: (relay, how) => askOuterAddress(components, relay, how),
    platform: process.platform,
    interfaces: ownIpv4,
  })
}

/** The same over anything that can be asked. */
export function createMappingWatch(parts: MappingParts): MappingWatch {
  const { relays, onChange, linkOf, askRelay, platform, interfaces, random = Math.random, pace = PACE } = parts
  const stopping = new AbortController()
  let known: MappingKnown = { behaviour: 'unknown' }
  /** Under which circumstances that was learned; absent = it has to be asked. */
  let knownFor: string | undefined
  let knownOn = ''
  let failedFor: string | undefined
  let failures = 0
  let lastEndedAt = Number.NEGATIVE_INFINITY
  let isAsking = false
  let timer: { readonly handle: NodeJS.Timeout; readonly situation: string } | undefined

  function situationNow(): string {
    const links = relays().map(({ id }) => linkOf(id) ?? id)
    return [...links.sort(), ...interfaces()].join(' ')
  }

  function ask(): void {
    if (stopping.signal.aborted || isAsking || relays().length === 0) return
    const situation = situationNow()
    if (situation === knownFor) return
    // The same change again, or a failure that is tried again at its own pace.
    if (timer?.situation === situation) return
    if (situation !== failedFor) failures = 0
    plan(situation, Math.max(pace.settleMs, lastEndedAt + pace.pauseMs - performance.now()))
  }

  function plan(situation: string, delayMs: number): void {
    clearTimeout(timer?.handle)
    const handle = setTimeout(() => {
      timer = undefined
      void run()
    }, delayMs)
    handle.unref()
    timer = { handle, situation }
  }

  async function run(): Promise<void> {
    const [situation, on] = [situationNow(), interfaces().join(' ')]
    const both = relays().slice(0, 2)
    if (both.length === 0) return
    isAsking = true
    const bound = bounded(ASK_MS, stopping.signal)
    try {
      const sightings = await askBoth(both, bound.signal)
      if (stopping.signal.aborted) return
      const before = on === knownOn ? known : undefined
      failures = 0
      knownFor = situation
      knownOn = on
      conclude(judgeMapping(sightings, interfaces(), before))
    } catch {
      if (stopping.signal.aborted) return
      failures += 1
      failedFor = situation
      knownFor = undefined
      // The router may be another one now; where the internet saw us last stays what was seen last.
      conclude({ ...known, behaviour: 'unknown' })
      plan(situation, retryDelayMs(RETRY, failures, random))
    } finally {
      bound.clear()
      isAsking = false
      lastEndedAt = performance.now()
      ask()
    }
  }

  /** From one local port, so that only what the router makes of it can differ. */
  async function askBoth(both: readonly AskableRelay[], signal: AbortSignal): Promise<Sighting[]> {
    const localPort = await freePort()
    const sightings: Sighting[] = []
    const open: OuterAddress[] = []
    try {
      for (const { address } of both) {
        // Two outgoing connections may share a port on Linux only. There the first stays open meanwhile, because some
        // routers forget a port together with its connection and take another one next time.
        if (platform !== 'linux') open.pop()?.release()
        const seen = await askRelay(address, { localPort, signal })
        open.push(seen)
        sightings.push({ host: seen.host, port: seen.port, localPort })
      }
      return sightings
    } finally {
      for (const one of open) one.release()
    }
  }

  function conclude(now: MappingKnown): void {
    const before = known
    known = now
    if (now.behaviour !== before.behaviour || now.outerHost !== before.outerHost) onChange()
  }

  return {
    behaviour: () => known.behaviour,
    outerHost: () => known.outerHost,
    ask,
    stop() {
      clearTimeout(timer?.handle)
      stopping.abort(new Error('stopping'))
    },
  }
}

/** Those of our places (`/…/p2p/<relay>/p2p-circuit`) whose relays can be asked, one for each IP address. */
export function askableRelays(places: readonly Multiaddr[]): AskableRelay[] {
  const byIp = new Map<string, AskableRelay>()
  for (const place of places) {
    const id = relayOf(place)
    const address = parseAddress(place.toString().split('/p2p-circuit')[0] ?? '')
    const ip = address && ipOf(address)
    if (id === undefined || address === undefined || ip === undefined || ip.includes(':')) continue
    // A relay on our side of the router sees nothing of what it does.
    if (transportOf(address) !== 'tcp' || isPrivate(ip) || isUnusable(ip)) continue
    const isKnown = byIp.has(ip) || [...byIp.values()].some((one) => one.id === id)
    if (!isKnown) byIp.set(ip, { id, address })
  }
  return [...byIp.values()]
}

function ownIpv4(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .flatMap(({ family, address, internal }) => (family === 'IPv4' && !internal ? [address] : []))
    .sort()
}

/** A TCP port that nobody uses at this moment. */
async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}
