import { memo, type SyntheticEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { Contact } from '../../shared/domain/contact.ts'
import type { Conversation, EntryId, Message } from '../../shared/domain/message.ts'
import { nameOf } from '../people/person.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { failureSentence } from '../words/failure.ts'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'
import { MessageMenu } from './message-menu.tsx'
import { RemoveMessage } from './remove-message.tsx'
import { RowView } from './row-view.tsx'
import { rowsOf } from './rows.ts'
import { lastArrived, lastMine } from './timeline.ts'
import type { OpenConversation } from './use-conversation.ts'
import { useMessageActs } from './use-message-acts.ts'
import { usePlace } from './use-place.ts'
import { walk } from './walk.ts'
import type { MessageWindow } from './window.ts'

// Closer to the end than this counts as being there: a line of text may have grown meanwhile.
const END_SLACK_PX = 48
// More is asked for before an end comes into sight.
const EDGE_SLACK_PX = 1_600
// Drawn beyond the window on each side, so that nothing is blank while it is scrolled fast.
const BUFFER_PX = 240
// About what a message of one or two lines takes: what was not measured yet is taken for this high.
const ROW_PX = 56

interface LogProps {
  readonly contact: Contact
  readonly loaded: MessageWindow
  readonly isTyping: boolean
  /** The words looked for here; empty while nothing is. */
  readonly marked: string
  readonly open: Pick<OpenConversation, 'failedAt' | 'loadOlder' | 'loadNewer' | 'jump' | 'toNewest'>
  readonly onAtEnd: (isAtEnd: boolean) => void
  readonly onReply: (message: Message) => void
  readonly onEdit: (message: Message) => void
  readonly onLateShown: ((message: Message) => void) | undefined
  /** What landed above and has not been on screen. */
  readonly above: Conversation['late']
}

/** The messages on screen: only the rows near the window exist, however long the conversation is. */
export const MessageLog = memo(function MessageLog(props: LogProps) {
  const { contact, loaded, open, marked, above } = props
  const doings = useMessageActs()
  const { menu, removal } = doings
  const name = nameOf(contact)
  const arrived = lastArrived(loaded.messages)
  const { chat } = words
  return (
    <div className="log-frame">
      <EdgeFailure failure={open.failedAt.older} said={chat.olderFailed} onRetry={() => open.loadOlder(true)} />
      {/* Another generation has nothing in common with the one before: what was measured there says nothing here. */}
      <Rows key={loaded.generation} {...props} doings={doings} />
      <EdgeFailure failure={open.failedAt.newer} said={chat.newerFailed} onRetry={() => open.loadNewer(true)} />
      {above === undefined ? null : (
        <button type="button" className="btn above" onClick={() => open.jump(above.first)}>
          <Icon name="up" isSmall />
          {chat.newAbove(above.count)}
        </button>
      )}
      <p className="typing" role="status">
        {props.isTyping ? chat.isTyping(shortName(contact)) : ''}
      </p>
      <NewMessage name={name} message={arrived} />
      {menu === undefined ? null : (
        <MessageMenu
          key={menu.message.id}
          place={menu}
          acts={{ ...doings, onReply: props.onReply, onEdit: props.onEdit }}
          onClose={doings.closeMenu}
        />
      )}
      {removal === undefined ? null : (
        <RemoveMessage
          {...removal}
          name={shortName(contact)}
          onYes={doings.remove}
          onClose={() => doings.setRemoval(undefined)}
        />
      )}
      {marked === '' ? null : <span className="sr">{chat.marking(marked)}</span>}
    </div>
  )
})

function Rows({
  contact,
  loaded,
  marked,
  open,
  onAtEnd,
  onLateShown,
  doings,
}: LogProps & { readonly doings: ReturnType<typeof useMessageActs> }) {
  const { messages, firstUnread, place } = loaded
  const hasBeginning = loaded.before === undefined
  const hasNewest = loaded.after === undefined
  const { loadOlder, loadNewer, toNewest } = open
  const list = useRef<VListHandle>(null)
  const rows = useMemo(() => rowsOf(messages, { hasBeginning, firstUnread }), [messages, hasBeginning, firstUnread])
  const isAtEnd = useRef(true)
  const [isAway, setIsAway] = useState(false)
  const newestId = messages.at(-1)?.id

  const stayAtEnd = useCallback(() => {
    list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
  }, [rows.length])

  const hasArrived = usePlace(list, rows, place, isAtEnd, () => look())

  /** Notes where we are; called whenever that may have changed. */
  const look = useCallback(() => {
    const { current } = list
    if (current === null) return
    const below = current.scrollSize - current.viewportSize - current.scrollOffset
    isAtEnd.current = hasNewest && below <= END_SLACK_PX
    setIsAway(!isAtEnd.current)
    onAtEnd(isAtEnd.current)
    if (!hasArrived.current) return
    if (current.scrollOffset < EDGE_SLACK_PX && !hasBeginning) loadOlder()
    if (below < EDGE_SLACK_PX && !hasNewest) loadNewer()
  }, [hasBeginning, hasNewest, hasArrived, loadOlder, loadNewer, onAtEnd])

  // What is new stays in sight for who was at the end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the newest is, another one is the reason
  useLayoutEffect(() => {
    if (isAtEnd.current && hasNewest) stayAtEnd()
  }, [newestId, hasNewest, stayAtEnd])
  // A page may have been too short to fill what is looked at.
  useEffect(() => {
    if (rows.length === 0) return
    const frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [look, rows])

  const mine = hasNewest ? lastMine(messages) : undefined
  const found = place.at === 'message' ? place.id : undefined
  const onMenu = (event: SyntheticEvent<HTMLElement>, opener: HTMLElement, at?: DOMRect) => {
    const id = opener.closest<HTMLElement>('.msg')?.dataset['id']
    const message = messages.find((one) => one.id === id)
    if (message === undefined) return
    event.preventDefault()
    doings.setMenu({ message, opener, at })
  }
  return (
    <>
      <VList
        className="log"
        role="log"
        aria-live="off"
        aria-label={words.chat.log(nameOf(contact))}
        tabIndex={0}
        ref={list}
        shift={loaded.changedAt === 'start'}
        bufferSize={BUFFER_PX}
        itemSize={ROW_PX}
        onScroll={look}
        onResize={() => {
          if (isAtEnd.current) stayAtEnd()
          look()
        }}
        onKeyDown={walk}
        onClick={(event) => {
          const button = closest(event.target, '.msg-actions button')
          if (button !== undefined) onMenu(event, button)
        }}
        onContextMenu={(event) => {
          // What is marked, and a link, have a menu of the system's own.
          const message = closest(event.target, '.msg')
          if (message === undefined || closest(event.target, 'a') || !getSelection()?.isCollapsed) return
          onMenu(event, message, new DOMRect(event.clientX, event.clientY))
        }}
      >
        {rows.map((row) => {
          const id: EntryId | undefined = row.kind === 'turn' ? row.message.id : undefined
          return (
            <RowView
              key={row.key}
              row={row}
              contact={contact}
              isLastMine={id !== undefined && id === mine?.id}
              isReceiptOpen={id !== undefined && id === doings.receipt}
              isFound={id !== undefined && id === found}
              marked={marked}
              failure={id !== undefined && doings.failed?.id === id ? doings.failed.failure : undefined}
              onLateShown={onLateShown}
              onJump={open.jump}
              onReact={doings.onReact}
            />
          )
        })}
      </VList>
      {isAway ? <ToNewest below={loaded.below.size} onPress={toNewest} /> : null}
    </>
  )
}

const closest = (target: EventTarget, selector: string): HTMLElement | undefined =>
  target instanceof Element ? (target.closest<HTMLElement>(selector) ?? undefined) : undefined

function ToNewest({ below, onPress }: { readonly below: number; readonly onPress: () => void }) {
  const { chat } = words
  return (
    <button
      type="button"
      className={below === 0 ? 'tool to-end' : 'btn to-end'}
      aria-label={below === 0 ? chat.newest : undefined}
      title={chat.newest}
      onClick={onPress}
    >
      <Icon name="down" isSmall={below > 0} />
      {below === 0 ? null : chat.newBelow(below)}
    </button>
  )
}

/** Why no more messages come, at the end at which they are missing. */
function EdgeFailure({
  failure,
  said,
  onRetry,
}: {
  readonly failure: OpenConversation['failedAt']['older']
  readonly said: string
  readonly onRetry: () => void
}) {
  if (failure === undefined) return null
  return (
    <div className="log-edge">
      <ErrorLine>
        {said} {failureSentence(failure)}
      </ErrorLine>
      <Button isSmall onClick={onRetry}>
        {words.chat.tryAgain}
      </Button>
    </div>
  )
}

/** Reads a newly arrived message out; the log itself does not, because scrolling fills and empties it. */
function NewMessage({ name, message }: { readonly name: string; readonly message: Message | undefined }) {
  const highest = useRef(message?.arrival ?? 0)
  const isNew = message !== undefined && message.arrival > highest.current && message.body.kind === 'text'
  return (
    <p className="sr" aria-live="polite">
      {isNew && message.body.kind === 'text' ? words.chat.newMessage(name, message.body.text.slice(0, 200)) : ''}
    </p>
  )
}
