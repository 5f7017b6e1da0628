import { useId, useState } from 'react'
import { quit } from '../ending.ts'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'

/** Lock, where a passphrase opens the profile again; Quit, where no menu of a desktop window has it. */
export function LockAndQuit() {
  const { settings, firstRun } = words
  const id = useId()
  const [isAsking, setIsAsking] = useState(false)
  const { run, failure, isBusy } = useDoing()
  const session = useRow('session')
  const canLock = session?.state === 'open' && session.opensWith === 'passphrase'
  const isInBrowser = useRow('shell')?.kind === 'loopback'
  if (!canLock && !isInBrowser) return null
  return (
    <div className="list-foot">
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      {canLock ? (
        <>
          <Button icon="lock" aria-describedby={id} disabled={isBusy} onClick={() => run('profile.lock', {})}>
            {settings.lock}
          </Button>
          <p className="s12 soft" id={id}>
            {firstRun.lock.offline}
          </p>
        </>
      ) : null}
      {isInBrowser ? (
        <Button icon="quit" onClick={() => setIsAsking(true)}>
          {settings.quit}
        </Button>
      ) : null}
      {isAsking ? <QuitDialog onClose={() => setIsAsking(false)} /> : null}
    </div>
  )
}

/** Asks before Sightline stops beneath a page that stays open. */
export function QuitDialog({ onClose }: { readonly onClose: () => void }) {
  const { settings } = words
  return (
    <Confirm
      title={settings.quitTitle}
      words={settings.quitHint}
      act={settings.quit}
      onYes={() => void quit()}
      onClose={onClose}
    />
  )
}
