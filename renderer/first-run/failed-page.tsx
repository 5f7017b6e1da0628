import type { Failure, FailureCode } from '../../shared/contract/failures.ts'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { Wall } from '../ui/logo.tsx'
import { failureSentence } from '../words/failure.ts'
import { clock, date } from '../words/time.ts'
import { words } from '../words/words.ts'
import { KeyringWait } from './keyring-wait.tsx'
import { PassphraseForm } from './passphrase-form.tsx'

// Another try would find the same.
const lasting: readonly FailureCode[] = ['profile-damaged', 'profile-newer']

/** The profile could not be opened: what happened, and what helps. */
export function FailedPage({ failure }: { readonly failure: Failure }) {
  const { failed } = words.firstRun
  const { run, isBusy } = useDoing()
  const copyAt = failure.code === 'profile-damaged' ? Number(failure.detail?.['goodCopyAt']) : Number.NaN
  const isKept = failure.code === 'keyring-changed' || failure.code === 'keyring-unavailable'
  return (
    <main className="alone">
      <div className="empty">
        <Wall tone="bad" />
        <h1>{failed.title}</h1>
        <p className="soft">
          {failureSentence(failure)}
          {isKept ? ` ${failed.kept}` : ''}
        </p>
        {Number.isFinite(copyAt) ? <RestoreCopy at={copyAt} /> : null}
        {lasting.includes(failure.code) ? null : (
          <Button kind="main" disabled={isBusy} onClick={() => run('profile.unlock', { passphrase: '' })}>
            {failed.again}
          </Button>
        )}
        {isBusy ? <KeyringWait /> : null}
      </div>
    </main>
  )
}

/** Opens the last good copy; the damaged database is kept beside it. */
function RestoreCopy({ at }: { readonly at: number }) {
  const { failed } = words.firstRun
  return (
    <PassphraseForm command="profile.restoreCopy" act={failed.copyOpen} hint={failed.copyHint}>
      <p className="soft">{failed.copy(`${date(at)}, ${clock(at)}`)}</p>
    </PassphraseForm>
  )
}
