import { useEffect, useRef } from 'react'
import type { Session as SessionState } from '../shared/contract/views.ts'
import { forgetDrafts } from './chat/draft.ts'
import { useDropGuard } from './drops.ts'
import { useHasQuit } from './ending.ts'
import { FailedPage } from './first-run/failed-page.tsx'
import { OpeningPage } from './first-run/keyring-wait.tsx'
import { LinkStep } from './first-run/link-step.tsx'
import { LockPage } from './first-run/lock-page.tsx'
import { NameStep } from './first-run/name-step.tsx'
import { NoKeyPage } from './first-run/no-key-page.tsx'
import { PassphraseStep } from './first-run/passphrase-step.tsx'
import { WaitingPage } from './first-run/waiting-page.tsx'
import { Frame } from './frame.tsx'
import { useIsLost } from './lost.ts'
import { NoticePlace } from './notice-place.tsx'
import { forgetUses } from './palette/recent.ts'
import { useRoute } from './route.ts'
import { useMayConnect } from './tab-key.ts'
import { Icon } from './ui/icon.tsx'
import { useLanguage } from './use-language.ts'
import { forgetProfile, useRow } from './views.ts'
import { words } from './words/words.ts'

/** The whole window: what it shows follows from the state of the session. */
export function App() {
  return useMayConnect() ? <Connected /> : <NoKeyPage />
}

function Connected() {
  const isLost = useIsLost()
  const hasQuit = useHasQuit()
  useDropGuard()
  if (hasQuit && isLost) return <WaitingPage said={words.settings.quitDone} state="none" />
  return (
    <div className={isLost ? 'window lost' : 'window'}>
      {isLost ? (
        <p className="lost-bar" role="alert">
          <Icon name="warn" isSmall />
          {words.shell.lost}
        </p>
      ) : null}
      <Session />
      <NoticePlace />
    </div>
  )
}

/**
 * The session, but what was asked stays on screen while the profile opens: a wrong passphrase is said where it was typed.
 */
function useSteadySession(): SessionState | undefined {
  const session = useRow('session')
  const shown = useRef<SessionState>(undefined)
  const keeps = session?.state === 'opening' && shown.current !== undefined
  if (!keeps) shown.current = session
  return shown.current
}

function Session() {
  const session = useSteadySession()
  const state = session?.state
  useEffect(() => {
    if (state !== 'locked') return
    forgetProfile()
    forgetDrafts()
    forgetUses()
  }, [state])
  if (session === undefined) return <WaitingPage said={words.firstRun.connecting} />
  switch (session.state) {
    case 'locked':
      return session.asks === 'new' ? <PassphraseStep /> : <LockPage />
    case 'opening':
      return <OpeningPage said={words.firstRun.opening} />
    case 'failed':
      return <FailedPage failure={session.failure} />
    case 'open':
      return <Opened />
  }
}

function Opened() {
  const self = useRow('self')
  const route = useRoute()
  const theme = useRow('settings')?.theme
  useLanguage()
  useEffect(() => {
    // Without the attribute the system decides.
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme
    else delete document.documentElement.dataset['theme']
  }, [theme])
  if (self === undefined) return <WaitingPage said={words.firstRun.opening} />
  if (self.name === '') return <NameStep self={self} />
  if (route.page === 'welcome') return <LinkStep self={self} />
  return <Frame route={route} />
}
