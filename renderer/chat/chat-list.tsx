import { type KeyboardEvent, useState } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import type { Conversation } from '../../shared/domain/message.ts'
import { SmallLine } from '../line/line.tsx'
import { nameOf } from '../people/person.ts'
import { href } from '../route.ts'
import { ToolLink } from '../ui/button.tsx'
import { Find } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { useRoving } from '../ui/roving.ts'
import { Who } from '../ui/who.tsx'
import { useView } from '../views.ts'
import { shortTime } from '../words/time.ts'
import { words } from '../words/words.ts'
import { type Entry, entriesOf } from './entries.ts'
import { beginOpening } from './opening.ts'
import { SearchResults } from './search-results.tsx'

/** The list of chats, with the search on top. */
export function ChatList({ chosen }: { readonly chosen: string | undefined }) {
  const conversations = useView('conversations')
  const people = useView('people')
  const entries = entriesOf(conversations, people)
  const [search, setSearch] = useState('')
  const roving = useRoving<HTMLUListElement>()
  const { chat } = words
  return (
    <section className="list" aria-label={chat.listLabel} onKeyDown={walkFromSearch}>
      <div className="list-head">
        <div className="list-title">
          <h1>{chat.listTitle}</h1>
          <ToolLink icon="plus" label={chat.newChat} to={href('people')} />
        </div>
        <Find label={chat.search} value={search} onChange={setSearch} />
      </div>
      {conversations !== undefined && entries.length === 0 && search === '' ? <NoChats /> : null}
      {search.trim() !== '' ? (
        <SearchResults search={search.trim()} />
      ) : (
        <ul className="rows" ref={roving.ref} onKeyDown={roving.onKeyDown}>
          {entries.map((entry) => (
            <li key={entry.to}>
              <ChatRow
                entry={entry}
                contact={people?.get(entry.conversation.contact)}
                isChosen={chosen !== undefined && entry.conversation.id === chosen}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** ↓ or Enter lead from the search box to the first row, ↑ from there back: a row is opened by Enter on it. */
function walkFromSearch(event: KeyboardEvent<HTMLElement>): void {
  if (event.nativeEvent.isComposing || event.defaultPrevented || event.altKey) return
  const box = event.currentTarget.querySelector<HTMLElement>('input[type="search"]')
  const first = event.currentTarget.querySelector<HTMLElement>('.rows a')
  const [from, to] = event.key === 'ArrowUp' ? [first, box] : [box, first]
  if (!['ArrowUp', 'ArrowDown', 'Enter'].includes(event.key) || event.target !== from || to === null) return
  event.preventDefault()
  to.focus()
}

/** On a narrow window the list is all there is, so it says what an empty one means. */
function NoChats() {
  const { chat } = words
  return (
    <div className="empty only-narrow">
      <h2>{chat.emptyTitle}</h2>
      <p className="soft">{chat.emptyHint}</p>
      <LinkWays />
    </div>
  )
}

/** The two ways to somebody new. */
export function LinkWays() {
  const { chat } = words
  return (
    <div className="acts">
      <a className="btn main" href={href('people', 'links')}>
        {chat.showMyLink}
      </a>
      <a className="btn" href={href('people', 'add')}>
        {chat.pasteLink}
      </a>
    </div>
  )
}

function ChatRow({
  entry,
  contact,
  isChosen,
}: {
  readonly entry: Entry
  readonly contact: Contact | undefined
  readonly isChosen: boolean
}) {
  const { chat, shell } = words
  const { conversation, to } = entry
  const name = contact === undefined ? '' : nameOf(contact)
  const { lastAt, unread } = conversation
  return (
    <a
      className={unread > 0 ? 'row unread' : 'row'}
      href={to}
      aria-current={isChosen ? 'page' : undefined}
      onPointerDown={() => {
        if (!isChosen) beginOpening(conversation.id)
      }}
    >
      <Who id={conversation.contact} name={name} />
      <span className="top">
        <span className="name">
          <bdi>{name}</bdi>
        </span>
        {contact?.isVerified ? (
          <>
            <Icon name="shield" isSmall />
            <span className="sr">{chat.verified}</span>
          </>
        ) : null}
      </span>
      {lastAt === undefined ? null : (
        <time className="at" dateTime={new Date(lastAt).toISOString()}>
          {shortTime(lastAt, Date.now())}
        </time>
      )}
      <span className="sub">
        <LastWords conversation={conversation} isChosen={isChosen} />
      </span>
      <span className="end">
        {unread > 0 ? (
          <span className="count">
            {chat.count(unread)}
            <span className="sr"> {shell.unread(unread).replace(/^\d+ /, '')}</span>
          </span>
        ) : null}
        {contact === undefined ? null : <SmallLine state={contact.path.line.kind} />}
      </span>
      {conversation.isTyping ? <span className="sr">{chat.typing}</span> : null}
    </a>
  )
}

function LastWords({ conversation, isChosen }: { readonly conversation: Conversation; readonly isChosen: boolean }) {
  const { chat } = words
  const { lastText, lastIsMine, draft, isTyping, waiting } = conversation
  if (isTyping) return <span className="good">{chat.typing}</span>
  if (draft !== undefined && draft.trim() !== '' && !isChosen)
    return (
      <span>
        <b className="good">{chat.draft}</b> <bdi>{draft}</bdi>
      </span>
    )
  if (lastText === undefined)
    return <span className="faint">{conversation.lastAt ? chat.deletedShort : chat.nothingYet}</span>
  return (
    <>
      {waiting > 0 && lastIsMine ? (
        <>
          <Icon name="clock" isSmall />
          <span className="sr">{chat.waiting}</span>
        </>
      ) : null}
      <span>
        {lastIsMine ? chat.youSaid('') : ''}
        <bdi>{lastText}</bdi>
      </span>
    </>
  )
}
