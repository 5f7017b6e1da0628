import { useEffect } from 'react'
import { LinkStep } from './first-run/link-step.tsx'
import { LockPage } from './first-run/lock-page.tsx'
import { NameStep } from './first-run/name-step.tsx'
import { PassphraseStep } from './first-run/passphrase-step.tsx'
import { FailedPage, WaitingPage } from './first-run/waiting-page.tsx'
import { Frame } from './frame.tsx'
import { useIsConnected } from './messenger.ts'
import { useRoute } from './route.ts'
import { forgetProfile, useRow } from './views.ts'
import { words } from './words/words.ts'

/** The whole window: what it shows follows from the state of the session. */
export function App() {
  const isConnected = useIsConnected()
  return (
    <>
      <Session />
      {isConnected === false ? (
        <p className="toast lost" role="alert">
          {words.shell.lost}
        </p>
      ) : null}
    </>
  )
}

function Session() {
  const session = useRow('session')
  const state = session?.state
  useEffect(() => {
    if (state === 'locked') forgetProfile()
  }, [state])
  if (session === undefined) return <WaitingPage said={words.firstRun.connecting} />
  switch (session.state) {
    case 'locked':
      return session.asks === 'new' ? <PassphraseStep /> : <LockPage />
    case 'opening':
      return <WaitingPage said={words.firstRun.opening} />
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
