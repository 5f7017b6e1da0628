import type { NatReport } from '../../shared/domain/nat-report.ts'
import { saidOfLines } from './said-of-lines.ts'

/** How my own side stands. */
export type OwnSideState = 'fine' | 'unknown' | 'no-network' | 'no-relay' | 'asking' | 'silent' | 'no-place'

/**
 * My own side of a line that is not there. `fine`: a relay keeps a place for me, or somebody is connected directly.
 * `asking`: a relay is being asked right now; `silent`: none answers; `no-place`: answered, but none has a place.
 */
export interface OwnSide {
  readonly state: OwnSideState
  /** Set when I chose relay only, which then is a part of the reason. */
  readonly relayOnly?: 'all' | 'contact'
}

const isLoopback = (address: string): boolean => /^\/ip4\/127\.|^\/ip6\/::1\//.test(address)

/** Whether there is an address anybody else could call. */
export const hasNetwork = ({ addresses }: Pick<NatReport, 'addresses'>): boolean =>
  addresses.some(({ address }) => !isLoopback(address))

/** The part of a sentence that names my own side as the reason; nothing when it is in order or not known. */
export function ownCause({ state, relayOnly }: OwnSide): string | undefined {
  if (state === 'fine' || state === 'unknown') return undefined
  const cause = saidOfLines.causes[state]
  return relayOnly === undefined || state === 'no-network' ? cause : saidOfLines.relayOnly(cause)
}
