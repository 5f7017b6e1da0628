import { type ReactNode, useId, useRef } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** One entry of a menu. */
export interface MenuItem {
  readonly label: string
  readonly icon?: IconName
  readonly isDangerous?: boolean
  readonly onChoose: () => void
}

/** A button that opens a menu above the page; arrows walk through it, Escape closes it and gives the focus back. */
export function Menu({
  label,
  icon,
  items,
  top,
  extra = '',
}: {
  readonly label: string
  readonly icon: IconName
  readonly items: readonly MenuItem[]
  /** A row of quick choices above the entries. */
  readonly top?: readonly { readonly label: string; readonly face: ReactNode; readonly onChoose: () => void }[]
  readonly extra?: string
}) {
  const button = useRef<HTMLButtonElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const id = useId()

  const place = () => {
    const from = button.current?.getBoundingClientRect()
    const shown = layer.current
    if (from === undefined || shown === null) return
    const { width, height } = shown.getBoundingClientRect()
    const isBelow = from.bottom + height + 8 < window.innerHeight
    shown.style.top = `${isBelow ? from.bottom + 4 : Math.max(8, from.top - height - 4)}px`
    shown.style.left = `${Math.max(8, Math.min(from.right - width, window.innerWidth - width - 8))}px`
  }

  const entries = () => [...(layer.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]

  const choose = (action: () => void) => {
    layer.current?.hidePopover()
    button.current?.focus()
    action()
  }

  return (
    <>
      <button
        type="button"
        className={`tool ${extra}`}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        popoverTarget={id}
        ref={button}
      >
        <Icon name={icon} />
      </button>
      <div
        id={id}
        className="menu"
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        ref={layer}
        onToggle={(event) => {
          if (event.newState !== 'open') return
          place()
          entries()[0]?.focus()
        }}
        onKeyDown={(event) => {
          const all = entries()
          const at = document.activeElement instanceof HTMLElement ? all.indexOf(document.activeElement) : -1
          const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key]
          event.stopPropagation()
          if (event.key === 'Tab') layer.current?.hidePopover()
          if (step === undefined) return
          event.preventDefault()
          all.at((at + step + all.length) % all.length)?.focus()
        }}
      >
        {top === undefined ? null : (
          <div className="menu-top" role="none">
            {top.map((choice) => (
              <button
                type="button"
                role="menuitem"
                tabIndex={-1}
                className="tool"
                key={choice.label}
                aria-label={choice.label}
                onClick={() => choose(choice.onChoose)}
              >
                {choice.face}
              </button>
            ))}
          </div>
        )}
        {items.map((item) => (
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={item.isDangerous ? 'menu-item bad' : 'menu-item'}
            key={item.label}
            onClick={() => choose(item.onChoose)}
          >
            {item.icon === undefined ? null : <Icon name={item.icon} />}
            {item.label}
          </button>
        ))}
      </div>
    </>
  )
}
