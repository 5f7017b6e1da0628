import type { Attempt } from '../../shared/domain/attempt.ts'
import { words } from './words.ts'

/** What came of an attempt: the strong part, and the rest after it. Together: `No success: the router said no` */
export interface OutcomeWords {
  readonly strong: string
  readonly rest: string
}

/** Says the outcome of an attempt. */
export function outcomeWords({ mechanism, outcome }: Pick<Attempt, 'mechanism' | 'outcome'>): OutcomeWords {
  const { attempts } = words
  switch (outcome.state) {
    case 'running':
      return { strong: attempts.underWay, rest: '' }
    case 'succeeded':
      return { strong: attempts.reached[mechanism], rest: '' }
    case 'overtaken':
      return { strong: attempts.overtaken, rest: `: ${attempts.faster}` }
    case 'failed':
      return {
        strong: attempts.notReached,
        rest: `: ${attempts.reason[outcome.reason](attempts.otherSide[mechanism])}`,
      }
  }
}

/** Says a stage; one that has no words yet is shown as it is. */
export function stageWord(what: string): string {
  const { stage } = words.attempts
  return (Object.hasOwn(stage, what) ? stage[what] : undefined) ?? what
}
