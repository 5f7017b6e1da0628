import { ErrorLine } from '../ui/field.tsx'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { useSwitches } from './setting-switch.tsx'

/** Whom Sightline asks, beside relays, to find people and to be found; each with what it tells whom. */
export function SourcesSection() {
  const { sources } = words.settings
  const { row, failure } = useSwitches()
  return (
    <section className="sec first-sec">
      <p className="soft">{sources.intro}</p>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      <div>
        {row('mdns', sources.mdns, sources.mdnsHint)}
        {row('portMapping', sources.router, sources.routerHint)}
        {row('announce', sources.announce, sources.announceHint)}
      </div>
    </section>
  )
}
