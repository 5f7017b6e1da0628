import type { LineKind } from '../../shared/domain/line.ts'
import { Line } from '../line/line.tsx'

/** Shown while the profile opens, while the messenger is looked for, and after it was asked to stop. */
export function WaitingPage({ said, state = 'unknown' }: { readonly said: string; readonly state?: LineKind }) {
  return (
    <main className="alone">
      <h1 className="sr">Sightline</h1>
      <div className="empty" role="status">
        <Line state={state} size="m" />
        <p className="soft">{said}</p>
      </div>
    </main>
  )
}
