import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { words } from '../words/words.ts'

/** A box for a passphrase. Whether it can be read while it is typed is decided around it: boxes that go together change together. */
export function PassphraseBox({
  label,
  value,
  onChange,
  isNew,
  isShown,
  isFirst = false,
  look,
  hint,
  error,
  children,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isNew: boolean
  readonly isShown: boolean
  /** The page is there for this box: it has the focus at once. */
  readonly isFirst?: boolean
  readonly look?: 'big'
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly children?: ReactNode
}) {
  return (
    <Field
      label={label}
      {...(look === undefined ? {} : { look })}
      type={isShown ? 'text' : 'password'}
      value={value}
      maxLength={1024}
      hint={hint}
      error={error}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      autoFocus={isFirst}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
    >
      {children}
    </Field>
  )
}

/** Shows what is typed into passphrase boxes, or hides it again. */
export function ShowTyped({
  isShown,
  onChange,
}: {
  readonly isShown: boolean
  readonly onChange: (isShown: boolean) => void
}) {
  const { firstRun } = words
  return (
    <Button kind="flat" isSmall aria-pressed={isShown} onClick={() => onChange(!isShown)}>
      {isShown ? firstRun.hide : firstRun.show}
    </Button>
  )
}
