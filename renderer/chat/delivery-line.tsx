import { useState } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import type { Message } from '../../shared/domain/message.ts'
import { useRelayName } from '../line/relay-name.ts'
import { firstName, nameOf } from '../people/person.ts'
import { Icon } from '../ui/icon.tsx'
import { deliveryWords, receiptWay } from '../words/delivery.ts'
import { transportWord } from '../words/line.ts'
import { clockSeconds, milliseconds } from '../words/time.ts'
import { words } from '../words/words.ts'

/** How far my last message has come; a press shows how it went. */
export function DeliveryLine({ message, contact }: { readonly message: Message; readonly contact: Contact }) {
  const [isOpen, setIsOpen] = useState(false)
  if (message.delivery === undefined || message.body.kind === 'deleted') return null
  const { strong, rest, isWaiting } = deliveryWords(
    message.delivery,
    { name: firstName(nameOf(contact)), line: contact.path.line.kind, state: contact.state },
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
      {isOpen ? <Receipt message={message} contact={contact} /> : null}
    </>
  )
}

function Receipt({ message, contact }: { readonly message: Message; readonly contact: Contact }) {
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
            <dt>{said.stored(firstName(nameOf(contact)))}</dt>
            <dd>{said.after(milliseconds(receipt.acknowledgedMs))}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
