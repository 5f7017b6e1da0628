import { peerIdFromString } from '@libp2p/peer-id'
import { isRelayed, isConnected as isUp } from '../../../shared/domain/line.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import type { PeerTable } from '../lines/peers.ts'
import { OVERTAKEN, type Traversal } from '../nat/traversal.ts'
import type { WantedPeer } from '../network.ts'
import { CONTACT_BACKOFF, retryDelayMs, UPGRADE_BACKOFF } from '../pace/backoff.ts'
import { createLimit } from '../pace/limit.ts'
import type { Components } from '../parts/transports.ts'
import { byUse, closeGently } from './doubles.ts'
import type { Reach } from './reach.ts'

/** Keeps us connected to the people we want, for ever, on the best line that is allowed. */
export interface Supervisor {
  set(peers: readonly WantedPeer[]): void
  has(peer: PeerId): boolean
  nameOf(peer: PeerId): string | undefined
  addressesOf(peer: PeerId): readonly string[]
  isUpgrading(peer: PeerId): boolean
  /** No attempt to reach this wanted peer has ended yet. */
  isFirstAttempt(peer: PeerId): boolean
  /** Tries everyone who is not on the best possible line now; only this one when named. */
  retryNow(peer?: PeerId): void
  stop(): void
}

export interface SupervisorOptions {
  readonly self: PeerId
  readonly components: Components
  readonly table: PeerTable
  readonly reach: Reach
  readonly traversal: Traversal
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void
}

interface Entry {
  wanted: WantedPeer
  isFirstAttempt: boolean
  dialFailures: number
  dialTimer?: NodeJS.Timeout
  dialing?: AbortController
  /** Something changed while dialling: again at once. */
  isDialOutdated: boolean
  upgradeFailures: number
  upgradeTimer?: NodeJS.Timeout
  upgrading?: AbortController
  settleTimer?: NodeJS.Timeout
}

// Both sides lose a line in the same moment; the one with the larger id lets the other dial first.
// Over a relay at the other end of the world a line takes longer than this; two are sorted out below.
const SECOND_WAIT_MS = 800
// Streams in flight on the relayed line end meanwhile; with this pause no message was lost.
const SETTLE_MS = 1_500
const DIAL_MS = 12_000
// A hundred contacts behind one relay must not ask it for a hundred circuits in one instant.
const DIALS_AT_ONCE = 8
// Apart from the dials: a punch in vain takes many seconds, and somebody who is not reached at all goes before.
const UPGRADES_AT_ONCE = 8

/** The supervisor; does nothing until someone is wanted. */
export function createSupervisor({ self, components, table, reach, traversal, log }: SupervisorOptions): Supervisor {
  const entries = new Map<PeerId, Entry>()
  const limitDials = createLimit(DIALS_AT_ONCE)
  const limitUpgrades = createLimit(UPGRADES_AT_ONCE)
  let isStopped = false

  const { hasDirect } = table
  const isConnected = (peer: PeerId) => table.connections(peer).length > 0
  const waitForOther = (peer: PeerId) => (self < peer ? 0 : SECOND_WAIT_MS)
  const wasCalled = (peer: PeerId) =>
    table.connections(peer).some(({ direct, direction }) => !direct && direction === 'inbound')
  const canTry = ({ wanted }: Entry) => traversal.canTry(wanted.id, wanted.addresses)
  const isTrying = (peer: PeerId) => table.path(peer).line.kind === 'upgrading'
  const isCurrent = (entry: Entry) => !isStopped && entries.get(entry.wanted.id) === entry

  /** Looks at one wanted peer and starts what its line needs. Idempotent. */
  function look(entry: Entry): void {
    if (!isCurrent(entry)) return
    const { id } = entry.wanted
    const line = table.path(id).line
    if (!isConnected(id)) {
      if (entry.dialing === undefined && entry.dialTimer === undefined) planDial(entry, 0)
      return
    }
    entry.isFirstAttempt = false
    if (isUp(line)) entry.dialFailures = 0
    clearTimeout(entry.dialTimer)
    delete entry.dialTimer
    // Both called each other in the same moment, and one line is enough. Whoever calls has its line first, so that the other
    // one gives up only what is not there yet, and never both. Not when it is our own that has just opened: its dial hears
    // of it a moment after us.
    if (isUp(line) && table.connections(id)[0]?.direction === 'inbound')
      entry.dialing?.abort(new Error('the other one called'))
    if (isRelayed(line) && entry.upgrading === undefined && entry.upgradeTimer === undefined)
      // Whoever was called begins a punch, and at once; two who dial each other's addresses take turns.
      planUpgrade(entry, wasCalled(id) ? 0 : waitForOther(id))
    if (hasDirect(id)) {
      forgetFailures(entry)
      entry.upgrading?.abort(OVERTAKEN)
    }
    if (table.connections(id).length > 1) planSettling(entry)
  }

  function planDial(entry: Entry, delayMs: number): void {
    clearTimeout(entry.dialTimer)
    entry.dialTimer = setTimeout(() => {
      delete entry.dialTimer
      void limitDials(() => dial(entry))
    }, delayMs)
    entry.dialTimer.unref()
  }

  async function dial(entry: Entry): Promise<void> {
    const { id } = entry.wanted
    if (!isCurrent(entry) || entry.dialing !== undefined || isConnected(id)) return
    const dialing = new AbortController()
    entry.dialing = dialing
    entry.isDialOutdated = false
    try {
      const signal = AbortSignal.any([dialing.signal, AbortSignal.timeout(DIAL_MS)])
      // Known addresses are asked for elsewhere only after they failed more than once: most people are simply offline.
      const mayLookUp = entry.dialFailures % 3 === 2
      // Somebody who wants relays only refuses a direct connection after the dialler believes in it, and that one would
      // overtake the relayed one again and again.
      const isRelayedTurn =
        entry.dialFailures % 2 === 1 && entry.wanted.addresses.some((text) => text.includes('/p2p-circuit'))
      await reach.connect(id, entry.wanted.addresses, { signal, mayLookUp, ...(isRelayedTurn && { only: 'relayed' }) })
    } catch {
      // Not there, or not now; it is tried again.
    } finally {
      delete entry.dialing
      // A connection that nobody answered on yet may be refused a moment later. It counts as failed until then.
      if (!dialing.signal.aborted && !isUp(table.path(id).line)) entry.dialFailures += 1
      if (!entry.isDialOutdated) entry.isFirstAttempt = false
      table.review(id)
      if (isCurrent(entry)) {
        if (isConnected(id)) look(entry)
        else planDial(entry, entry.isDialOutdated ? 0 : retryDelayMs(CONTACT_BACKOFF, entry.dialFailures))
      }
    }
  }

  function planUpgrade(entry: Entry, delayMs: number): void {
    clearTimeout(entry.upgradeTimer)
    delete entry.upgradeTimer
    if (!canTry(entry)) return
    entry.upgradeTimer = setTimeout(() => {
      delete entry.upgradeTimer
      void limitUpgrades(() => upgrade(entry))
    }, delayMs)
    entry.upgradeTimer.unref()
  }

  /** The next relayed line is another chance: what failed before says nothing about it. */
  function forgetFailures(entry: Entry): void {
    entry.upgradeFailures = 0
    clearTimeout(entry.upgradeTimer)
    delete entry.upgradeTimer
  }

  async function upgrade(entry: Entry): Promise<void> {
    const { id } = entry.wanted
    if (!isCurrent(entry) || entry.upgrading !== undefined || hasDirect(id) || !canTry(entry)) return
    const upgrading = new AbortController()
    entry.upgrading = upgrading
    table.review(id)
    try {
      const connection = await traversal.run(id, entry.wanted.addresses, upgrading.signal)
      log('peer.upgraded', { peer: id.slice(-8), address: connection.remoteAddr.toString().split('/p2p/')[0] })
    } catch {
      if (!upgrading.signal.aborted) entry.upgradeFailures += 1
    } finally {
      delete entry.upgrading
      table.review(id)
      if (isCurrent(entry) && isConnected(id) && !hasDirect(id))
        planUpgrade(entry, retryDelayMs(UPGRADE_BACKOFF, Math.max(1, entry.upgradeFailures)))
    }
  }

  function planSettling(entry: Entry): void {
    if (entry.settleTimer !== undefined) return
    entry.settleTimer = setTimeout(() => {
      delete entry.settleTimer
      void settle(entry)
    }, SETTLE_MS)
    entry.settleTimer.unref()
  }

  /** One line is enough: closes the relayed ones under a direct one, and doubles that came from both dialling at once. */
  async function settle(entry: Entry): Promise<void> {
    const { id } = entry.wanted
    const [best, ...others] = byUse(table.connections(id), table.isRunningOut)
    if (!isCurrent(entry) || best === undefined || others.length === 0) return
    // A punch speaks over one particular relayed line, at both ends.
    if (!best.direct && isTrying(id)) return planSettling(entry)
    // Not answered yet: nothing is closed on a guess.
    if ((await table.ask(best)) === undefined) return isCurrent(entry) ? planSettling(entry) : undefined
    // Both ends see the same doubles; if each closed one, both could be gone.
    const closable = others.filter(({ direct }) => (best.direct && !direct) || self < id)
    await Promise.all(closable.map(closeGently))
  }

  const stopListening = table.onPath((peer) => {
    const entry = entries.get(peer)
    if (entry === undefined) return
    if (!isConnected(peer)) forgetFailures(entry)
    if (!isConnected(peer) && entry.dialing === undefined)
      planDial(entry, entry.dialFailures > 0 ? retryDelayMs(CONTACT_BACKOFF, entry.dialFailures) : waitForOther(peer))
    else look(entry)
  })

  function forget(entry: Entry): void {
    clearTimeout(entry.dialTimer)
    clearTimeout(entry.upgradeTimer)
    clearTimeout(entry.settleTimer)
    entry.dialing?.abort(new Error('not wanted any more'))
    entry.upgrading?.abort(new Error('not wanted any more'))
  }

  function hurry(entry: Entry): void {
    entry.dialFailures = 0
    entry.upgradeFailures = 0
    if (!isConnected(entry.wanted.id)) {
      if (entry.dialing === undefined) planDial(entry, 0)
      else {
        // It may be waiting for something that does not matter any more.
        entry.isDialOutdated = true
        entry.dialing.abort(new Error('something changed'))
      }
    } else if (!hasDirect(entry.wanted.id) && entry.upgrading === undefined) planUpgrade(entry, 0)
  }

  return {
    set(peers) {
      const ids = new Set(peers.map(({ id }) => id))
      for (const [id, entry] of [...entries])
        if (!ids.has(id)) {
          entries.delete(id)
          forget(entry)
        }
      for (const wanted of peers) {
        const entry = entries.get(wanted.id)
        if (entry === undefined) {
          const created: Entry = {
            wanted,
            isFirstAttempt: true,
            isDialOutdated: false,
            dialFailures: 0,
            upgradeFailures: 0,
          }
          entries.set(wanted.id, created)
          void tag(components, wanted.id)
          look(created)
        } else {
          const hasNews = wanted.addresses.some((address) => !entry.wanted.addresses.includes(address))
          entry.wanted = wanted
          if (hasNews) hurry(entry)
          else look(entry)
        }
      }
    },
    has: (peer) => entries.has(peer),
    nameOf: (peer) => entries.get(peer)?.wanted.name,
    addressesOf: (peer) => entries.get(peer)?.wanted.addresses ?? [],
    isUpgrading: (peer) => entries.get(peer)?.upgrading !== undefined,
    isFirstAttempt: (peer) => entries.get(peer)?.isFirstAttempt === true,
    retryNow(peer) {
      for (const [id, entry] of entries) if (peer === undefined || peer === id) hurry(entry)
    },
    stop() {
      isStopped = true
      stopListening()
      for (const entry of entries.values()) forget(entry)
      entries.clear()
    },
  }
}

// When the node is full, untagged connections go first.
async function tag({ peerStore }: Components, peer: PeerId): Promise<void> {
  await peerStore.merge(peerIdFromString(peer), { tags: { 'sightline-contact': { value: 100 } } })
}
