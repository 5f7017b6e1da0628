import type { AttemptReason } from '../../../../shared/domain/attempt.ts'
import type { Journal, OpenAttempt } from '../journal.ts'

/** What a port mapping can tell of itself. */
export type StoryStage =
  | 'searching'
  /** somebody answered whom we do not ask, or who answered nonsense */
  | 'gateway-refused'
  | 'gateway-found'
  | 'external-address'
  | 'refused'
  | 'mapped'
  | 'renewed'
  /** the router does not know it any more: it restarted, or somebody took it away */
  | 'mapping-gone'
  | 'gateway-lost'
  | 'unmapped'

/** Attempts in the journal, one after another: the next begins with the first thing told after the last one's end. */
export interface Story {
  tell(what: StoryStage, detail?: string): void
  succeed(address?: string): void
  fail(reason: AttemptReason, detail?: string): void
  isOpen(): boolean
}

export function createStory(journal: Pick<Journal, 'begin'>): Story {
  let open: OpenAttempt | undefined
  const begun = () => {
    open ??= journal.begin({ mechanism: 'port-mapping' })
    return open
  }
  const ended = () => {
    const attempt = begun()
    open = undefined
    return attempt
  }
  return {
    tell: (what, detail) => begun().stage(what, detail),
    succeed: (address) => ended().succeed(address),
    fail: (reason, detail) => ended().fail(reason, detail),
    isOpen: () => open !== undefined,
  }
}
