import { Content } from '../content.tsx'
import { href, type Route } from '../route.ts'
import { Icon } from '../ui/icon.tsx'
import { useRoving } from '../ui/roving.ts'
import { useRow } from '../views.ts'
import { words } from '../words/words.ts'
import { AboutSection } from './about-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { DesktopSection } from './desktop-section.tsx'
import { LockAndQuit } from './lock-and-quit.tsx'
import { NameSection } from './name-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { PassphraseSection } from './passphrase-section.tsx'
import { PrivacySection } from './privacy-section.tsx'
import { RelaysSection } from './relays-section.tsx'
import { type Section, sectionsOf } from './sections.ts'
import { SourcesSection } from './sources-section.tsx'

/** The settings: their sections, and the chosen one. */
export function SettingsPage({ route }: { readonly route: Route }) {
  const sections = sectionsOf(useRow('shell'))
  const chosen = sections.find(({ section }) => section === route.id)?.section ?? 'name'
  const title = words.settings.sections[chosen]
  return (
    <>
      <SectionList chosen={chosen} sections={sections} />
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
    case 'sources':
      return <SourcesSection />
    case 'notifications':
      return <NotificationsSection />
    case 'appearance':
      return <AppearanceSection />
    case 'desktop':
      return <DesktopSection />
    case 'about':
      return <AboutSection />
  }
}

function SectionList({
  chosen,
  sections,
}: {
  readonly chosen: Section
  readonly sections: ReturnType<typeof sectionsOf>
}) {
  const { settings } = words
  const roving = useRoving<HTMLUListElement>()
  return (
    <section className="list" aria-label={settings.listLabel}>
      <div className="list-head">
        <div className="list-title">
          <h1>{settings.title}</h1>
        </div>
      </div>
      <ul className="rows" ref={roving.ref} onKeyDown={roving.onKeyDown}>
        {sections.map(({ section, icon }) => (
          <li key={section}>
            <a className="nav" href={href('settings', section)} aria-current={section === chosen ? 'page' : undefined}>
              <Icon name={icon} />
              {settings.sections[section]}
              <span />
            </a>
          </li>
        ))}
      </ul>
      <LockAndQuit />
    </section>
  )
}
