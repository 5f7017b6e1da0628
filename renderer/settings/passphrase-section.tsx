import { type FormEvent, useState } from 'react'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine, Field } from '../ui/field.tsx'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'

const EMPTY = { current: '', next: '', again: '' }

/** Changes what opens this profile. */
export function PassphraseSection() {
  const { passphrase: said, name } = words.settings
  const [typed, setTyped] = useState(EMPTY)
  const [isDifferent, setIsDifferent] = useState(false)
  const [isSaved, setIsSaved] = useState(false)
  const { run, failure, clear, isBusy } = useDoing()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (typed.next !== typed.again) return setIsDifferent(true)
    const changed = await run('profile.changePassphrase', { current: typed.current, next: typed.next })
    if (changed === undefined) return
    setTyped(EMPTY)
    setIsSaved(true)
  }

  const box = (which: keyof typeof EMPTY, label: string, error?: string) => (
    <Field
      label={label}
      type="password"
      maxLength={1024}
      autoComplete={which === 'current' ? 'current-password' : 'new-password'}
      value={typed[which]}
      error={error}
      onChange={(event) => {
        clear()
        setIsSaved(false)
        setIsDifferent(false)
        setTyped({ ...typed, [which]: event.target.value })
      }}
    />
  )

  return (
    <section className="sec">
      <header>
        <h2>{said.title}</h2>
      </header>
      <p className="soft">{said.hint}</p>
      <form className="form" onSubmit={submit}>
        {box('current', said.current)}
        {box('next', said.next)}
        {box('again', words.firstRun.passphrase.again, isDifferent ? words.firstRun.passphrase.differs : undefined)}
        {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
        <div className="acts">
          <Button isSubmit disabled={isBusy}>
            {said.change}
          </Button>
          <span className="s12 soft" role="status">
            {isBusy ? said.takes : isSaved ? name.saved : ''}
          </span>
        </div>
      </form>
    </section>
  )
}
