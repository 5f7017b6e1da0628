import { useRef } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import type { EntryId, Message } from '../../shared/domain/message.ts'
import { ask } from '../messenger.ts'
import { firstName, nameOf } from '../people/person.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { useRow } from '../views.ts'
import { arrivedWhen } from '../words/time.ts'
import { words } from '../words/words.ts'
import { piecesOf } from './links.ts'
import { useShown } from './use-shown.ts'

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const

/** One message: what it answers, its words, how people reacted, and what can be done with it. */
export function MessageView({
  message,
  contact,
  isFound,
  onReply,
  onEdit,
  onLateShown,
}: {
  readonly message: Message
  readonly contact: Contact
  readonly isFound: boolean
  readonly onLateShown: ((message: EntryId) => void) | undefined
  readonly onReply: (message: Message) => void
  readonly onEdit: (message: Message) => void
}) {
  const { chat } = words
  const { inReplyTo, reactions } = message
  const isText = message.body.kind === 'text'
  const place = useRef<HTMLDivElement>(null)
  useShown(place, message.isLate && onLateShown ? message.id : undefined, onLateShown)
  return (
    <div
      className={reactions.length > 0 ? 'msg reacted' : 'msg'}
      tabIndex={-1}
      data-found={isFound || undefined}
      ref={place}
    >
      {inReplyTo === undefined ? null : (
        <span className="quote" dir="auto">
          {inReplyTo.text ?? chat.replyGone}
        </span>
      )}
      <Body message={message} />
      {message.editedAt === undefined || !isText ? null : <small>{chat.edited}</small>}
      {message.isLate ? <small>{chat.arrived(arrivedWhen(message.arrivedAt, message.writtenAt))}</small> : null}
      {reactions.length === 0 ? null : <Reactions message={message} contact={contact} />}
      {isText ? (
        <span className="msg-actions">
          <MessageMenu message={message} onReply={onReply} onEdit={onEdit} />
        </span>
      ) : null}
    </div>
  )
}

function Body({ message }: { readonly message: Message }) {
  const { body } = message
  if (body.kind === 'deleted') return <em className="faint">{words.chat.deleted}</em>
  if (body.kind === 'unsupported') return <em className="faint">{words.chat.unsupported}</em>
  return (
    <span className="words" dir="auto">
      {piecesOf(body.text).map((piece, at) =>
        piece.isLink ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change their order
          <a key={at} href={piece.text} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </span>
  )
}

function Reactions({ message, contact }: { readonly message: Message; readonly contact: Contact }) {
  const self = useRow('self')
  const { chat } = words
  return (
    <span className="reacts">
      {message.reactions.map(({ emoji, authors }) => {
        const isMine = self !== undefined && authors.includes(self.id)
        const names = authors.map((author) => (author === contact.id ? firstName(nameOf(contact)) : chat.you))
        return (
          <button
            type="button"
            className="react"
            key={emoji}
            aria-pressed={isMine}
            aria-label={chat.reaction(emoji, names.join(', '))}
            onClick={() => react(message, emoji, !isMine)}
          >
            <span aria-hidden="true">{emoji}</span> {names.join(', ')}
          </button>
        )
      })}
    </span>
  )
}

const react = (message: Message, emoji: string, on: boolean) =>
  void ask('message.react', { conversation: message.conversation, message: message.id, emoji, on })

function MessageMenu({
  message,
  onReply,
  onEdit,
}: {
  readonly message: Message
  readonly onReply: (message: Message) => void
  readonly onEdit: (message: Message) => void
}) {
  const self = useRow('self')
  const { chat } = words
  const { body } = message
  const items: MenuItem[] = [
    { label: chat.reply, icon: 'reply', onChoose: () => onReply(message) },
    {
      label: chat.copy,
      icon: 'copy',
      onChoose: () => void navigator.clipboard?.writeText(body.kind === 'text' ? body.text : ''),
    },
  ]
  if (message.isMine)
    items.push(
      { label: chat.edit, icon: 'pencil', onChoose: () => onEdit(message) },
      {
        label: chat.remove,
        icon: 'bin',
        isDangerous: true,
        onChoose: () => void ask('message.delete', { conversation: message.conversation, message: message.id }),
      },
    )
  const hasReacted = (emoji: string) =>
    message.reactions.some((reaction) => reaction.emoji === emoji && self && reaction.authors.includes(self.id))
  return (
    <Menu
      label={chat.actions}
      icon="more"
      items={items}
      top={EMOJI.map((emoji) => ({
        label: chat.react(emoji),
        face: emoji,
        onChoose: () => react(message, emoji, !hasReacted(emoji)),
      }))}
    />
  )
}
