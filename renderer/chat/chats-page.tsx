import { useEffect, useState } from 'react'
import type { Failure } from '../../shared/contract/failures.ts'
import { Line } from '../line/line.tsx'
import { ask } from '../messenger.ts'
import { go, href, type Route } from '../route.ts'
import { ErrorLine } from '../ui/field.tsx'
import { useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { ChatList, LinkWays } from './chat-list.tsx'
import { Conversation } from './conversation.tsx'
import { entriesOf, WITH } from './entries.ts'

/** The page of conversations: their list, and the chosen one. */
export function ChatsPage({ route }: { readonly route: Route }) {
  const conversations = useView('conversations')
  const people = useView('people')
  const chosen = route.id === undefined ? undefined : conversations?.get(route.id)
  return (
    <>
      <ChatList chosen={route.id} />
      {route.id === WITH && route.detail !== undefined ? (
        <Opening key={route.detail} contact={route.detail} />
      ) : chosen !== undefined ? (
        <Conversation key={chosen.id} conversation={chosen} detail={route.detail} />
      ) : (
        <Nothing
          isEmpty={conversations !== undefined && entriesOf(conversations, people).length === 0}
          isGone={route.id !== undefined && conversations !== undefined}
        />
      )}
    </>
  )
}

/** Opens the conversation with a contact, and goes there. */
function Opening({ contact }: { readonly contact: string }) {
  const [failed, setFailed] = useState<Failure>()
  useEffect(() => {
    let isWanted = true
    void ask('conversation.open', { contact }).then((opened) => {
      if (!isWanted) return
      if (opened.ok) go(href('chats', opened.value.conversation), { replace: true })
      else setFailed(opened.failure)
    })
    return () => {
      isWanted = false
    }
  }, [contact])
  return (
    <div className="content">
      <div className="empty">{failed === undefined ? null : <ErrorLine>{failureSentence(failed)}</ErrorLine>}</div>
    </div>
  )
}

function Nothing({ isEmpty, isGone }: { readonly isEmpty: boolean; readonly isGone: boolean }) {
  const { chat } = words
  return (
    <div className="content">
      <div className="empty">
        <Line state="none" size="m" />
        <h2>{isEmpty ? chat.emptyTitle : isGone ? chat.gone : chat.chooseTitle}</h2>
        <p className="soft">{isEmpty ? chat.emptyHint : chat.chooseHint}</p>
        <LinkWays />
      </div>
    </div>
  )
}
