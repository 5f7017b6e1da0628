import { useId, useState } from 'react'
import { Content } from '../content.tsx'
import { quit } from '../ending.ts'
import { useDoing } from '../messenger.ts'
import { href, type Route } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useRoving } from '../ui/roving.ts'
import { useRow } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { NameSection } from './name-section.tsx'
import { PassphraseSection } from './passphrase-section.tsx'
import { PrivacySection } from './privacy-section.tsx'
import { AboutSection, AppearanceSection, RelaysSection } from './small-sections.tsx'

const sections = ['name', 'privacy', 'relays', 'appearance', 'about'] as const
type Section = (typeof sections)[number]

const icons: Readonly<Record<Section, IconName>> = {
  name: 'lock',
  privacy: 'shield',
  relays: 'network',
  appearance: 'sun',
  about: 'info',
}

/** The settings: their sections, and the chosen one. */
export function SettingsPage({ route }: { readonly route: Route }) {
  const chosen = sections.find((section) => section === route.id) ?? 'name'
  const title = words.settings.sections[chosen]
  return (
    <>
      <SectionList chosen={chosen} />
      <Content title={title} backTo="settings">
        <div className="settings">
          <h1>{title}</h1>
          <SectionOf section={chosen} />
        </div>
      </Content>
    </>
  )
}

function SectionOf({ section }: { readonly section: Section }) {
  switch (section) {
    case 'name':
      return (
        <>
          <NameSection />
          <PassphraseSection />
        </>
      )
    case 'privacy':
      return <PrivacySection />
    case 'relays':
      return <RelaysSection />
    case 'appearance':
      return <AppearanceSection />
    case 'about':
      return <AboutSection />
  }
}

function SectionList({ chosen }: { readonly chosen: Section }) {
  const { settings } = words
  const roving = useRoving<HTMLUListElement>()
  const isInBrowser = useRow('shell')?.kind === 'loopback'
  return (
    <section className="list" aria-label={settings.listLabel}>
      <div className="list-head">
        <div className="list-title">
          <h1>{settings.title}</h1>
        </div>
      </div>
      <ul className="rows" ref={roving.ref} onKeyDown={roving.onKeyDown}>
        {sections.map((section) => (
          <li key={section}>
            <a className="nav" href={href('settings', section)} aria-current={section === chosen ? 'page' : undefined}>
              <Icon name={icons[section]} />
              {settings.sections[section]}
              <span />
            </a>
          </li>
        ))}
      </ul>
      {isInBrowser ? <LockAndQuit /> : null}
    </section>
  )
}

/** A desktop window has a menu for these; a page in a browser has none. */
function LockAndQuit() {
  const { settings, shell, firstRun } = words
  const id = useId()
  const [isAsking, setIsAsking] = useState(false)
  const { run, failure, isBusy } = useDoing()
  return (
    <div className="list-foot">
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
      <Button icon="lock" aria-describedby={id} disabled={isBusy} onClick={() => run('profile.lock', {})}>
        {settings.lock}
      </Button>
      <p className="s12 soft" id={id}>
        {firstRun.lock.offline}
      </p>
      <Button icon="quit" onClick={() => setIsAsking(true)}>
        {settings.quit}
      </Button>
      {isAsking ? (
        <Dialog title={settings.quitTitle} onClose={() => setIsAsking(false)}>
          <p>{settings.quitHint}</p>
          <div className="acts end">
            <Button kind="flat" onClick={() => setIsAsking(false)}>
              {shell.cancel}
            </Button>
            <Button
              kind="main"
              onClick={() => {
                setIsAsking(false)
                void quit()
              }}
            >
              {settings.quit}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </div>
  )
}
