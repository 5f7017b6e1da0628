import { Wall } from '../ui/logo.tsx'
import { words } from '../words/words.ts'

/** A tab that did not come in by a link, or whose link is too long ago: how to get in. */
export function NoKeyPage() {
  const { title, said } = words.firstRun.noKey
  return (
    <main className="alone">
      <div className="empty">
        <Wall tone="warn" />
        <h1>{title}</h1>
        <p className="soft">{said}</p>
      </div>
    </main>
  )
}
