import { type FormEvent, useState } from 'react'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { StepFrame } from './frame.tsx'
import { PassphraseField } from './passphrase-field.tsx'

/** A locked profile asks for its passphrase. */
export function LockPage() {
  const { lock } = words.firstRun
  const profile = useRow('shell')?.profile ?? ''
  const [passphrase, setPassphrase] = useState('')
  const { run, failure, clear, isBusy } = useDoing()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    await run('profile.unlock', { passphrase })
  }

  return (
    <StepFrame name="" title={lock.title}>
      <p className="soft">
        {lock.intro(profile)} {lock.offline}
      </p>
      <form onSubmit={submit} className="form">
        <PassphraseField
          label={lock.label}
          value={passphrase}
          error={failure === undefined ? undefined : failureSentence(failure)}
          onChange={(value) => {
            clear()
            setPassphrase(value)
          }}
          isNew={false}
        />
        <div className="acts">
          <Button kind="main" isSubmit disabled={isBusy}>
            {lock.unlock}
          </Button>
          <span className="s13 soft" role="status">
            {isBusy ? lock.opening : ''}
          </span>
        </div>
      </form>
    </StepFrame>
  )
}
