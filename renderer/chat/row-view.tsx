import { memo } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import { useRelayName } from '../line/relay-name.ts'
import { nameOf } from '../people/person.ts'
import { transportWord } from '../words/line.ts'
import { shortName } from '../words/short-name.ts'
import { clock, dayHeading, milliseconds } from '../words/time.ts'
import { words } from '../words/words.ts'
import { DeliveryLine, Receipt } from './delivery-line.tsx'
import { MessageView, type MessageViewProps } from './message-view.tsx'
import { isSameRow, type Mark, type Row, type Turn } from './rows.ts'

interface Around extends Omit<MessageViewProps, 'message'> {
  /** The newest message of mine: the one whose delivery is said. */
  readonly isLastMine: boolean
  readonly isReceiptOpen: boolean
}

/** One row of the log. Drawn again only when something of it changed: a long log stands still while one writes. */
export const RowView = memo(DrawnRow, (before, now) => {
  const { row, contact, ...rest } = before
  const { row: rowNow, contact: contactNow, ...restNow } = now
  const saysHowItWent = now.isLastMine || now.isReceiptOpen
  return (
    isSameRow(row, rowNow) &&
    (saysHowItWent ? contact === contactNow : isSamePerson(contact, contactNow)) &&
    Object.entries(restNow).every(([name, value]) => rest[name as keyof typeof rest] === value)
  )
})

const isSamePerson = (one: Contact, other: Contact): boolean =>
  one.id === other.id && one.name === other.name && one.givenName === other.givenName

function DrawnRow({ row, ...around }: { readonly row: Row } & Around) {
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

function TurnView({ turn, isLastMine, isReceiptOpen, ...rest }: { readonly turn: Turn } & Around) {
  const { chat } = words
  const { message, way, isOpening } = turn
  return (
    <section className={message.isMine ? 'turn own' : 'turn'} data-way={way} data-opening={isOpening}>
      {isOpening ? (
        <p className="by">
          {message.isMine ? <span className="sr">{chat.you}</span> : <b>{shortName(rest.contact)}</b>}
          <span className="sr">{chat.wayHint[way]},</span>{' '}
          <time dateTime={new Date(message.writtenAt).toISOString()}>{clock(message.writtenAt)}</time>
        </p>
      ) : null}
      <MessageView message={message} {...rest} />
      {isLastMine ? <DeliveryLine message={message} contact={rest.contact} /> : null}
      {isReceiptOpen ? <Receipt message={message} contact={rest.contact} /> : null}
    </section>
  )
}
