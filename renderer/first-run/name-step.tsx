import { type FormEvent, useState } from 'react'
import type { Self } from '../../shared/contract/views.ts'
import { NAME_MAX_BYTES, NAME_MAX_GRAPHEMES } from '../../shared/domain/limits.ts'
import { useDoing } from '../messenger.ts'
import { go, href } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Key } from '../ui/who.tsx'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { StepFrame } from './frame.tsx'

const utf8 = new TextEncoder()
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Whether a name fits the limits; the messenger decides, this only says it sooner. */
export const isNameTooLong = (name: string): boolean =>
  utf8.encode(name.trim()).length > NAME_MAX_BYTES || [...segmenter.segment(name.trim())].length > NAME_MAX_GRAPHEMES

/** Second step: the name contacts see. */
export function NameStep({ self }: { readonly self: Self }) {
  const { name: said, next } = words.firstRun
  const [name, setName] = useState('')
  const { run, fail, failure, clear, isBusy } = useDoing()
  const isTooLong = isNameTooLong(name)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isTooLong) return
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
          error={
            isTooLong ? said.tooLong(NAME_MAX_GRAPHEMES) : failure === undefined ? undefined : failureSentence(failure)
          }
          hint={
            <>
              {said.hint} <Key id={self.id} />
              {said.hintEnd}
            </>
          }
          onChange={(event) => {
            clear()
            setName(event.target.value)
          }}
        />
        <div className="acts">
          <Button kind="main" isSubmit disabled={isBusy || isTooLong}>
            {next}
          </Button>
        </div>
      </form>
    </StepFrame>
  )
}
