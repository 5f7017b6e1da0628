import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** One entry of a menu. */
export interface MenuItem {
  readonly label: string
  readonly icon: IconName
  readonly isDangerous?: boolean
  readonly onChoose: () => void
}

/** One of the quick choices above the entries: its face is all that is seen of it. */
export interface QuickChoice {
  readonly label: string
  readonly face: ReactNode
  readonly onChoose: () => void
}

/** What opened a menu: the focus goes back there. Without `at` the menu stands beside it, else where somebody pressed. */
export interface MenuOrigin {
  readonly opener: HTMLElement
  readonly at: Pick<DOMRect, 'top' | 'bottom' | 'right'> | undefined
}

/** A menu above the page, open as long as it is drawn. Arrows walk through it, Escape closes it, the focus goes back. */
export function Menu({
  label,
  origin: { opener, at },
  choices,
  items,
  onClose,
}: {
  readonly label: string
  readonly origin: MenuOrigin
  readonly choices: readonly QuickChoice[]
  readonly items: readonly MenuItem[]
  readonly onClose: () => void
}) {
  const layer = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const shown = layer.current
    if (shown === null) return
    shown.showPopover()
    const { top, bottom, right } = at ?? opener.getBoundingClientRect()
    const { width, height } = shown.getBoundingClientRect()
    const isBelow = bottom + height + 8 < window.innerHeight
    shown.style.top = `${isBelow ? bottom + 4 : Math.max(8, top - height - 4)}px`
    shown.style.left = `${Math.max(8, Math.min(right - width, window.innerWidth - width - 8))}px`
    entriesOf(shown)[0]?.focus()
  }, [opener, at])

  // Not by the browser: it would take letting go of the right button, or of a long press, as a press elsewhere.
  useEffect(() => {
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && layer.current?.contains(target) === false) onClose()
    }
    document.addEventListener('pointerdown', onPointerDown)
    return () => document.removeEventListener('pointerdown', onPointerDown)
  }, [onClose])

  const close = () => {
    onClose()
    opener.focus({ preventScroll: true })
  }
  const choose = (act: () => void) => {
    close()
    act()
  }

  return (
    <div
      className="menu"
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      ref={layer}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault()
          event.stopPropagation()
          close()
        } else walk(event, layer.current)
      }}
    >
      {choices.length === 0 ? null : (
        <div className="menu-top" role="none">
          {choices.map((choice) => (
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
          <Icon name={item.icon} />
          {item.label}
        </button>
      ))}
    </div>
  )
}

const entriesOf = (layer: HTMLElement): HTMLElement[] => [...layer.querySelectorAll<HTMLElement>('[role="menuitem"]')]

function walk(event: KeyboardEvent, layer: HTMLElement | null): void {
  if (layer === null) return
  event.stopPropagation()
  const all = entriesOf(layer)
  const at = document.activeElement instanceof HTMLElement ? all.indexOf(document.activeElement) : -1
  const to = {
    ArrowDown: at + 1,
    ArrowRight: at + 1,
    ArrowUp: at - 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: -1,
  }[event.key]
  if (to === undefined) return
  event.preventDefault()
  all.at(to % all.length)?.focus()
}
