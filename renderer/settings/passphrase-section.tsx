import { type FormEvent, useState } from 'react'
import { PassphraseBox, ShowTyped } from '../first-run/passphrase-box.tsx'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'

const EMPTY = { current: '', next: '', again: '' }

/** Says what opens this profile, and changes it. */
export function PassphraseSection() {
  const { passphrase: said } = words.settings
  const session = useRow('session')
  const shell = useRow('shell')
  const opensWith = session?.state === 'open' ? session.opensWith : undefined
  const hasNone = opensWith === 'nothing' || opensWith === 'keyring'
  const [typed, setTyped] = useState(EMPTY)
  const [isShown, setIsShown] = useState(false)
  const [isDifferent, setIsDifferent] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const [done, setDone] = useState('')
  const { run, fail, failure, clear, isBusy } = useDoing()

  const change = async (to: string, then: string) => {
    const changed = await run('profile.changePassphrase', { current: typed.current, next: to })
    if (changed === undefined) return
    setTyped(EMPTY)
    setIsShown(false)
    setDone(then)
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (typed.next !== typed.again) return setIsDifferent(true)
    if (typed.next !== '') return change(typed.next, hasNone ? said.chosen : said.changed)
    if (hasNone) return fail({ code: 'empty' })
    setIsAsking(true)
  }

  const box = (which: keyof typeof EMPTY, label: string, error?: string) => (
    <PassphraseBox
      label={label}
      hint={which === 'current' && opensWith === undefined ? said.currentHint : undefined}
      isNew={which !== 'current'}
      isShown={isShown}
      value={typed[which]}
      error={error}
      onChange={(value) => {
        clear()
        setDone('')
        setIsDifferent(false)
        setTyped({ ...typed, [which]: value })
      }}
    />
  )

  return (
    <section className="sec">
      <header>
        <h2>{said.title}</h2>
      </header>
      <p className="soft">
        {opensWith === 'keyring' ? said.hintKeyring : opensWith === 'nothing' ? said.hintNone : said.hint}
        {opensWith === 'nothing' && shell?.kind === 'electron' && shell.hasKeyring === false
          ? ` ${said.noKeyring}`
          : ''}
      </p>
      <form className="form" onSubmit={submit}>
        {hasNone ? null : box('current', said.current)}
        {box('next', said.next)}
        {box('again', words.firstRun.passphrase.again, isDifferent ? words.firstRun.passphrase.differs : undefined)}
        {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
        <div className="acts">
          <Button isSubmit disabled={isBusy}>
            {hasNone ? said.choose : said.change}
          </Button>
          <ShowTyped isShown={isShown} onChange={setIsShown} />
          <span className="s12 soft" role="status">
            {isBusy ? said.takes : done}
          </span>
        </div>
      </form>
      {opensWith === 'nothing' && shell?.hasKeyring === true ? (
        <div className="form">
          <div className="acts">
            <Button disabled={isBusy} onClick={() => change('', said.kept)}>
              {said.keep}
            </Button>
          </div>
          <p className="hint">{said.keepHint}</p>
        </div>
      ) : null}
      {isAsking ? (
        // Going without a passphrase is chosen knowingly, as in the first run.
        <Confirm
          title={said.removeTitle}
          words={<p>{shell?.hasKeyring === true ? said.removeToKeyring : said.removeHint}</p>}
          act={said.remove}
          kind="danger"
          onYes={() => void change('', said.removed)}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </section>
  )
}
