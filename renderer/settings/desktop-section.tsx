import { ErrorLine } from '../ui/field.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { useSwitches } from './setting-switch.tsx'

/** What closing the window of a desktop does. */
export function DesktopSection() {
  const { desktop } = words.settings
  const { row, failure } = useSwitches()
  const hasNoTray = useRow('shell')?.hasTray === false
  return (
    <section className="sec first-sec">
      {hasNoTray ? <p className="warn">{desktop.noTray}</p> : null}
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      <div>{row('closeToTray', desktop.tray, desktop.trayHint, hasNoTray)}</div>
    </section>
  )
}
