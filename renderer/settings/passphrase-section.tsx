import { type FormEvent, useState } from 'react'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorLine, Field } from '../ui/field.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'

const EMPTY = { current: '', next: '', again: '' }

/** Changes what opens this profile. */
export function PassphraseSection() {
  const { passphrase: said } = words.settings
  const session = useRow('session')
  const hasPassphrase = session?.state === 'open' ? session.hasPassphrase : undefined
  const [typed, setTyped] = useState(EMPTY)
  const [isDifferent, setIsDifferent] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const [done, setDone] = useState('')
  const { run, fail, failure, clear, isBusy } = useDoing()

  const change = async () => {
    setIsAsking(false)
    const changed = await run('profile.changePassphrase', { current: typed.current, next: typed.next })
    if (changed === undefined) return
    setTyped(EMPTY)
    setDone(typed.next === '' ? said.removed : hasPassphrase === false ? said.chosen : said.changed)
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (typed.next !== typed.again) return setIsDifferent(true)
    if (typed.next !== '') return change()
    if (hasPassphrase === false) return fail({ code: 'empty' })
    setIsAsking(true)
  }

  const box = (which: keyof typeof EMPTY, label: string, error?: string) => (
    <Field
      label={label}
      hint={which === 'current' && hasPassphrase === undefined ? said.currentHint : undefined}
      type="password"
      maxLength={1024}
      autoComplete={which === 'current' ? 'current-password' : 'new-password'}
      value={typed[which]}
      error={error}
      onChange={(event) => {
        clear()
        setDone('')
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
      <p className="soft">{hasPassphrase === false ? said.hintNone : said.hint}</p>
      <form className="form" onSubmit={submit}>
        {hasPassphrase === false ? null : box('current', said.current)}
        {box('next', said.next)}
        {box('again', words.firstRun.passphrase.again, isDifferent ? words.firstRun.passphrase.differs : undefined)}
        {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
        <div className="acts">
          <Button isSubmit disabled={isBusy}>
            {hasPassphrase === false ? said.choose : said.change}
          </Button>
          <span className="s12 soft" role="status">
            {isBusy ? said.takes : done}
          </span>
        </div>
      </form>
      {isAsking ? <Removing onRemove={change} onClose={() => setIsAsking(false)} /> : null}
    </section>
  )
}

/** Going without a passphrase is chosen knowingly, as in the first run. */
function Removing({ onRemove, onClose }: { readonly onRemove: () => void; readonly onClose: () => void }) {
  const { settings, shell } = words
  const { passphrase: said } = settings
  return (
    <Dialog title={said.removeTitle} onClose={onClose}>
      <p>{said.removeHint}</p>
      <div className="acts end">
        <Button kind="flat" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button kind="danger" onClick={onRemove}>
          {said.remove}
        </Button>
      </div>
    </Dialog>
  )
}
