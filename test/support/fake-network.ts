import type {
  Callers,
  FrameStream,
  KnownRelay,
  Network,
  NetworkSettings,
  OwnAddresses,
  Trust,
  WantedPeer,
} from '../../electron/network/network.ts'
import { FRAME_MAX_BYTES } from '../../shared/domain/limits.ts'
import { isConnected, NO_PATH, type Path, UNKNOWN_PATH } from '../../shared/domain/line.ts'
import type { Listing } from '../../shared/domain/listing.ts'
import type { NatReport } from '../../shared/domain/nat-report.ts'
import type { Peer, PeerId } from '../../shared/domain/peer.ts'
import type { Relay } from '../../shared/domain/relay.ts'
import { createFakeStreamPair, type FakeStream } from './fake-stream.ts'

const TRUSTS_EVERYBODY: Trust = { isBlocked: () => false, isContact: () => true, mayConnectDirectly: () => true }
const OVER_LAN: Path = { line: { kind: 'lan' }, transport: 'tcp' }

/** Several messengers in one process without libp2p: who is connected to whom, over what, is what the test says. */
export interface FakeHub {
  /** A machine of this peer. `trust` may be changed later; without it everybody is trusted. */
  join(self: PeerId, trust?: Trust): FakeNetwork
  /** Connects two that have started (whether they want or not), or changes the path between them. Streams stay. */
  connect(a: PeerId, b: PeerId, path?: Path): void
  /** Ends the connection with all its streams: `reset` as a lost network does. */
  disconnect(a: PeerId, b: PeerId): void
  /** While on, whoever wants somebody who has started is connected by itself, and `open` dials. On from the start. */
  setDialling(isOn: boolean): void
  /** Frames sent from now on take this long. */
  setLatency(milliseconds: number): void
}

/** One machine of the hub: a whole Network, and what the test can see and do with it. */
export interface FakeNetwork extends Network {
  setTrust(trust: Trust): void
  setOwnAddresses(addresses: OwnAddresses): void
  setNearby(peers: readonly (readonly [PeerId, 'lan' | 'relay'])[]): void
  readonly wanted: readonly WantedPeer[]
  readonly knownRelays: readonly KnownRelay[]
  readonly settings: NetworkSettings | undefined
  /** Open streams, both directions. */
  openStreams(): readonly FakeStream[]
  /** Every stream ever opened from here, as `protocol peer`. */
  readonly opened: readonly string[]
}

interface Machine {
  readonly face: FakeNetwork
  readonly handlers: Map<string, { callers: Callers; handler: (stream: FrameStream) => void | Promise<void> }>
  readonly streams: Set<FakeStream>
  trust: Trust
  isStarted: boolean
  pathChanged(peer: PeerId): void
  wants(peer: PeerId): boolean
}

/** Makes an empty hub. Nothing of it outlives the streams: no timers run while no frame is under way. */
export function createFakeHub(): FakeHub {
  const machines = new Map<PeerId, Machine>()
  const paths = new Map<string, Path>()
  let isDialling = true
  let latencyMs = 0
  const pair = (a: PeerId, b: PeerId) => [a, b].sort().join(' ')

  const hub: FakeHub = {
    join(self, trust = TRUSTS_EVERYBODY) {
      const machine = createMachine(self, trust)
      machines.set(self, machine)
      return machine.face
    },
    connect(a, b, path = OVER_LAN) {
      const [one, other] = [machines.get(a), machines.get(b)]
      if (!one?.isStarted || !other?.isStarted) throw new Error('both have to be started')
      paths.set(pair(a, b), path)
      one.pathChanged(b)
      other.pathChanged(a)
    },
    disconnect(a, b) {
      if (!paths.delete(pair(a, b))) return
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        const machine = machines.get(from)
        for (const stream of [...(machine?.streams ?? [])])
          if (stream.peer === to) stream.abort(new Error('the connection was lost'))
      }
      machines.get(a)?.pathChanged(b)
      machines.get(b)?.pathChanged(a)
    },
    setDialling(isOn) {
      isDialling = isOn
      if (isOn) dialWanted()
    },
    setLatency(milliseconds) {
      latencyMs = milliseconds
    },
  }

  function isAllowed(a: Machine, b: Machine): boolean {
    return !a.trust.isBlocked(b.face.self) && !b.trust.isBlocked(a.face.self)
  }

  function tryDial(from: Machine, to: PeerId): boolean {
    if (paths.has(pair(from.face.self, to))) return true
    const other = machines.get(to)
    if (!isDialling || !from.isStarted || !other?.isStarted || !isAllowed(from, other)) return false
    hub.connect(from.face.self, to)
    return true
  }

  function dialWanted(): void {
    for (const from of machines.values())
      for (const to of machines.keys()) if (from.face.self !== to && from.wants(to)) tryDial(from, to)
  }

  function createMachine(self: PeerId, trust: Trust): Machine {
    let own: OwnAddresses = { relayed: [], direct: [] }
    let wanted: readonly WantedPeer[] = []
    let relays: readonly KnownRelay[] = []
    let settings: NetworkSettings | undefined
    let around: readonly (readonly [PeerId, 'lan' | 'relay'])[] = []
    const opened: string[] = []
    const [peersChange, relaysChange, nearbyChange, ownChange] = [signal(), signal(), signal(), signal()]
    const pathListeners = new Set<(peer: PeerId, path: Path) => void>()
    const connected = () => [...machines.keys()].filter((peer) => peer !== self && paths.has(pair(self, peer)))

    const machine: Machine = {
      handlers: new Map(),
      streams: new Set(),
      trust,
      isStarted: false,
      pathChanged(peer) {
        for (const listener of [...pathListeners]) listener(peer, machine.face.path(peer))
        peersChange.tell()
      },
      wants: (peer) => wanted.some(({ id }) => id === peer),
      face: {
        self,
        async start() {
          machine.isStarted = true
          dialWanted()
        },
        async stop() {
          for (const peer of connected()) hub.disconnect(self, peer)
          machine.isStarted = false
        },
        peers: listing(peersChange, () => connected().map((peer) => [peer, peerRow(peer)] as const)),
        relays: listing(relaysChange, () => relays.map((relay) => [relay.id, relayRow(relay)] as const)),
        nearby: listing(nearbyChange, () => around.map(([id, via]) => [id, { id, via }] as const)),
        attempts: { rows: () => [], onChange: () => () => {} },
        report: emptyReport,
        ownAddresses: () => own,
        onOwnChange: ownChange.listen,
        setSettings(next) {
          settings = next
        },
        setWanted(peers) {
          wanted = peers
          dialWanted()
        },
        setRelays(next) {
          relays = next
          relaysChange.tell()
        },
        reviewTrust() {
          for (const peer of connected()) {
            const other = machines.get(peer)
            if (other && !isAllowed(machine, other)) hub.disconnect(self, peer)
          }
          dialWanted()
        },
        retryNow: dialWanted,
        path: (peer) => paths.get(pair(self, peer)) ?? (machine.isStarted ? NO_PATH : UNKNOWN_PATH),
        onPath(listener) {
          pathListeners.add(listener)
          return () => pathListeners.delete(listener)
        },
        async handle(protocol, callers, handler) {
          machine.handlers.set(protocol, { callers, handler })
        },
        async open(peer, protocol, { signal: abort }) {
          abort.throwIfAborted()
          await pause(latencyMs)
          abort.throwIfAborted()
          const other = machines.get(peer)
          if (!other || !tryDial(machine, peer) || !isConnected(machine.face.path(peer).line))
            throw new Error('could not be reached')
          opened.push(`${protocol} ${peer}`)
          return openStream(machine, other, protocol)
        },
        setTrust(next) {
          machine.trust = next
          machine.face.reviewTrust()
        },
        setOwnAddresses(addresses) {
          own = addresses
          ownChange.tell()
        },
        setNearby(peers) {
          around = peers
          nearbyChange.tell()
        },
        get wanted() {
          return wanted
        },
        get knownRelays() {
          return relays
        },
        get settings() {
          return settings
        },
        openStreams: () => [...machine.streams],
        opened,
      },
    }
    const peerRow = (id: PeerId): Peer => ({
      id,
      purpose: 'contact',
      path: machine.face.path(id),
      connections: 1,
      streams: [...machine.streams].filter((stream) => stream.peer === id).length,
      roundTripsMs: [],
    })
    return machine
  }

  function openStream(from: Machine, to: Machine, protocol: string): FakeStream {
    const entry = to.handlers.get(protocol)
    if (!entry) throw new Error(`the other side does not speak ${protocol}`)
    const [near, far] = createFakeStreamPair({
      opener: from.face.self,
      acceptor: to.face.self,
      path: (self, peer) => machines.get(self)?.face.path(peer) ?? NO_PATH,
      latencyMs: () => latencyMs,
      maxFrameBytes: FRAME_MAX_BYTES,
    })
    // As on a wire, the caller learns only afterwards that the other side wants nothing of it.
    if (entry.callers === 'contacts' && !to.trust.isContact(from.face.self)) {
      queueMicrotask(() => far.abort(new Error('only contacts may open this')))
      return near
    }
    track(from, near)
    track(to, far)
    queueMicrotask(async () => {
      try {
        await entry.handler(far)
      } catch (error) {
        far.abort(error instanceof Error ? error : new Error(String(error)))
      }
    })
    return near
  }

  return hub
}

function track(machine: Machine, stream: FakeStream): void {
  machine.streams.add(stream)
  stream.ended.addEventListener('abort', () => machine.streams.delete(stream), { once: true })
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

function signal() {
  const listeners = new Set<() => void>()
  return {
    tell: () => {
      for (const listener of [...listeners]) listener()
    },
    listen: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function listing<Row>(change: ReturnType<typeof signal>, rows: () => (readonly [string, Row])[]): Listing<Row> {
  return { rows, onChange: change.listen }
}

const relayRow = (relay: KnownRelay): Relay => ({
  id: relay.id,
  ...(relay.name === undefined ? {} : { name: relay.name }),
  addresses: relay.addresses,
  source: relay.source,
  state: 'spare',
})

const emptyReport = (): NatReport => ({
  at: 0,
  reachability: 'unknown',
  addresses: [],
  portMapping: 'unknown',
  mapping: 'unknown',
  reservations: 0,
  missing: [],
})
