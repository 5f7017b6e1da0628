import { type FormEvent, useState } from 'react'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine, Field } from '../ui/field.tsx'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { StepFrame } from './frame.tsx'
import { PassphraseField } from './passphrase-field.tsx'

/** First step: a passphrase, or knowingly none. */
export function PassphraseStep() {
  const { passphrase: said, next } = words.firstRun
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [isShown, setIsShown] = useState(false)
  const [isDifferent, setIsDifferent] = useState(false)
  const { run, failure, isBusy } = useDoing()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (passphrase !== '' && passphrase !== again) return setIsDifferent(true)
    await run('profile.create', { passphrase })
  }

  return (
    <StepFrame step={1} name="" title={said.title}>
      <p className="soft">{said.intro}</p>
      <form onSubmit={submit} className="form">
        <PassphraseField
          label={said.label}
          value={passphrase}
          onChange={setPassphrase}
          hint={passphrase === '' ? said.emptyHint : said.shortHint}
          isNew
          onShow={setIsShown}
        />
        {passphrase === '' ? null : (
          <Field
            label={said.again}
            look="big"
            type={isShown ? 'text' : 'password'}
            autoComplete="new-password"
            value={again}
            error={isDifferent && again !== passphrase ? said.differs : undefined}
            onChange={(event) => setAgain(event.target.value)}
          />
        )}
        {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
        <div className="acts">
          <Button kind="main" isSubmit disabled={isBusy}>
            {next}
          </Button>
          <span className="s13 soft" role="status">
            {isBusy ? said.makes : ''}
          </span>
        </div>
      </form>
    </StepFrame>
  )
}
