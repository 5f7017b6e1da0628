import type { Session, Shell } from '../../shared/contract/views.ts'
import type { RelayedReason } from '../../shared/domain/line.ts'
import type { Stopped } from '../../shared/domain/message.ts'
import type { NatReport } from '../../shared/domain/nat-report.ts'

/** Which moment to show; set by take.ts before the page starts. */
export interface Scene {
  readonly session?: Session
  readonly isNamed?: boolean
  readonly isEmpty?: boolean
  readonly reach?: 'relayed' | 'none'
  readonly manyMessages?: number
  /** Mara writes what tries to break the page. */
  readonly hasHostileTexts?: boolean
  /** One of the many landed above what was read. */
  readonly hasLate?: boolean
  /** Why a log of the conversation with Lena goes no further. */
  readonly stopped?: Stopped
  /** What comes of a relay that is added; without it the address is refused. */
  readonly added?: 'refused' | 'unreachable'
  /** Relay only is chosen, and no relay answers. */
  readonly isCutOff?: boolean
  /** Why the line to Lena is relayed; `none`: nobody knows. Without it a direct one is being tried. */
  readonly because?: RelayedReason | 'none'
  /** What was tried: nothing yet, or everything that can come of it, with Lena. */
  readonly tried?: 'nothing' | 'everything'
  /** What the router does with ports. */
  readonly router?: Partial<Pick<NatReport, 'mapping' | 'portMapping'>>
  /** Bea is blocked. */
  readonly isBeaBlocked?: boolean
  /** Everybody has a name that was made to break the page. */
  readonly isHostile?: boolean
  /** The messenger goes away after this time. */
  readonly lostAfterMs?: number
  /** What stands round the page, where it is not a browser on Linux. */
  readonly shell?: Partial<Shell>
  /** A tab of the browser that did not come in by a link. */
  readonly hasNoKey?: boolean
}
