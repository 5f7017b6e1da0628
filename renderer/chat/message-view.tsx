import { useRef } from 'react'
import type { Failure } from '../../shared/contract/failures.ts'
import type { Contact } from '../../shared/domain/contact.ts'
import type { EntryId, Message } from '../../shared/domain/message.ts'
import { ErrorLine } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { shortName } from '../words/short-name.ts'
import { arrivedWhen, clock, dateAndTime } from '../words/time.ts'
import { words } from '../words/words.ts'
import { MessageWords } from './message-words.tsx'
import { useShown } from './use-shown.ts'

/** What a message needs beside itself. All of it stays the same while nothing of the message changes. */
export interface MessageViewProps {
  readonly message: Message
  readonly contact: Contact
  /** Somebody was led here. */
  readonly isFound: boolean
  /** The words looked for in this conversation; empty while nothing is. */
  readonly marked: string
  /** Why what was done with it did not work. */
  readonly failure: Failure | undefined
  readonly onLateShown: ((message: Message) => void) | undefined
  readonly onJump: (message: EntryId) => void
  readonly onReact: (message: Message, emoji: string, on: boolean) => void
}

/** One message: what it answers, its words, how people reacted. What can be done with it, message-menu.tsx shows for all. */
export function MessageView({
  message,
  contact,
  isFound,
  marked,
  failure,
  onLateShown,
  onJump,
  onReact,
}: MessageViewProps) {
  const { chat } = words
  const { reactions, body } = message
  const place = useRef<HTMLDivElement>(null)
  useShown(place, message.isLate ? message : undefined, onLateShown)
  return (
    <div
      className={reactions.length > 0 ? 'msg reacted' : 'msg'}
      tabIndex={-1}
      data-id={message.id}
      data-found={isFound || undefined}
      title={chat.written(dateAndTime(message.writtenAt))}
      ref={place}
    >
      <Quote message={message} onJump={onJump} />
      {body.kind === 'text' ? (
        <MessageWords text={body.text} marked={marked} />
      ) : (
        <em className="faint">{body.kind === 'deleted' ? chat.deleted : chat.unsupported}</em>
      )}
      {message.editedAt === undefined || body.kind !== 'text' ? null : <small>{chat.edited}</small>}
      {message.isLate ? <small>{chat.arrived(arrivedWhen(message.arrivedAt, message.writtenAt))}</small> : null}
      {reactions.length === 0 ? null : <Reactions message={message} contact={contact} onReact={onReact} />}
      <span className="msg-actions">
        <button type="button" className="tool" aria-label={chat.actions} title={chat.actions} aria-haspopup="menu">
          <Icon name="more" />
        </button>
      </span>
      <time className="msg-time" dateTime={new Date(message.writtenAt).toISOString()}>
        {clock(message.writtenAt)}
      </time>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
    </div>
  )
}

/** What the message answers; a press leads there. */
function Quote({ message, onJump }: { readonly message: Message; readonly onJump: (message: EntryId) => void }) {
  const { chat } = words
  const { inReplyTo } = message
  if (inReplyTo === undefined) return null
  const { id, author, text, isHidden } = inReplyTo
  if (text !== undefined)
    return (
      <button type="button" className="quote" dir="auto" onClick={() => onJump(id)}>
        <span className="sr">{chat.replyTo}</span>
        {text}
      </button>
    )
  const gone = isHidden ? chat.replyHidden : author === undefined ? chat.replyGone : chat.replyDeleted
  return <span className="quote">{gone}</span>
}

function Reactions({
  message,
  contact,
  onReact,
}: {
  readonly message: Message
  readonly contact: Contact
  readonly onReact: MessageViewProps['onReact']
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
            onClick={() => onReact(message, emoji, !isMine)}
          >
            <span aria-hidden="true">{emoji}</span> {names.join(', ')}
          </button>
        )
      })}
    </span>
  )
}
