import { ErrorLine } from '../ui/field.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { useSwitches } from './setting-switch.tsx'

/** Whether something new is told while the window is out of sight, and how much of it. */
export function NotificationsSection() {
  const { notifications } = words.settings
  const { row, failure } = useSwitches()
  const shell = useRow('shell')
  const isNotifying = useRow('settings')?.notify ?? false
  // Absent = not known yet: only a plain no is said.
  const cannot = shell?.kind === 'electron' && shell.canNotify === false
  const isInBrowser = shell?.kind === 'loopback'
  return (
    <section className="sec first-sec">
      {isInBrowser ? <p className="soft">{notifications.browser}</p> : null}
      {cannot ? <p className="warn">{notifications.cannot}</p> : null}
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      <div>
        {row('notify', notifications.notify, notifications.notifyHint, isInBrowser || cannot)}
        {row('notifyText', notifications.text, notifications.textHint, isInBrowser || cannot || !isNotifying)}
      </div>
    </section>
  )
}
