import { useEffect, useState } from 'react'
import type { Conversation as ConversationRow, Message } from '../../shared/domain/message.ts'
import { Announce } from '../line/announce.tsx'
import { useRelayName } from '../line/relay-name.ts'
import { useOwnSide } from '../line/use-own-side.ts'
import { nameOf } from '../people/person.ts'
import { ErrorLine } from '../ui/field.tsx'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { lineWords } from '../words/line.ts'
import { refusalSentence } from '../words/refusal.ts'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'
import { ChatHead } from './chat-head.tsx'
import { Composer, type Task } from './composer.tsx'
import { MessageLog } from './message-log.tsx'
import { PathPanel } from './path-panel.tsx'
import { useConversation } from './use-conversation.ts'
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
  const open = useConversation(conversation.id)
  const [task, setTask] = useState<Task>()
  const [isAtEnd, setIsAtEnd] = useState(false)
  const reading = useReading(conversation, open.loaded?.messages, isAtEnd)
  const jumpTo = detail !== undefined && detail !== 'line' ? detail : undefined
  const { loaded, seek } = open
  const isLoaded = loaded !== undefined
  useEffect(() => {
    if (jumpTo !== undefined && isLoaded) void seek(jumpTo)
  }, [jumpTo, isLoaded, seek])

  if (contact === undefined) return <div className="content" />
  const name = nameOf(contact)
  const said = lineWords({ line: contact.path.line }, relayName, undefined, { name: shortName(contact), own })
  return (
    <>
      <div className="content">
        <ChatHead conversation={conversation} contact={contact} isPanelOpen={detail === 'line'} />
        <Announce about={contact.id} words={words.chat.lineNews(name, said.strong + said.rest)} />
        <Troubles conversation={conversation} name={shortName(contact)} />
        {open.failure === undefined ? null : <ErrorLine>{failureSentence(open.failure)}</ErrorLine>}
        {open.loaded === undefined ? (
          <div className="log" />
        ) : (
          <MessageLog
            conversation={conversation.id}
            contact={contact}
            messages={open.loaded.messages}
            hasBeginning={open.loaded.before === undefined}
            firstUnread={open.loaded.firstUnread}
            isPrepended={open.loaded.isPrepended}
            jumpTo={jumpTo}
            isTyping={conversation.isTyping}
            onNearBeginning={open.loadOlder}
            onAtEnd={setIsAtEnd}
            onLateShown={reading.onLateShown}
            above={reading.above}
            onReply={(message: Message) => setTask({ kind: 'reply', message })}
            onEdit={(message: Message) => setTask({ kind: 'edit', message })}
          />
        )}
        <Composer
          conversation={conversation}
          loaded={open.loaded}
          contact={contact}
          task={task}
          onTaskEnd={() => setTask(undefined)}
          lastMine={() => open.loaded?.messages.findLast(({ isMine, body }) => isMine && body.kind === 'text')}
          onEditLast={(message: Message) => setTask({ kind: 'edit', message })}
        />
      </div>
      {detail === 'line' && contact.state !== 'blocked' ? (
        <PathPanel conversation={conversation} contact={contact} />
      ) : null}
    </>
  )
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
