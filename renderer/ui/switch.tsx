import { type ReactNode, useId } from 'react'

/** A switch in a row of its own, with what it does below. Two dots; on, they are joined. */
export function SwitchRow({
  label,
  hint,
  isOn,
  onChange,
  isDisabled = false,
}: {
  readonly label: string
  readonly hint: ReactNode
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly isDisabled?: boolean
}) {
  const id = useId()
  return (
    <div className="opt">
      <label htmlFor={id}>{label}</label>
      <input
        className="switch"
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says itself whether it is on
        role="switch"
        id={id}
        aria-describedby={`${id}-hint`}
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  )
}
