import { useState } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import type { Message } from '../../shared/domain/message.ts'
import { useRelayName } from '../line/relay-name.ts'
import { useOwnSide } from '../line/use-own-side.ts'
import { Icon } from '../ui/icon.tsx'
import { deliveryWords, receiptWay } from '../words/delivery.ts'
import { transportWord } from '../words/line.ts'
import { shortName } from '../words/short-name.ts'
import { clockSeconds, milliseconds } from '../words/time.ts'
import { words } from '../words/words.ts'
import { OwnSideHelp } from './own-side-help.tsx'

/** How far my last message has come; a press shows how it went. */
export function DeliveryLine({ message, contact }: { readonly message: Message; readonly contact: Contact }) {
  const [isOpen, setIsOpen] = useState(false)
  const own = useOwnSide(contact)
  if (message.delivery === undefined || message.body.kind === 'deleted') return null
  const { strong, rest, isWaiting } = deliveryWords(
    message.delivery,
    { name: shortName(contact), line: contact.path.line.kind, state: contact.state, own },
    message.receipt,
  )
  return (
    <>
      <button type="button" className="state" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isWaiting ? <Icon name="clock" isSmall /> : null}
        <span>
          <b>{strong}</b>
          {rest}
        </span>
      </button>
      {isWaiting && contact.state === 'mutual' && contact.path.line.kind === 'none' ? (
        <OwnSideHelp own={own} contact={contact} />
      ) : null}
      {isOpen ? <Receipt message={message} contact={contact} /> : null}
    </>
  )
}

/** How one message went, step by step. */
export function Receipt({ message, contact }: { readonly message: Message; readonly contact: Contact }) {
  const relayName = useRelayName()
  const { receipt: said } = words.chat
  const { receipt } = message
  const way =
    receipt === undefined
      ? message.delivery === 'sent'
        ? said.onTheWay
        : said.stillHere
      : [
          receipt.relay === undefined ? receiptWay[receipt.line] : said.byRelay(relayName(receipt.relay)),
          receipt.transport === undefined ? '' : transportWord[receipt.transport],
        ]
          .filter(Boolean)
          .join(', ')
  return (
    <section className="receipt" aria-label={said.title}>
      <p className="receipt-title">{said.title}</p>
      <dl className="facts">
        <dt>{said.written}</dt>
        <dd>{clockSeconds(message.writtenAt)}</dd>
        {receipt === undefined ? null : (
          <>
            <dt>{said.waited}</dt>
            <dd>{milliseconds(receipt.waitedMs)}</dd>
          </>
        )}
        <dt>{said.went}</dt>
        <dd>{way}</dd>
        {receipt === undefined ? null : (
          <>
            <dt>{said.stored(shortName(contact))}</dt>
            <dd>{said.after(milliseconds(receipt.acknowledgedMs))}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
