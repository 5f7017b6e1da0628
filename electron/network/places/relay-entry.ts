import type { Multiaddr } from '@multiformats/multiaddr'
import type { Relay, RelayState } from '../../../shared/domain/relay.ts'
import type { KnownRelay } from '../network.ts'
import { REFUSED_BACKOFF, RELAY_BACKOFF, retryDelayMs } from '../pace/backoff.ts'
import { nameInRelayAgent } from '../relay-agent.ts'
import { limitSeconds, type PlaceAnswer } from './reserve.ts'

/** What the supervisor keeps of one relay. */
export interface RelayEntry {
  known: KnownRelay
  state: RelayState
  /** Attempts that failed since it last held a place for us. */
  failures: number
  reason?: string
  retryAt?: number
  timer?: NodeJS.Timeout
  running?: AbortController
  /** `/…/p2p-circuit` of the place it holds. */
  addresses: Multiaddr[]
  reservedUntil?: number
  answer?: PlaceAnswer
  agent?: string
}

/** The relay answered, and the answer was no. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** How long to leave it alone after its last failure, in milliseconds. */
export function pauseAfter({ state, failures }: Pick<RelayEntry, 'state' | 'failures'>): number {
  return retryDelayMs(state === 'refused' ? REFUSED_BACKOFF : RELAY_BACKOFF, failures)
}

/** The relay as the window shows it. */
export function relayRow(entry: RelayEntry, roundTripMs: number | undefined): Relay {
  const { known, state, reason, retryAt, reservedUntil, answer, agent } = entry
  const seconds = limitSeconds(answer?.limitDuration, agent)
  const name = known.name ?? nameInRelayAgent(agent)
  return {
    id: known.id,
    ...(name !== undefined && { name }),
    addresses: known.addresses,
    source: known.source,
    state,
    ...(reason !== undefined && { reason }),
    ...(reservedUntil !== undefined && { reservedUntil }),
    ...(answer?.limitBytes !== undefined && { limitBytes: answer.limitBytes }),
    ...(seconds !== undefined && { limitSeconds: seconds }),
    ...(roundTripMs !== undefined && { roundTripMs }),
    ...(retryAt !== undefined && { retryAt }),
  }
}
