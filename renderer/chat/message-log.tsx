import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { Contact } from '../../shared/domain/contact.ts'
import type { Conversation, ConversationId, EntryId, Message } from '../../shared/domain/message.ts'
import { nameOf } from '../people/person.ts'
import { href } from '../route.ts'
import { Tool } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'
import { RowView } from './row-view.tsx'
import { type Row, rowIndexOf, rowsOf } from './rows.ts'
import { lastArrived, lastMine } from './timeline.ts'

// Closer to the end than this counts as being there: a line of text may have grown meanwhile.
const END_SLACK_PX = 48
// Older messages are asked for before the beginning comes into sight.
const BEGINNING_SLACK_PX = 600

/** The messages on screen: only the rows near the window exist, however long the conversation is. */
export function MessageLog(props: {
  readonly conversation: ConversationId
  readonly contact: Contact
  readonly messages: readonly Message[]
  readonly hasBeginning: boolean
  readonly firstUnread: EntryId | undefined
  readonly isPrepended: boolean
  readonly jumpTo: EntryId | undefined
  readonly isTyping: boolean
  readonly onNearBeginning: () => void
  readonly onAtEnd: (isAtEnd: boolean) => void
  readonly onReply: (message: Message) => void
  readonly onEdit: (message: Message) => void
  readonly onLateShown: ((message: EntryId) => void) | undefined
  /** What landed above and has not been on screen. */
  readonly above: Conversation['late']
}) {
  const { contact, messages, hasBeginning, firstUnread, isPrepended, jumpTo, onNearBeginning, onAtEnd } = props
  const list = useRef<VListHandle>(null)
  const rows = useMemo(() => rowsOf(messages, { hasBeginning, firstUnread }), [messages, hasBeginning, firstUnread])
  const isAtEnd = useRef(true)
  const [isAway, setIsAway] = useState(false)
  const newest = messages.at(-1)

  const toEnd = useCallback(() => {
    isAtEnd.current = true
    list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
  }, [rows.length])

  /** Notes where we are; called whenever that may have changed. */
  const look = useCallback(() => {
    const { current } = list
    if (current === null) return
    isAtEnd.current = current.scrollOffset + current.viewportSize >= current.scrollSize - END_SLACK_PX
    setIsAway(!isAtEnd.current)
    onAtEnd(isAtEnd.current)
    if (current.scrollOffset < BEGINNING_SLACK_PX && !hasBeginning) onNearBeginning()
  }, [hasBeginning, onNearBeginning, onAtEnd])

  useOpeningPlace(list, rows, jumpTo, isAtEnd)

  // What is new stays in sight for who was at the end, and one's own words always.
  const newestId = newest?.id
  const seenNewest = useRef(newestId)
  useLayoutEffect(() => {
    const isNew = seenNewest.current !== newestId
    seenNewest.current = newestId
    if (isAtEnd.current || (isNew && newest?.isMine)) toEnd()
  }, [newestId, newest?.isMine, toEnd])
  useEffect(() => {
    const frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [look])

  const mine = lastMine(messages)
  const arrived = lastArrived(messages)
  const name = nameOf(contact)
  return (
    <div className="log-frame">
      <VList
        className="log"
        role="log"
        aria-live="off"
        aria-label={words.chat.log(name)}
        tabIndex={0}
        ref={list}
        shift={isPrepended}
        onScroll={look}
        onResize={() => {
          if (isAtEnd.current) toEnd()
          look()
        }}
        onKeyDown={walk}
      >
        {rows.map((row) => (
          <RowView
            key={row.key}
            row={row}
            contact={contact}
            lastMine={mine}
            found={jumpTo}
            onReply={props.onReply}
            onEdit={props.onEdit}
            onLateShown={props.onLateShown}
          />
        ))}
      </VList>
      {props.above === undefined ? null : (
        <a className="btn above" href={href('chats', props.conversation, props.above.first)}>
          <Icon name="up" isSmall />
          {words.chat.newAbove(props.above.count)}
        </a>
      )}
      {isAway ? <Tool icon="down" label={words.chat.newest} extra="to-end" onClick={toEnd} /> : null}
      <p className="typing" role="status">
        {props.isTyping ? words.chat.isTyping(shortName(contact)) : ''}
      </p>
      <NewMessage name={name} message={arrived} />
    </div>
  )
}

/** Where a conversation opens: at the message jumped to, else where the unread begin, else at the end. */
function useOpeningPlace(
  list: { readonly current: VListHandle | null },
  rows: readonly Row[],
  jumpTo: EntryId | undefined,
  isAtEnd: { current: boolean },
): void {
  const jumped = useRef<EntryId>(undefined)
  const isPlaced = useRef(false)
  useLayoutEffect(() => {
    const target = jumpTo === undefined || jumped.current === jumpTo ? -1 : rowIndexOf(rows, jumpTo)
    if (target >= 0) {
      jumped.current = jumpTo
      isPlaced.current = true
      isAtEnd.current = false
      list.current?.scrollToIndex(target, { align: 'center' })
    }
    if (isPlaced.current) return
    isPlaced.current = true
    const unread = rows.findIndex((row) => row.kind === 'unread')
    isAtEnd.current = unread < 0
    list.current?.scrollToIndex(unread < 0 ? rows.length - 1 : unread, { align: unread < 0 ? 'end' : 'start' })
  }, [list, rows, jumpTo, isAtEnd])
}

/** Arrows walk from message to message; Enter opens what can be done with one. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const messages = [...event.currentTarget.querySelectorAll<HTMLElement>('.msg')]
  const at = document.activeElement instanceof HTMLElement ? messages.indexOf(document.activeElement) : -1
  const isOnLog = event.target === event.currentTarget
  if (event.key === 'Enter' && at >= 0) {
    event.preventDefault()
    messages[at]?.querySelector<HTMLElement>('.msg-actions button')?.click()
    return
  }
  if ((at < 0 && !isOnLog) || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || event.altKey) return
  event.preventDefault()
  const next = at < 0 ? messages.at(-1) : messages[at + (event.key === 'ArrowUp' ? -1 : 1)]
  next?.focus()
}

/** Reads a newly arrived message out; the log itself does not, because scrolling fills and empties it. */
function NewMessage({ name, message }: { readonly name: string; readonly message: Message | undefined }) {
  const first = useRef(message?.id)
  const isNew = message !== undefined && message.id !== first.current && message.body.kind === 'text'
  return (
    <p className="sr" aria-live="polite">
      {isNew && message.body.kind === 'text' ? words.chat.newMessage(name, message.body.text.slice(0, 200)) : ''}
    </p>
  )
}
