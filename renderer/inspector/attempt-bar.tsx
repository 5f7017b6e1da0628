import type { Attempt } from '../../shared/domain/attempt.ts'
import { barPlaces } from './attempts.ts'

/**
 * An attempt as a line with a tick for each stage. It ends as the attempt did: a dot reached, a wall stopped, an open ring
 * was not needed, an arrow is under way. Decoration: the words and the list of stages stand beside it.
 */
export function AttemptBar({ attempt }: { readonly attempt: Attempt }) {
  const { ticks, certain } = barPlaces(attempt)
  return (
    <svg className="try-bar" data-state={attempt.outcome.state} height="16" aria-hidden="true">
      <circle className="begin" cx="0" cy="8" r="3" />
      <line className="past" x1="0" x2={`${certain}%`} y1="8" y2="8" />
      {certain < 100 ? <line className="open" x1={`${certain}%`} x2="100%" y1="8" y2="8" /> : null}
      {ticks.map((place, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stages only ever come behind the ones that are there
        <line key={index} className="tick" x1={`${place}%`} x2={`${place}%`} y1="3" y2="13" />
      ))}
      <End state={attempt.outcome.state} />
    </svg>
  )
}

function End({ state }: { readonly state: Attempt['outcome']['state'] }) {
  switch (state) {
    case 'succeeded':
      return <circle className="reached" cx="100%" cy="8" r="5" />
    case 'failed':
      return <line className="wall" x1="100%" x2="100%" y1="0" y2="16" />
    case 'overtaken':
      return <circle className="ring" cx="100%" cy="8" r="4" />
    case 'running':
      // A path knows no percent; a place of its own at the end does.
      return (
        <svg x="100%" overflow="visible" aria-hidden="true">
          <path className="arrow" d="M-4 4L4 8L-4 12Z" />
        </svg>
      )
  }
}
