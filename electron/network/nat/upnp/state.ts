import type { PortMappingState } from '../../../../shared/domain/nat-report.ts'
import type { Outer } from './lan.ts'

/** What is known of one router. */
export interface RouterSeen {
  readonly outer: Outer['kind'] | 'unknown'
  /** Everything it was asked for is answered, one way or the other. */
  readonly isSettled: boolean
  readonly hasMapping: boolean
  readonly hasRefusal: boolean
}

/** `silent`: nobody answered; `unusable`: somebody did, and nothing could be done with it. */
export type SearchSeen = 'searching' | 'silent' | 'unusable'

/** What to say of all routers together: the best that is true. */
export function stateOf(routers: readonly RouterSeen[], search: SearchSeen): PortMappingState {
  if (routers.some(({ outer, hasMapping }) => outer === 'public' && hasMapping)) return 'mapped'
  if (routers.some(({ outer }) => outer === 'private' || outer === 'hidden')) return 'double-nat'
  if (routers.some(({ isSettled }) => !isSettled)) return 'searching'
  if (routers.some(({ hasMapping, hasRefusal }) => hasRefusal && !hasMapping)) return 'failed'
  // It opened ports and does not say under which address, or nothing here needs one.
  if (routers.length > 0) return 'unknown'
  return search === 'searching' ? 'searching' : search === 'silent' ? 'no-gateway' : 'failed'
}
