import { type FormEvent, useState } from 'react'
import type { Failure } from '../../shared/contract/failures.ts'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { Wall } from '../ui/logo.tsx'
import { failureSentence } from '../words/failure.ts'
import { clock, date } from '../words/time.ts'
import { words } from '../words/words.ts'
import { PassphraseField } from './passphrase-field.tsx'

/** The profile could not be opened: what happened, and what helps. */
export function FailedPage({ failure }: { readonly failure: Failure }) {
  const { failed } = words.firstRun
  const { run, isBusy } = useDoing()
  const copyAt = failure.code === 'profile-damaged' ? Number(failure.detail?.['goodCopyAt']) : Number.NaN
  return (
    <main className="alone">
      <div className="empty">
        <Wall tone="bad" />
        <h1>{failed.title}</h1>
        <p className="soft">{failureSentence(failure)}</p>
        {Number.isFinite(copyAt) ? <RestoreCopy at={copyAt} /> : null}
        {failure.code === 'profile-damaged' || failure.code === 'profile-newer' ? null : (
          <Button kind="main" disabled={isBusy} onClick={() => run('profile.unlock', { passphrase: '' })}>
            {failed.again}
          </Button>
        )}
      </div>
    </main>
  )
}

/** Opens the last good copy; the damaged database is kept beside it. */
function RestoreCopy({ at }: { readonly at: number }) {
  const { failed, lock } = words.firstRun
  const [passphrase, setPassphrase] = useState('')
  const { run, failure, clear, isBusy } = useDoing()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    await run('profile.restoreCopy', { passphrase })
  }
  return (
    <form className="form restore" onSubmit={submit}>
      <p className="soft">{failed.copy(`${date(at)}, ${clock(at)}`)}</p>
      <PassphraseField
        label={lock.label}
        value={passphrase}
        hint={failed.copyHint}
        error={failure === undefined ? undefined : failureSentence(failure)}
        onChange={(value) => {
          clear()
          setPassphrase(value)
        }}
        isNew={false}
      />
      <div className="acts">
        <Button kind="main" isSubmit disabled={isBusy}>
          {failed.copyOpen}
        </Button>
      </div>
    </form>
  )
}
