import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react'
import { Icon } from './icon.tsx'

/** An error beside where it happened; read out when it appears. */
export function ErrorLine({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p className="err" id={id} role="alert">
      <Icon name="warn" isSmall />
      <span>{children}</span>
    </p>
  )
}

interface Around {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** What stands beside or under the box, as a button that goes with it. */
  readonly children?: ReactNode
}

/** A line to type in, with its label, its hint and its error. */
export function Field({
  label,
  hint,
  error,
  children,
  look = '',
  ref,
  ...rest
}: Around & { readonly look?: string; readonly ref?: Ref<HTMLInputElement> } & Omit<
    InputHTMLAttributes<HTMLInputElement>,
    'className' | 'id'
  >) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} error={error} after={children}>
      <input
        className={`in ${look}`}
        id={id}
        ref={ref}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={describedBy(id, hint, error)}
        {...rest}
      />
    </Frame>
  )
}

/** Several lines to type in. */
export function AreaField({
  label,
  hint,
  error,
  children,
  look = '',
  ...rest
}: Around & { readonly look?: string } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'id'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} error={error} after={children}>
      <textarea
        className={`in ${look}`}
        id={id}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={describedBy(id, hint, error)}
        {...rest}
      />
    </Frame>
  )
}

function describedBy(id: string, hint: ReactNode, error: string | undefined): string | undefined {
  const ids = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(Boolean)
  return ids.length === 0 ? undefined : ids.join(' ')
}

function Frame(props: {
  readonly id: string
  readonly label: string
  readonly hint: ReactNode
  readonly error: string | undefined
  readonly after: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className="field">
      <label htmlFor={props.id}>{props.label}</label>
      {props.children}
      {props.error === undefined ? null : <ErrorLine id={`${props.id}-error`}>{props.error}</ErrorLine>}
      {props.after}
      {props.hint === undefined ? null : (
        <p className="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  )
}

/** A search box with its glass. */
export function Find({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div className="find">
      <Icon name="search" isSmall />
      <label className="sr" htmlFor={id}>
        {label}
      </label>
      <input
        className="in"
        id={id}
        type="search"
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          onChange('')
        }}
      />
    </div>
  )
}
