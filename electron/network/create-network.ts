import { NO_PATH, UNKNOWN_PATH } from '../../shared/domain/line.ts'
import type { Listing } from '../../shared/domain/listing.ts'
import type { NatReport } from '../../shared/domain/nat-report.ts'
import type { PeerId } from '../../shared/domain/peer.ts'
import { NetworkError } from './failure.ts'
import { identityFromSeed } from './identity.ts'
import { createListeners, type Listeners } from './listeners.ts'
import type { Callers, KnownRelay, Network, NetworkOptions, NetworkSettings, WantedPeer } from './network.ts'
import type { LoadPart } from './parts/transports.ts'
import { type Running, startNetwork } from './running.ts'
import type { StreamHandler } from './streams/streams.ts'

const NO_REPORT: Omit<NatReport, 'at'> = {
  reachability: 'unknown',
  addresses: [],
  portMapping: 'unknown',
  mapping: 'unknown',
  reservations: 0,
  missing: [],
}

/** The network, stopped. What is set before `start` counts from the start. `loadPart` replaces the loading of optional parts. */
export function createNetwork(options: NetworkOptions, loadPart?: LoadPart): Network {
  const identity = identityFromSeed(options.seed)
  const log = options.log ?? (() => {})
  const onError = (error: unknown) => log('network.listener-failed', { error: String(error) })
  const heard = {
    peers: createListeners<[]>(onError),
    relays: createListeners<[]>(onError),
    nearby: createListeners<[]>(onError),
    own: createListeners<[]>(onError),
    attempts: createListeners<[]>(onError),
    path: createListeners<Parameters<Parameters<Network['onPath']>[0]>>(onError),
  }
  const handlers = new Map<string, { callers: Callers; handler: StreamHandler }>()
  let settings: NetworkSettings = options.settings
  let wanted: readonly WantedPeer[] = []
  let knownRelays: readonly KnownRelay[] = []
  let running: Running | undefined
  let changing: Promise<void> = Promise.resolve()

  async function start(): Promise<void> {
    if (running !== undefined) return
    const started = await startNetwork(
      options,
      identity,
      {
        onPeers: heard.peers.call,
        onRelays: heard.relays.call,
        onNearby: heard.nearby.call,
        onOwn: heard.own.call,
        onAttempts: heard.attempts.call,
        onPath: heard.path.call,
        onError,
      },
      loadPart,
    )
    running = started
    for (const [protocol, { callers, handler }] of handlers) await started.streams.handle(protocol, callers, handler)
    started.setSettings(settings)
    started.setRelays(knownRelays)
    started.setWanted(wanted)
    heard.own.call()
  }

  async function stop(): Promise<void> {
    const ending = running
    running = undefined
    await ending?.stop()
  }

  /** Starts and stops wait for one another. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = changing.then(work)
    changing = turn.catch(() => {})
    return turn
  }

  return {
    self: identity.id,
    start: () => inTurn(start),
    stop: () => inTurn(stop),
    peers: listing(() => running?.table, heard.peers),
    relays: listing(() => running?.relays, heard.relays),
    nearby: listing(() => running?.nearby, heard.nearby),
    attempts: listing(() => running?.attempts, heard.attempts),
    report: () => running?.report() ?? { ...NO_REPORT, at: Date.now() },
    ownAddresses: () => running?.ownAddresses() ?? { relayed: [], direct: [] },
    onOwnChange: heard.own.add,
    setSettings(next) {
      settings = next
      running?.setSettings(next)
    },
    setWanted(peers) {
      wanted = peers
      running?.setWanted(peers)
    },
    setRelays(relays) {
      knownRelays = relays
      running?.setRelays(relays)
    },
    reviewTrust: () => running?.reviewTrust(),
    retryNow: () => running?.retryNow(),
    path: (peer: PeerId) =>
      running?.table.path(peer) ?? (wanted.some(({ id }) => id === peer) ? UNKNOWN_PATH : NO_PATH),
    onPath: heard.path.add,
    async handle(protocol, callers, handler) {
      if (handlers.has(protocol)) throw new Error(`${protocol} is handled already`)
      handlers.set(protocol, { callers, handler })
      await running?.streams.handle(protocol, callers, handler)
    },
    async open(peer, protocol, openOptions) {
      if (running === undefined) throw new NetworkError('unreachable', { why: 'the network is not started' })
      return running.streams.open(peer, protocol, openOptions)
    },
  }
}

/** The rows of a table that is there while the network runs. */
function listing<Row>(source: () => Listing<Row> | undefined, changed: Listeners<[]>): Listing<Row> {
  return {
    rows: () => source()?.rows() ?? [],
    onChange: changed.add,
  }
}
