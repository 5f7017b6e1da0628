import { type FormEvent, type ReactNode, useState } from 'react'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { PassphraseBox, ShowTyped } from './passphrase-box.tsx'

/** Asks for the passphrase of this profile and opens it, or its good copy. A wrong one is said beside the box. */
export function PassphraseForm({
  command,
  act,
  hint,
  children,
}: {
  readonly command: 'profile.unlock' | 'profile.restoreCopy'
  /** The words on the button. */
  readonly act: string
  readonly hint?: string
  /** What stands above the box. */
  readonly children?: ReactNode
}) {
  const { lock } = words.firstRun
  const [passphrase, setPassphrase] = useState('')
  const [isShown, setIsShown] = useState(false)
  const { run, failure, clear, isBusy } = useDoing()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    await run(command, { passphrase })
  }

  return (
    <form onSubmit={submit} className={command === 'profile.restoreCopy' ? 'form restore' : 'form'}>
      {children}
      <PassphraseBox
        label={lock.label}
        value={passphrase}
        hint={hint}
        error={failure === undefined ? undefined : failureSentence(failure)}
        onChange={(value) => {
          clear()
          setPassphrase(value)
        }}
        isNew={false}
        isShown={isShown}
        isFirst
        look="big"
      >
        <div className="acts">
          <ShowTyped isShown={isShown} onChange={setIsShown} />
        </div>
      </PassphraseBox>
      <div className="acts">
        <Button kind="main" isSubmit disabled={isBusy}>
          {act}
        </Button>
        <span className="s13 soft" role="status">
          {isBusy ? lock.opening : ''}
        </span>
      </div>
    </form>
  )
}
