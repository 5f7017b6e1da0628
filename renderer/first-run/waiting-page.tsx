import type { Failure } from '../../shared/contract/failures.ts'
import { Line } from '../line/line.tsx'
import { Wall } from '../ui/logo.tsx'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'

/** Shown while the profile opens, or while the messenger is looked for. */
export function WaitingPage({ said }: { readonly said: string }) {
  return (
    <main className="alone">
      <h1 className="sr">Sightline</h1>
      <div className="empty" role="status">
        <Line state="unknown" size="m" />
        <p className="soft">{said}</p>
      </div>
    </main>
  )
}

/** The profile could not be opened: what happened, and what helps. */
export function FailedPage({ failure }: { readonly failure: Failure }) {
  const { failed } = words.firstRun
  return (
    <main className="alone">
      <div className="empty">
        <Wall tone="bad" />
        <h1>{failed.title}</h1>
        <p className="soft">{failureSentence(failure)}</p>
      </div>
    </main>
  )
}
