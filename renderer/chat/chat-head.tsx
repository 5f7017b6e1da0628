import type { Contact } from '../../shared/domain/contact.ts'
import type { Conversation } from '../../shared/domain/message.ts'
import { Line } from '../line/line.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { useOwnSide } from '../line/use-own-side.ts'
import { nameOf } from '../people/person.ts'
import { go, href } from '../route.ts'
import { ToolLink } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Key, Who } from '../ui/who.tsx'
import { lineWords } from '../words/line.ts'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'

/** Who this is, and the line to them with its words; a press on the line opens the path panel. */
export function ChatHead({
  conversation,
  contact,
  isPanelOpen,
}: {
  readonly conversation: Conversation
  readonly contact: Contact
  readonly isPanelOpen: boolean
}) {
  const { chat, shell } = words
  const name = nameOf(contact)
  const { strong, rest } = lineWords(contact.path, useRelayName(), contact.lastSeen, {
    name: shortName(contact),
    own: useOwnSide(contact),
  })
  return (
    <header className="chat-head">
      <ToolLink icon="back" label={shell.back} to={href('chats')} extra="back" />
      <Who id={contact.id} name={name} />
      <div>
        <h1>
          <bdi>{name}</bdi>
          {contact.isVerified ? (
            <>
              <Icon name="shield" isSmall />
              <span className="sr">{chat.verified}</span>
            </>
          ) : null}
          <Key id={contact.id} />
        </h1>
        {contact.state === 'blocked' ? (
          <p className="lineword still">{chat.blocked(shortName(contact))}</p>
        ) : (
          <button
            type="button"
            className="lineword"
            aria-expanded={isPanelOpen}
            onClick={() => go(isPanelOpen ? href('chats', conversation.id) : href('chats', conversation.id, 'line'))}
          >
            <Line state={contact.path.line.kind} size="m" />
            <span>
              <b>{strong}</b>
              {rest}
            </span>
            <span className="sr">{chat.linePanel}</span>
          </button>
        )}
      </div>
      <ToolLink icon="info" label={chat.details} to={href('people', contact.id)} />
    </header>
  )
}
