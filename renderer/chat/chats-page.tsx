import { Line } from '../line/line.tsx'
import type { Route } from '../route.ts'
import { useView } from '../views.ts'
import { words } from '../words/words.ts'
import { ChatList, LinkWays } from './chat-list.tsx'
import { Conversation } from './conversation.tsx'

/** The page of conversations: their list, and the chosen one. */
export function ChatsPage({ route }: { readonly route: Route }) {
  const conversations = useView('conversations')
  const chosen = route.id === undefined ? undefined : conversations?.get(route.id)
  return (
    <>
      <ChatList chosen={route.id} />
      {chosen !== undefined ? (
        <Conversation key={chosen.id} conversation={chosen} detail={route.detail} />
      ) : (
        <Nothing isEmpty={conversations?.size === 0} isGone={route.id !== undefined && conversations !== undefined} />
      )}
    </>
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
