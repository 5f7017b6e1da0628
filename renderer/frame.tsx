import { useEffect, useState } from 'react'
import { ChatsPage } from './chat/chats-page.tsx'
import { useFocusAfterRoute } from './focus.ts'
import { NetworkPage } from './inspector/network-page.tsx'
import { useKeys } from './keys.ts'
import { PeoplePage } from './people/people-page.tsx'
import { Rail } from './rail.tsx'
import type { Route } from './route.ts'
import { SettingsPage } from './settings/settings-page.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { useView } from './views.ts'
import { words } from './words/words.ts'

/** The frame of an open profile: the rail, and the page the route names. */
export function Frame({ route }: { readonly route: Route }) {
  const [hasSheet, setHasSheet] = useState(false)
  const conversations = useView('conversations')
  const unread = [...(conversations?.values() ?? [])].reduce((sum, conversation) => sum + conversation.unread, 0)
  useKeys(route, () => setHasSheet(true))
  useFocusAfterRoute(route)
  const title = words.shell.pages[route.page === 'welcome' ? 'chats' : route.page]
  useEffect(() => {
    document.title = words.shell.title(title, unread)
  }, [title, unread])
  const hasPanel = route.page === 'chats' && route.detail === 'line'
  return (
    <div className={hasPanel ? 'app with-panel' : 'app'} data-at={route.id === undefined ? 'list' : 'content'}>
      <Rail page={route.page} unread={unread} />
      <main>
        <PageOf route={route} />
      </main>
      {hasSheet ? <Shortcuts onClose={() => setHasSheet(false)} /> : null}
    </div>
  )
}

function PageOf({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'people':
      return <PeoplePage route={route} />
    case 'network':
      return <NetworkPage route={route} />
    case 'settings':
      return <SettingsPage route={route} />
    case 'chats':
    case 'welcome':
      return <ChatsPage route={route} />
  }
}
