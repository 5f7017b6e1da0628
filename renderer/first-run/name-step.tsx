import { type FormEvent, useState } from 'react'
import type { Self } from '../../shared/contract/views.ts'
import { useDoing } from '../messenger.ts'
import { go, href } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Key } from '../ui/who.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { StepFrame } from './frame.tsx'
import { nameRoom } from './name-room.ts'

/** Second step: the name contacts see. */
export function NameStep({ self }: { readonly self: Self }) {
  const { name: said, next } = words.firstRun
  const [name, setName] = useState('')
  const { run, fail, failure, clear, isBusy } = useDoing()
  const { tooLong, left } = nameRoom(name)
  const isVisible = useRow('settings')?.isVisible ?? false

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (tooLong !== undefined) return
    if (name.trim() === '') return fail({ code: 'empty' })
    // First the address, so that the page after this one is the link and not the chats for a moment.
    go(href('welcome'), { replace: true })
    await run('profile.rename', { name: name.trim() })
  }

  return (
    <StepFrame step={2} name={name} reach="unknown" title={said.title}>
      <form onSubmit={submit} className="form">
        <Field
          label={said.label}
          look="big"
          autoComplete="off"
          autoFocus
          value={name}
          error={tooLong ?? (failure === undefined ? undefined : failureSentence(failure))}
          hint={
            <>
              {said.hint} <Key id={self.id} />
              {said.hintEnd}
              {isVisible ? <span className="block">{said.visible}</span> : null}
              {left === undefined ? null : <span className="block num">{left}</span>}
            </>
          }
          onChange={(event) => {
            clear()
            setName(event.target.value)
          }}
        />
        <div className="acts">
          <Button kind="main" isSubmit disabled={isBusy || tooLong !== undefined}>
            {next}
          </Button>
        </div>
      </form>
    </StepFrame>
  )
}
