import { useCallback, useEffect, useState } from 'react'
import { useArrivals } from './arrivals.ts'
import { ChatsPage } from './chat/chats-page.tsx'
import { useFocusAfterRoute } from './focus.ts'
import { NetworkPage } from './inspector/network-page.tsx'
import { useKeys } from './keys.ts'
import { Palette } from './palette/palette.tsx'
import { PeoplePage } from './people/people-page.tsx'
import { Rail } from './rail.tsx'
import type { Route } from './route.ts'
import { QuitDialog } from './settings/lock-and-quit.tsx'
import { SettingsPage } from './settings/settings-page.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { useView } from './views.ts'
import { words } from './words/words.ts'

/** The frame of an open profile: the rail, and the page the route names. */
export function Frame({ route }: { readonly route: Route }) {
  const [layer, setLayer] = useState<'palette' | 'sheet' | 'quit'>()
  const close = useCallback(() => setLayer(undefined), [])
  const showPalette = useCallback(() => setLayer('palette'), [])
  const showSheet = useCallback(() => setLayer('sheet'), [])
  const askQuit = useCallback(() => setLayer('quit'), [])
  const conversations = useView('conversations')
  const unread = [...(conversations?.values() ?? [])].reduce((sum, conversation) => sum + conversation.unread, 0)
  useKeys(route, { palette: showPalette, sheet: showSheet })
  useArrivals(close)
  useFocusAfterRoute(route)
  const title = words.shell.pages[route.page === 'welcome' ? 'chats' : route.page]
  useEffect(() => {
    document.title = words.shell.title(title, unread)
  }, [title, unread])
  const hasPanel = route.page === 'chats' && route.detail === 'line'
  return (
    <div className={hasPanel ? 'app with-panel' : 'app'} data-at={route.id === undefined ? 'list' : 'content'}>
      <Rail page={route.page} unread={unread} onPalette={showPalette} />
      <main>
        <PageOf route={route} />
      </main>
      {layer === 'palette' ? <Palette onClose={close} onSheet={showSheet} onQuit={askQuit} /> : null}
      {layer === 'sheet' ? <Shortcuts onClose={close} /> : null}
      {layer === 'quit' ? <QuitDialog onClose={close} /> : null}
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
