import { useRow } from '../views.ts'
import { words } from '../words/words.ts'
import { StepFrame } from './frame.tsx'
import { PassphraseForm } from './passphrase-form.tsx'

/** A locked profile asks for its passphrase. */
export function LockPage() {
  const { lock } = words.firstRun
  const profile = useRow('shell')?.profile ?? ''
  return (
    <StepFrame name="" title={lock.title}>
      <p className="soft">
        {lock.intro(profile)} {lock.offline}
      </p>
      <PassphraseForm command="profile.unlock" act={lock.unlock} />
    </StepFrame>
  )
}
