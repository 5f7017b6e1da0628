import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { words } from '../words/words.ts'

/** A box for a passphrase, which can be shown while it is typed. */
export function PassphraseField({
  label,
  value,
  onChange,
  hint,
  error,
  isNew,
  onShow,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly isNew: boolean
  /** Hears whether it is shown, for a second box that goes with it. */
  readonly onShow?: (isShown: boolean) => void
}) {
  const [isShown, setIsShown] = useState(false)
  const { firstRun } = words
  const toggle = () => {
    setIsShown(!isShown)
    onShow?.(!isShown)
  }
  return (
    <Field
      label={label}
      look="big"
      type={isShown ? 'text' : 'password'}
      value={value}
      maxLength={1024}
      hint={hint}
      error={error}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      autoFocus
      onChange={(event) => onChange(event.target.value)}
    >
      <div className="acts">
        <Button kind="flat" isSmall aria-pressed={isShown} onClick={toggle}>
          {isShown ? firstRun.hide : firstRun.show}
        </Button>
      </div>
    </Field>
  )
}
