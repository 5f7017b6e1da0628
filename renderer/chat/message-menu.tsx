import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react'
import type { Message } from '../../shared/domain/message.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useRow } from '../views.ts'
import { words } from '../words/words.ts'

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const

/** Whose menu is open, and where: beside an element, or where somebody pressed. */
export interface MenuPlace {
  readonly message: Message
  readonly opener: HTMLElement
  readonly at: Pick<DOMRect, 'top' | 'bottom' | 'right'>
}

/** What can be done with a message. */
export interface MessageActs {
  readonly onReply: (message: Message) => void
  readonly onEdit: (message: Message) => void
  readonly onReact: (message: Message, emoji: string, on: boolean) => void
  readonly onReceipt: (message: Message) => void
  readonly onRemove: (message: Message, from: 'here' | 'everyone') => void
}

interface Item {
  readonly label: string
  readonly icon: IconName
  readonly isDangerous?: boolean
  readonly onChoose: () => void
}

/**
 * The one menu of all messages: a menu for each would be most of what a long log draws. Arrows walk through it, Escape
 * closes it, and the focus goes back to where it was opened.
 */
export function MessageMenu({
  place: { message, opener, at },
  acts,
  onClose,
}: {
  readonly place: MenuPlace
  readonly acts: MessageActs
  readonly onClose: () => void
}) {
  const layer = useRef<HTMLDivElement>(null)
  const self = useRow('self')
  const { chat } = words

  useLayoutEffect(() => {
    const shown = layer.current
    if (shown === null) return
    shown.showPopover()
    const { width, height } = shown.getBoundingClientRect()
    const isBelow = at.bottom + height + 8 < window.innerHeight
    shown.style.top = `${isBelow ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`
    shown.style.left = `${Math.max(8, Math.min(at.right - width, window.innerWidth - width - 8))}px`
    entriesOf(shown)[0]?.focus()
  }, [at])

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
  const hasReacted = (emoji: string) =>
    message.reactions.some((reaction) => reaction.emoji === emoji && self && reaction.authors.includes(self.id))

  return (
    <div
      className="menu"
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-label={chat.actions}
      ref={layer}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault()
          event.stopPropagation()
          close()
        } else walk(event, layer.current)
      }}
    >
      {message.body.kind === 'text' ? (
        <div className="menu-top" role="none">
          {EMOJI.map((emoji) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              className="tool"
              key={emoji}
              aria-label={chat.react(emoji)}
              onClick={() => choose(() => acts.onReact(message, emoji, !hasReacted(emoji)))}
            >
              {emoji}
            </button>
          ))}
        </div>
      ) : null}
      {itemsOf(message, acts).map((item) => (
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

function itemsOf(message: Message, acts: MessageActs): readonly Item[] {
  const { chat } = words
  const { body, isMine } = message
  const items: Item[] = []
  if (body.kind === 'text')
    items.push(
      { label: chat.reply, icon: 'reply', onChoose: () => acts.onReply(message) },
      { label: chat.copy, icon: 'copy', onChoose: () => void navigator.clipboard?.writeText(body.text) },
    )
  if (body.kind === 'text' && isMine)
    items.push(
      { label: chat.edit, icon: 'pencil', onChoose: () => acts.onEdit(message) },
      { label: chat.receipt.title, icon: 'info', onChoose: () => acts.onReceipt(message) },
    )
  items.push({ label: chat.removeHere, icon: 'bin', isDangerous: true, onChoose: () => acts.onRemove(message, 'here') })
  if (isMine && body.kind !== 'deleted')
    items.push({
      label: chat.removeEverywhere,
      icon: 'bin',
      isDangerous: true,
      onChoose: () => acts.onRemove(message, 'everyone'),
    })
  return items
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
