import type { Attempt } from '../../shared/domain/attempt.ts'
import { Term } from '../ui/term.tsx'
import { outcomeWords, stageWord } from '../words/attempt.ts'
import { clockSeconds, milliseconds } from '../words/time.ts'
import { words } from '../words/words.ts'
import { AttemptBar } from './attempt-bar.tsx'
import { tookMs } from './attempts.ts'

/** One thing that was tried; `who` it was about, unless the place already says so. */
export function AttemptRow({ attempt, who }: { readonly attempt: Attempt; readonly who?: string | undefined }) {
  const { attempts } = words
  const { strong, rest } = outcomeWords(attempt)
  const took = tookMs(attempt)
  return (
    <li className="try">
      <div className="try-what">
        {who === undefined ? null : (
          <b className="block">
            <bdi>{who}</bdi>
          </b>
        )}
        {attempts.mechanism[attempt.mechanism]}
        <time className="block s12 faint">{clockSeconds(attempt.startedAt)}</time>
      </div>
      <div className="try-how">
        <div className="try-line">
          <AttemptBar attempt={attempt} />
          {took === undefined ? null : (
            <span className="num s12 faint">
              <span className="sr">{attempts.after} </span>
              {milliseconds(took)}
            </span>
          )}
        </div>
        <p className="s12 soft">
          <b>{strong}</b>
          {rest}
        </p>
        <Steps attempt={attempt} />
      </div>
    </li>
  )
}

/** The second level: every stage with its time, and what was said in exact terms. */
function Steps({ attempt }: { readonly attempt: Attempt }) {
  const { attempts } = words
  const { mechanism, stages, outcome } = attempt
  const took = tookMs(attempt)
  const detail = outcome.state === 'failed' ? outcome.detail : undefined
  const address = outcome.state === 'succeeded' ? outcome.address : undefined
  return (
    <details className="more s12">
      <summary>
        {attempts.steps}
        <span className="sr">, {attempts.mechanism[mechanism]}</span>
      </summary>
      <ol className="stages">
        <li>
          <span className="num">0 ms</span>
          <span>{attempts.begun}</span>
        </li>
        {stages.map(({ atMs, what, detail: said }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stages only ever come behind the ones that are there
          <li key={index}>
            <span className="num">{milliseconds(atMs)}</span>
            <span>
              {stageWord(what)}
              {said === undefined ? null : <span className="mono faint block">{said}</span>}
            </span>
          </li>
        ))}
        {took === undefined ? null : (
          <li>
            <span className="num">{milliseconds(took)}</span>
            <b>{outcomeWords(attempt).strong}</b>
          </li>
        )}
      </ol>
      <dl className="facts">
        <dt>{attempts.mechanismTitle}</dt>
        <dd>
          <Term term={attempts.term[mechanism].name} meaning={attempts.term[mechanism].meaning} />
        </dd>
        {detail === undefined ? null : (
          <>
            <dt>{attempts.detail}</dt>
            <dd className="mono">{detail}</dd>
          </>
        )}
        {address === undefined ? null : (
          <>
            <dt>{attempts.address}</dt>
            <dd className="mono">{address}</dd>
          </>
        )}
      </dl>
    </details>
  )
}
