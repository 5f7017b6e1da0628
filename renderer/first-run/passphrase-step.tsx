import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../shared/contract/failures.ts'
import { ask, useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { StepFrame } from './frame.tsx'
import { OpeningPage } from './keyring-wait.tsx'
import { PassphraseBox, ShowTyped } from './passphrase-box.tsx'

/**
 * First step: what opens the profile. Where the system has a keyring nothing is asked: it keeps the key. Else a passphrase,
 * or knowingly none.
 */
export function PassphraseStep() {
  const shell = useRow('shell')
  const hasKeyring = shell?.hasKeyring === true
  const hasAsked = useRef(false)
  const [refused, setRefused] = useState<Failure>()
  useEffect(() => {
    // Once: where the keyring fails, the choice is the person's.
    if (!hasKeyring || hasAsked.current) return
    hasAsked.current = true
    void ask('profile.create', { passphrase: '' }).then((made) => {
      if (!made.ok) setRefused(made.failure)
    })
  }, [hasKeyring])
  const isLookedFor = shell === undefined || (shell.kind === 'electron' && shell.hasKeyring === undefined)
  if (isLookedFor || (hasKeyring && refused === undefined)) return <OpeningPage said={words.firstRun.opening} />
  const { passphrase: said } = words.firstRun
  if (refused !== undefined) return <Choice why={failureSentence(refused)} emptyHint={said.emptyAsksKeyring} />
  return shell.kind === 'electron' ? (
    <Choice why={said.noKeyring} emptyHint={said.emptyHint} />
  ) : (
    <Choice emptyHint={said.emptyHint} />
  )
}

function Choice({
  why,
  emptyHint,
}: {
  /** Why a passphrase is asked for here at all. */
  readonly why?: string
  /** What follows from leaving it empty. */
  readonly emptyHint: string
}) {
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
      {why === undefined ? null : <p className="soft">{why}</p>}
      <form onSubmit={submit} className="form">
        <PassphraseBox
          label={said.label}
          value={passphrase}
          onChange={setPassphrase}
          hint={passphrase === '' ? emptyHint : said.shortHint}
          isNew
          isShown={isShown}
          isFirst
          look="big"
        >
          <div className="acts">
            <ShowTyped isShown={isShown} onChange={setIsShown} />
          </div>
        </PassphraseBox>
        {passphrase === '' ? null : (
          <PassphraseBox
            label={said.again}
            value={again}
            onChange={setAgain}
            error={isDifferent && again !== passphrase ? said.differs : undefined}
            isNew
            isShown={isShown}
            look="big"
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
