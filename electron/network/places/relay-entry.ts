import type { Multiaddr } from '@multiformats/multiaddr'
import type { AttemptReason } from '../../../shared/domain/attempt.ts'
import type { Relay, RelayState } from '../../../shared/domain/relay.ts'
import { reasonOf } from '../connections/dialer.ts'
import { NetworkError } from '../failure.ts'
import type { KnownRelay } from '../network.ts'
import { REFUSED_BACKOFF, RELAY_BACKOFF, retryDelayMs } from '../pace/backoff.ts'
import { nameInRelayAgent } from '../relay-agent.ts'
import { BadAnswer, limitSeconds, type PlaceAnswer } from './reserve.ts'

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

/** Why a program that is no relay gives no place. */
export const NOT_A_RELAY = 'not a relay'

/** The relay answered, and the answer was no. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** What such a failure is called in the journal, with the exact term. */
export function failureOf(error: unknown, bound: AbortSignal): [AttemptReason, string] {
  const detail = reasonOf(error)
  if (error instanceof Refused) return [detail === NOT_A_RELAY ? 'not-supported' : 'refused', detail]
  if (error instanceof BadAnswer) return ['bad-answer', detail]
  // A reset, or a goodbye in the middle of it; silence is cut off by us.
  return [bound.aborted || error instanceof NetworkError ? 'no-answer' : 'cut-off', detail]
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
