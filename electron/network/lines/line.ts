import type { Line, Path, RelayedReason, Transport } from '../../../shared/domain/line.ts'
import { NO_PATH, UNKNOWN_PATH } from '../../../shared/domain/line.ts'
import type { PeerId } from '../../../shared/domain/peer.ts'
import { isLoopback, isWithin, type Subnet } from '../addresses/subnets.ts'

/** What line.ts needs to know of one open connection; plain values, so that the decisions below are a table. */
export interface Link {
  readonly id: string
  /** libp2p's own word on it: the only truth about the path. */
  readonly isDirect: boolean
  /** The relay in a connection that is not direct. */
  readonly relay?: PeerId
  readonly remoteIp?: string
  readonly transport: Transport
  readonly encryption?: string
  /** Milliseconds since 1970. */
  readonly openedAt: number
  readonly roundTripMs?: number
  /** The relay's limit will cut it before long. */
  readonly isRunningOut?: boolean
}

/** What else decides how a peer's line reads. */
export interface Circumstances {
  readonly subnets: readonly Subnet[]
  /** A direct connection is being tried right now. */
  readonly isUpgrading: boolean
  /** The first attempt to reach a wanted peer has not ended yet. */
  readonly isFirstAttempt: boolean
  /** Why there is nothing better than a relay. */
  readonly because?: RelayedReason
}

// Measured at 20 ms round trip: TCP 110 MiB/s, QUIC 25, WebRTC 15. WebSocket is TCP with a little on top.
const PREFERENCE: readonly Transport[] = ['tcp', 'websocket', 'quic', 'webtransport', 'webrtc', 'other']

/**
 * Open connections of a peer, the best one first: direct before relayed, one with a future before one that will be cut, then
 * the fastest transport, then the oldest.
 */
export function ranked<L extends Link>(links: readonly L[]): L[] {
  return [...links].sort(
    (a, b) =>
      Number(b.isDirect) - Number(a.isDirect) ||
      Number(a.isRunningOut === true) - Number(b.isRunningOut === true) ||
      PREFERENCE.indexOf(a.transport) - PREFERENCE.indexOf(b.transport) ||
      a.openedAt - b.openedAt,
  )
}

/** The line one connection is. */
export function lineOf(link: Link, { subnets, isUpgrading }: Pick<Circumstances, 'subnets' | 'isUpgrading'>): Line {
  if (!link.isDirect) return { kind: isUpgrading ? 'upgrading' : 'relayed', relay: link.relay ?? '' }
  const ip = link.remoteIp
  return { kind: ip !== undefined && (isLoopback(ip) || isWithin(ip, subnets)) ? 'lan' : 'direct' }
}

/** One connection as the path it gives. */
export function pathOf(link: Link, circumstances: Pick<Circumstances, 'subnets' | 'isUpgrading' | 'because'>): Path {
  const { because } = circumstances
  return {
    line: lineOf(link, circumstances),
    transport: link.transport,
    ...(link.encryption !== undefined && { encryption: link.encryption }),
    ...(link.roundTripMs !== undefined && { roundTripMs: link.roundTripMs }),
    since: link.openedAt,
    ...(!link.isDirect && because !== undefined && { because }),
    ...(link.isRunningOut === true && { isRunningOut: true }),
  }
}

/** The best path over all open connections of a peer; `none` without any, `unknown` while the first attempt runs. */
export function bestPath(links: readonly Link[], circumstances: Circumstances): Path {
  const best = ranked(links)[0]
  if (best === undefined) return circumstances.isFirstAttempt ? UNKNOWN_PATH : NO_PATH
  return pathOf(best, circumstances)
}

/** Do two paths read the same? Round trips differ all the time and do not count. */
export function isSamePath(a: Path, b: Path): boolean {
  const relay = (line: Line) => ('relay' in line ? line.relay : '')
  return (
    a.line.kind === b.line.kind &&
    relay(a.line) === relay(b.line) &&
    a.transport === b.transport &&
    a.encryption === b.encryption &&
    a.since === b.since &&
    a.because === b.because
  )
}
