import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon, type IconName } from './icon.tsx'

type Rest = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type'>

/** A button with words. */
export function Button({
  kind = 'plain',
  isSmall = false,
  isSubmit = false,
  icon,
  children,
  ...rest
}: Rest & {
  readonly kind?: 'plain' | 'main' | 'flat' | 'danger' | 'flat danger'
  readonly isSmall?: boolean
  readonly isSubmit?: boolean
  readonly icon?: IconName
  readonly children: ReactNode
}) {
  return (
    <button type={isSubmit ? 'submit' : 'button'} className={`btn ${kind} ${isSmall ? 'small' : ''}`} {...rest}>
      {icon === undefined ? null : <Icon name={icon} isSmall />}
      {children}
    </button>
  )
}

/** A square button with a drawing; its label is its name and its tip. */
export function Tool({
  icon,
  label,
  extra = '',
  isSubmit = false,
  ref,
  ...rest
}: Rest & {
  readonly icon: IconName
  readonly label: string
  readonly extra?: string
  readonly isSubmit?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}) {
  return (
    <button
      type={isSubmit ? 'submit' : 'button'}
      className={`tool ${extra}`}
      aria-label={label}
      title={label}
      ref={ref}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  )
}

/** A link that looks like a square button: back and close, which only change the address. */
export function ToolLink({
  icon,
  label,
  to,
  extra = '',
}: {
  readonly icon: IconName
  readonly label: string
  readonly to: string
  readonly extra?: string
}) {
  return (
    <a className={`tool ${extra}`} href={to} aria-label={label} title={label}>
      <Icon name={icon} />
    </a>
  )
}
