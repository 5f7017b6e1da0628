import { type DragEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { ConversationId, Conversation as ConversationRow, EntryId, Message } from '../../shared/domain/message.ts'
import { onFind } from '../keys.ts'
import { Announce } from '../line/announce.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { useOwnSide } from '../line/use-own-side.ts'
import { nameOf } from '../people/person.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { lineWords } from '../words/line.ts'
import { refusalSentence } from '../words/refusal.ts'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'
import { ChatHead } from './chat-head.tsx'
import { Composer, type Task } from './composer.tsx'
import { FindBar } from './find-bar.tsx'
import { MessageLog } from './message-log.tsx'
import { PathPanel } from './path-panel.tsx'
import { useConversation } from './use-conversation.ts'
import { useFind } from './use-find.ts'
import { useReading } from './use-reading.ts'

/** One conversation: its head with the line, its messages, where one writes, and the path panel when it is open. */
export function Conversation({
  conversation,
  detail,
}: {
  readonly conversation: ConversationRow
  readonly detail: string | undefined
}) {
  const contact = useRow('people', conversation.contact)
  const relayName = useRelayName()
  const own = useOwnSide(contact ?? { isRelayOnly: false })
  const [task, setTask] = useState<Task>()
  const [isAtEnd, setIsAtEnd] = useState(false)
  const readsAtEnd = useRef(false)
  const jumpTo = detail !== undefined && detail !== 'line' ? detail : undefined
  const open = useConversation(conversation.id, jumpTo, readsAtEnd)
  const reading = useReading(conversation, open.loaded, isAtEnd)
  const search = useSearchHere(conversation.id, open.jump)
  const dropped = useRefusedFiles()

  const { loaded, jump } = open
  const jumped = useRef(jumpTo)
  useEffect(() => {
    if (jumpTo !== undefined && jumpTo !== jumped.current) jump(jumpTo)
    jumped.current = jumpTo
  }, [jumpTo, jump])

  const onAtEnd = useCallback((is: boolean) => {
    readsAtEnd.current = is
    setIsAtEnd(is)
  }, [])
  const onReply = useCallback((message: Message) => setTask({ kind: 'reply', message }), [])
  const onEdit = useCallback((message: Message) => setTask({ kind: 'edit', message }), [])
  const onTaskEnd = useCallback(() => setTask(undefined), [])

  if (contact === undefined) return <div className="content" />
  const name = nameOf(contact)
  const said = lineWords({ line: contact.path.line }, relayName, undefined, { name: shortName(contact), own })
  return (
    <>
      <div className="content" {...dropped.handlers}>
        <ChatHead conversation={conversation} contact={contact} isPanelOpen={detail === 'line'} />
        <Announce about={contact.id} words={words.chat.lineNews(name, said.strong + said.rest)} />
        <Troubles conversation={conversation} name={shortName(contact)} />
        {search.isOpen ? (
          <FindBar finding={search.finding} name={shortName(contact)} asked={search.asked} onClose={search.close} />
        ) : null}
        {open.failure === undefined ? null : (
          <div className="log-edge">
            <ErrorLine>{failureSentence(open.failure)}</ErrorLine>
            {loaded === undefined ? (
              <Button isSmall onClick={open.retry}>
                {words.chat.tryAgain}
              </Button>
            ) : null}
          </div>
        )}
        {loaded === undefined ? (
          <div className="log" />
        ) : (
          <MessageLog
            contact={contact}
            loaded={loaded}
            isTyping={conversation.isTyping}
            marked={search.marked}
            open={open}
            onAtEnd={onAtEnd}
            onLateShown={reading.onLateShown}
            above={reading.above}
            onReply={onReply}
            onEdit={onEdit}
          />
        )}
        <Composer
          conversation={conversation}
          loaded={loaded}
          contact={contact}
          task={task}
          hasFiles={dropped.hasFiles}
          onTaskEnd={onTaskEnd}
          onSend={open.toNewest}
          lastMine={() => loaded?.messages.findLast(({ isMine, body }) => isMine && body.kind === 'text')}
          onEditLast={onEdit}
        />
      </div>
      {detail === 'line' && contact.state !== 'blocked' ? (
        <PathPanel conversation={conversation} contact={contact} />
      ) : null}
    </>
  )
}

/** The bar that looks for words in this conversation: opened by its key, and the focus goes back to where it was. */
function useSearchHere(conversation: ConversationId, jump: (message: EntryId) => void) {
  const [asked, setAsked] = useState(0)
  const finding = useFind(conversation, jump)
  const from = useRef<Element>(null)
  const isOpen = asked > 0
  useEffect(
    () =>
      onFind(() => {
        setAsked((count) => {
          if (count === 0) from.current = document.activeElement
          return count + 1
        })
      }),
    [],
  )
  const { setSearch } = finding
  const close = useCallback(() => {
    setAsked(0)
    setSearch('')
    const before = from.current
    const place = before instanceof HTMLElement && before.isConnected ? before : undefined
    ;(place ?? document.querySelector<HTMLElement>('.compose textarea'))?.focus({ preventScroll: true })
  }, [setSearch])
  return { isOpen, asked, close, finding, marked: isOpen ? finding.found : '' }
}

/** Files that were dropped anywhere here are not opened in the window's place, and that they cannot be sent is said. */
function useRefusedFiles() {
  const [hasFiles, setHasFiles] = useState(false)
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return {
    hasFiles: { is: hasFiles, set: setHasFiles },
    handlers: {
      onDragOver: (event: DragEvent) => holdsFiles(event) && event.preventDefault(),
      onDrop: (event: DragEvent) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        setHasFiles(true)
      },
    },
  }
}

/** What is wrong with this conversation, where it is wrong. */
function Troubles({ conversation, name }: { readonly conversation: ConversationRow; readonly name: string }) {
  const { stopped, isForked, failure } = conversation
  if (stopped === undefined && !isForked && failure === undefined) return null
  return (
    <div className="troubles">
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      {stopped === undefined ? null : <ErrorLine>{refusalSentence(stopped, name)}</ErrorLine>}
      {isForked ? <ErrorLine>{words.chat.forked}</ErrorLine> : null}
    </div>
  )
}
