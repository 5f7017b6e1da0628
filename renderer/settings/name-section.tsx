import { type FormEvent, useEffect, useState } from 'react'
import { nameRoom } from '../first-run/name-room.ts'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy.tsx'
import { Field } from '../ui/field.tsx'
import { Key, Who } from '../ui/who.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'

/** My name and my key. */
export function NameSection() {
  const { name: said } = words.settings
  const self = useRow('self')
  const known = self?.name ?? ''
  const [name, setName] = useState(known)
  const [isSaved, setIsSaved] = useState(false)
  const { run, fail, failure, clear, isBusy } = useDoing()
  useEffect(() => setName(known), [known])
  const { tooLong, left } = nameRoom(name)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (tooLong !== undefined) return
    if (name.trim() === '') return fail({ code: 'empty' })
    setIsSaved((await run('profile.rename', { name: name.trim() })) !== undefined)
  }
  return (
    <>
      <form onSubmit={save} className="sec first-sec">
        <Field
          label={said.label}
          hint={
            <>
              {said.hint}
              {left === undefined ? null : <span className="block num">{left}</span>}
            </>
          }
          value={name}
          autoComplete="off"
          error={tooLong ?? (failure === undefined ? undefined : failureSentence(failure))}
          onChange={(event) => {
            clear()
            setIsSaved(false)
            setName(event.target.value)
          }}
        >
          <div className="acts">
            <Button isSubmit disabled={isBusy || tooLong !== undefined || name === known}>
              {said.save}
            </Button>
            <span className="s12 soft" role="status">
              {isSaved ? said.saved : ''}
            </span>
          </div>
        </Field>
      </form>
      {self === undefined ? null : (
        <section className="sec">
          <header>
            <h2>{said.key}</h2>
          </header>
          <p className="soft">{said.keyHint}</p>
          <p className="preview-who">
            <Who id={self.id} name={known} />
            <Key id={self.id} />
          </p>
          <p className="s12 faint">{said.keyWhole}</p>
          <p className="key-full">
            <span className="mono">{self.id}</span>
            <CopyButton text={self.id} label={said.copy} done={said.copied} kind="flat" isSmall />
          </p>
        </section>
      )}
    </>
  )
}
