import type { Message } from '../../shared/domain/message.ts'
import { Menu, type MenuItem, type MenuOrigin } from '../ui/menu.tsx'
import { useRow } from '../views.ts'
import { words } from '../words/words.ts'

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const

/** Whose menu is open, and where. */
export interface MenuPlace extends MenuOrigin {
  readonly message: Message
}

/** What can be done with a message. */
export interface MessageActs {
  readonly onReply: (message: Message) => void
  readonly onEdit: (message: Message) => void
  readonly onReact: (message: Message, emoji: string, on: boolean) => void
  readonly onReceipt: (message: Message) => void
  readonly onRemove: (message: Message, from: 'here' | 'everyone') => void
}

/** The one menu of all messages: a menu for each would be most of what a long log draws. */
export function MessageMenu({
  place,
  acts,
  onClose,
}: {
  readonly place: MenuPlace
  readonly acts: MessageActs
  readonly onClose: () => void
}) {
  const self = useRow('self')
  const { message } = place
  const { chat } = words
  const hasReacted = (emoji: string) =>
    message.reactions.some((reaction) => reaction.emoji === emoji && self && reaction.authors.includes(self.id))
  const reactions = EMOJI.map((emoji) => ({
    label: chat.react(emoji),
    face: emoji,
    onChoose: () => acts.onReact(message, emoji, !hasReacted(emoji)),
  }))
  return (
    <Menu
      label={chat.actions}
      origin={place}
      choices={message.body.kind === 'text' ? reactions : []}
      items={itemsOf(message, acts)}
      onClose={onClose}
    />
  )
}

function itemsOf(message: Message, acts: MessageActs): readonly MenuItem[] {
  const { chat } = words
  const { body, isMine } = message
  const items: MenuItem[] = []
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
