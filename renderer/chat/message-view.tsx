import { useRef } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import type { EntryId, Message } from '../../shared/domain/message.ts'
import { type Doing, useDoing } from '../messenger.ts'
import { ErrorLine } from '../ui/field.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { shortName } from '../words/short-name.ts'
import { arrivedWhen, clock, dateAndTime } from '../words/time.ts'
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
  const doing = useDoing()
  const place = useRef<HTMLDivElement>(null)
  useShown(place, message.isLate && onLateShown ? message.id : undefined, onLateShown)
  return (
    <div
      className={reactions.length > 0 ? 'msg reacted' : 'msg'}
      tabIndex={-1}
      data-found={isFound || undefined}
      title={chat.written(dateAndTime(message.writtenAt))}
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
      {reactions.length === 0 ? null : <Reactions message={message} contact={contact} doing={doing} />}
      {isText ? (
        <span className="msg-actions">
          <MessageMenu message={message} doing={doing} onReply={onReply} onEdit={onEdit} />
        </span>
      ) : null}
      <time className="msg-time" dateTime={new Date(message.writtenAt).toISOString()}>
        {clock(message.writtenAt)}
      </time>
      {doing.failure === undefined ? null : <ErrorLine>{failureSentence(doing.failure)}</ErrorLine>}
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

function Reactions({
  message,
  contact,
  doing,
}: {
  readonly message: Message
  readonly contact: Contact
  readonly doing: Doing
}) {
  const self = useRow('self')
  const { chat } = words
  return (
    <span className="reacts">
      {message.reactions.map(({ emoji, authors }) => {
        const isMine = self !== undefined && authors.includes(self.id)
        const names = authors.map((author) => (author === contact.id ? shortName(contact) : chat.you))
        return (
          <button
            type="button"
            className="react"
            key={emoji}
            aria-pressed={isMine}
            aria-label={chat.reaction(emoji, names.join(', '))}
            onClick={() => react(doing, message, emoji, !isMine)}
          >
            <span aria-hidden="true">{emoji}</span> {names.join(', ')}
          </button>
        )
      })}
    </span>
  )
}

const react = (doing: Doing, message: Message, emoji: string, on: boolean) =>
  void doing.run('message.react', { conversation: message.conversation, message: message.id, emoji, on })

function MessageMenu({
  message,
  doing,
  onReply,
  onEdit,
}: {
  readonly message: Message
  readonly doing: Doing
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
        onChoose: () => void doing.run('message.delete', { conversation: message.conversation, message: message.id }),
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
        onChoose: () => react(doing, message, emoji, !hasReacted(emoji)),
      }))}
    />
  )
}
