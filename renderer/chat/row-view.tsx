import type { Contact } from '../../shared/domain/contact.ts'
import type { EntryId, Message } from '../../shared/domain/message.ts'
import { useRelayName } from '../line/relay-name.ts'
import { nameOf } from '../people/person.ts'
import { transportWord } from '../words/line.ts'
import { shortName } from '../words/short-name.ts'
import { clock, dayHeading, milliseconds } from '../words/time.ts'
import { words } from '../words/words.ts'
import { DeliveryLine } from './delivery-line.tsx'
import { MessageView } from './message-view.tsx'
import type { Mark, Row, Turn } from './rows.ts'

interface Around {
  readonly contact: Contact
  readonly lastMine: Message | undefined
  /** The message a search led to. */
  readonly found: EntryId | undefined
  readonly onReply: (message: Message) => void
  readonly onEdit: (message: Message) => void
  readonly onLateShown: ((message: EntryId) => void) | undefined
}

/** One row of the log. */
export function RowView({ row, ...around }: { readonly row: Row } & Around) {
  switch (row.kind) {
    case 'beginning':
      return <p className="day">{words.chat.beginning(nameOf(around.contact))}</p>
    case 'day':
      return <h2 className="day">{dayHeading(row.at, Date.now())}</h2>
    case 'unread':
      return (
        <h2 className="day unread-mark">
          <span>{words.chat.unreadFromHere}</span>
        </h2>
      )
    case 'mark':
      return <MarkView mark={row} />
    case 'turn':
      return <TurnView turn={row} {...around} />
  }
}

function MarkView({ mark }: { readonly mark: Mark }) {
  const relayName = useRelayName()
  const { chat } = words
  return (
    <p className={mark.way === 'relayed' ? 'mark to-relay' : 'mark'}>
      <span>
        <b>{chat.mark[mark.way]}</b>
        {mark.relay === undefined ? '' : chat.by(relayName(mark.relay))}
        {mark.transport === undefined || mark.way === 'relayed' ? '' : ` · ${transportWord[mark.transport]}`}
        {mark.tripMs === undefined ? '' : ` · ${milliseconds(mark.tripMs)}`} · <time>{clock(mark.at)}</time>
      </span>
    </p>
  )
}

function TurnView({ turn, contact, lastMine, found, ...rest }: { readonly turn: Turn } & Around) {
  const { chat } = words
  const isLast = lastMine !== undefined && turn.messages.at(-1)?.id === lastMine.id
  return (
    <section className={turn.isMine ? 'turn own' : 'turn'} data-way={turn.way} data-opening={turn.isOpening}>
      {turn.isOpening ? (
        <p className="by">
          {turn.isMine ? <span className="sr">{chat.you}</span> : <b>{shortName(contact)}</b>}
          <span className="sr">{chat.wayHint[turn.way]},</span>{' '}
          <time dateTime={new Date(turn.at).toISOString()}>{clock(turn.at)}</time>
        </p>
      ) : null}
      {turn.messages.map((message) => (
        <MessageView key={message.id} message={message} contact={contact} isFound={message.id === found} {...rest} />
      ))}
      {isLast ? <DeliveryLine message={lastMine} contact={contact} /> : null}
    </section>
  )
}
