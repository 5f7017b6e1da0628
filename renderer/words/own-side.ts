import type { NatReport } from '../../shared/domain/nat-report.ts'

/**
 * My own side of a line that is not there. `fine`: a relay keeps a place for me, or somebody is connected directly.
 * `asking`: a relay is being asked right now; `silent`: none answers; `no-place`: answered, but none has a place.
 */
export interface OwnSide {
  readonly state: 'fine' | 'unknown' | 'no-network' | 'no-relay' | 'asking' | 'silent' | 'no-place'
  /** Set when I chose relay only, which then is a part of the reason. */
  readonly relayOnly?: 'all' | 'contact'
}

const isLoopback = (address: string): boolean => /^\/ip4\/127\.|^\/ip6\/::1\//.test(address)

/** Whether there is an address anybody else could call. */
export const hasNetwork = ({ addresses }: Pick<NatReport, 'addresses'>): boolean =>
  addresses.some(({ address }) => !isLoopback(address))

const causes: Readonly<Record<OwnSide['state'], string | undefined>> = {
  fine: undefined,
  unknown: undefined,
  'no-network': 'this computer has no network',
  'no-relay': 'you know no relay',
  asking: 'your relays are still being asked',
  silent: 'no relay answers',
  'no-place': 'no relay has a place for you',
}

/** The part of a sentence that names my own side as the reason; nothing when it is in order or not known. */
export function ownCause({ state, relayOnly }: OwnSide): string | undefined {
  const cause = causes[state]
  if (cause === undefined || relayOnly === undefined || state === 'no-network') return cause
  return `${cause}, and you chose relay only`
}
