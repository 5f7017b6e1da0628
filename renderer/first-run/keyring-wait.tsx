import { useEffect, useState } from 'react'
import { useRow } from '../views.ts'
import { words } from '../words/words.ts'
import { WaitingPage } from './waiting-page.tsx'

// Opening takes a second or two; after that somebody may be asked for something.
const SAID_AFTER_MS = 3_000

/** Is the desktop app waiting so long that its keyring may be asking the person to unlock it? */
function useMayAsk(): boolean {
  const shell = useRow('shell')
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), SAID_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return isLong && shell?.kind === 'electron' && shell.hasKeyring !== false
}

/** Says, after a moment, that the keyring may be waiting for somebody. */
export function KeyringWait() {
  const mayAsk = useMayAsk()
  return (
    <p className="s13 soft" role="status">
      {mayAsk ? words.firstRun.keyringAsks : ''}
    </p>
  )
}

/** The profile opens; what it may be waiting for is said after a moment. */
export function OpeningPage({ said }: { readonly said: string }) {
  return <WaitingPage said={useMayAsk() ? `${said}. ${words.firstRun.keyringAsks}` : said} />
}
