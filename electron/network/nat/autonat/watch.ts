import type { Connection } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { OwnAddress } from '../../../../shared/domain/nat-report.ts'
import type { PeerId } from '../../../../shared/domain/peer.ts'
import { ipOf } from '../../addresses/multiaddrs.ts'
import { isPrivate, isUnusable } from '../../addresses/subnets.ts'
import { bounded } from '../../pace/bounded.ts'
import type { Components } from '../../parts/transports.ts'
import { LIBP2P_PROTOCOLS } from '../../protocols.ts'
import { runsOnJs } from '../../relay-agent.ts'
import type { Journal, OpenAttempt } from '../journal.ts'
import { askRelay, type DialAnswer } from './ask-relay.ts'
import { createDialBacks } from './dial-back.ts'
import { dueAt, evidenceIn, type Result } from './evidence.ts'

/** Knows which of our own addresses others can dial, because our relays tried (AutoNAT v2). */
export interface ReachabilityWatch {
  /** What speaks for this address of ours (without `/p2p/…`). */
  evidenceOf(address: string): OwnAddress['evidence']
  /** Our addresses or places may have changed: asks about what is not known. Costs nothing otherwise. */
  review(): void
  stop(): void
}

export interface ReachabilityOptions {
  readonly components: Pick<Components, 'connectionManager' | 'peerStore' | 'registrar'>
  /** Relays that hold a place for us now. */
  readonly relays: () => readonly PeerId[]
  /** Our own addresses without a relay. */
  readonly direct: () => readonly Pick<OwnAddress, 'address' | 'kind'>[]
  readonly journal: Pick<Journal, 'begin'>
  /** `evidenceOf` says something else of some address now. */
  readonly onChange: () => void
  readonly onError: (error: unknown) => void
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
  readonly askMs?: number
  /** Does this IP address lead to us from the internet? Tests on one machine have others. */
  readonly isOutside?: (ip: string) => boolean
}

// A dial that is dropped on its way takes the relay ten seconds, and data before it a few more.
const ASK_MS = 20_000
const SETTLE_MS = 1_000
// Whoever speaks this may have told so a moment after the place was held.
const LOOK_AGAIN_MS = 10_000
const ADDRESSES_MAX = 12
const BELIEVED_MS = 60 * 60_000

/** Asks from now on. */
export function createReachabilityWatch(options: ReachabilityOptions): ReachabilityWatch {
  const { components, relays, direct, journal, onChange, onError, now = () => performance.now() } = options
  const { askMs = ASK_MS, isOutside = isPublic } = options
  const dialBacks = createDialBacks()
  const results = new Map<string, Map<PeerId, Result>>()
  const asking = new Set<PeerId>()
  const stopping = new AbortController()
  let planned: { readonly timer: NodeJS.Timeout; readonly dueAt: number } | undefined

  const evidenceOf = (address: string) => evidenceIn(results.get(address)?.values() ?? [])

  /** At this time or sooner: news that keep coming must not put it off for ever. */
  function plan(delayMs: number): void {
    const dueAt = performance.now() + delayMs
    if (stopping.signal.aborted || (planned !== undefined && planned.dueAt <= dueAt)) return
    clearTimeout(planned?.timer)
    planned = { timer: setTimeout(run, delayMs), dueAt }
    planned.timer.unref()
  }

  function run(): void {
    planned = undefined
    forgetOld()
    for (const relay of relays()) if (!asking.has(relay)) void workThrough(relay).catch(onError)
    plan(LOOK_AGAIN_MS)
  }

  function forgetOld(): void {
    const listed = new Set(direct().map(({ address }) => address))
    for (const address of [...results.keys()]) if (!listed.has(address)) results.delete(address)
    // A relay that holds no place any more is not asked again: what it saw must not be believed for ever.
    for (const [address, ofAddress] of results) {
      const before = evidenceOf(address)
      for (const [relay, { at }] of ofAddress)
        if (now() - at > BELIEVED_MS && !relays().includes(relay)) ofAddress.delete(relay)
      if (evidenceOf(address) !== before) onChange()
    }
  }

  /** Asks one relay about everything that is due, one address after the other. */
  async function workThrough(relay: PeerId): Promise<void> {
    asking.add(relay)
    try {
      for (;;) {
        const server = await serverAt(relay)
        if (server === undefined || stopping.signal.aborted) return
        const due = candidates(server).find(
          (address) => dueAt(results.get(address.toString())?.get(relay), server.connection.id) <= now(),
        )
        if (due === undefined) return
        await askAbout(due, relay, server)
      }
    } finally {
      asking.delete(relay)
    }
  }

  /**
   * The addresses that a relay could dial in earnest. Not what somebody merely saw from outside: that is a port of one
   * connection that is open to this relay anyway.
   */
  function candidates({ hasIpv6 }: Server): Multiaddr[] {
    return direct()
      .filter(({ kind }) => kind === 'public' || kind === 'mapped')
      .map(({ address }) => multiaddr(address))
      .filter((address) => {
        const ip = ipOf(address)
        return ip !== undefined && isOutside(ip) && (hasIpv6 || !ip.includes(':'))
      })
      .slice(0, ADDRESSES_MAX)
  }

  async function serverAt(relay: PeerId): Promise<Server | undefined> {
    const id = peerIdFromString(relay)
    const connection = components.connectionManager
      .getConnections(id)
      .find(({ status, direct: isDirect }) => status === 'open' && isDirect)
    if (connection === undefined) return undefined
    const peer = await components.peerStore.get(id).catch(() => undefined)
    if (!peer?.protocols.includes(LIBP2P_PROTOCOLS.autonatDialRequest)) return undefined
    const agent = new TextDecoder().decode(peer.metadata.get('AgentVersion'))
    return {
      connection,
      hasIpv6: [connection.remoteAddr, ...peer.addresses.map(({ multiaddr: one }) => one)].some(isGlobalIpv6),
      dialsAsItself: runsOnJs(agent),
    }
  }

  async function askAbout(address: Multiaddr, relay: PeerId, { connection, dialsAsItself }: Server): Promise<void> {
    const attempt = journal.begin({ mechanism: 'reachability', peer: relay })
    const bound = bounded(askMs, stopping.signal)
    try {
      const answer = await askRelay(connection, address, { dialBacks, signal: bound.signal, stage: attempt.stage })
      tell(attempt, answer, address)
      const isBelieved = answer.verdict !== 'not-reached' || dialsAsItself
      remember(address.toString(), relay, isBelieved ? answer.verdict : 'unclear', connection.id)
    } finally {
      bound.clear()
    }
  }

  function remember(address: string, relay: PeerId, verdict: Result['verdict'], connection: string): void {
    if (stopping.signal.aborted) return
    const evidenceBefore = evidenceOf(address)
    const ofAddress = results.get(address) ?? new Map<PeerId, Result>()
    results.set(address, ofAddress)
    const before = ofAddress.get(relay)
    const failures = verdict === 'reached' ? 0 : (before?.failures ?? 0) + 1
    ofAddress.set(relay, { verdict, at: now(), connection, failures })
    // It worked a while ago: what the others saw then has to be seen again.
    if (before?.verdict === 'reached' && verdict === 'not-reached') {
      for (const [other, result] of ofAddress) if (other !== relay) ofAddress.set(other, { ...result, connection: '' })
      plan(SETTLE_MS)
    }
    if (evidenceOf(address) !== evidenceBefore) onChange()
  }

  components.registrar
    .handle(
      LIBP2P_PROTOCOLS.autonatDialBack,
      (stream, connection) => {
        if (relays().includes(connection.remotePeer.toString())) void dialBacks.accept(stream, connection)
        else stream.abort(new Error('not open to this peer'))
      },
      { maxInboundStreams: 2 },
    )
    .catch(onError)

  return {
    evidenceOf,
    review: () => plan(SETTLE_MS),
    stop() {
      clearTimeout(planned?.timer)
      stopping.abort(new Error('stopping'))
    },
  }
}

interface Server {
  readonly connection: Connection
  readonly hasIpv6: boolean
  /** It dials with the identity we know it by. Others come as somebody unknown, whom we do not let in. */
  readonly dialsAsItself: boolean
}

const isPublic = (ip: string) => !isPrivate(ip) && !isUnusable(ip)

function isGlobalIpv6(address: Multiaddr): boolean {
  const ip = ipOf(address)
  return ip?.includes(':') === true && isPublic(ip) && !ip.toLowerCase().startsWith('::ffff:')
}

function tell(attempt: OpenAttempt, answer: DialAnswer, address: Multiaddr): void {
  if (answer.verdict === 'reached') attempt.succeed(address.toString())
  else attempt.fail(answer.verdict === 'unclear' ? answer.reason : 'no-answer', answer.detail)
}
