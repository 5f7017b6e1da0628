import { useRelayName } from '../line/relay-name.ts'
import { ask } from '../messenger.ts'
import { href } from '../route.ts'
import { useRow, useView } from '../views.ts'
import { words } from '../words/words.ts'

const themes = ['system', 'light', 'dark'] as const

/** Where relays are chosen, and what they see. */
export function RelaysSection() {
  const { network, settings } = words
  const { relays } = settings
  const known = useView('relays')
  const relayName = useRelayName({ asRelay: true })
  return (
    <section className="sec first-sec">
      <p className="soft">{relays.intro}</p>
      {known === undefined ? null : known.size === 0 ? (
        <p className="soft">{relays.none}</p>
      ) : (
        <ul>
          {[...known.values()].map((relay) => (
            <li key={relay.id} className="person">
              <div>
                <b>{relayName(relay.id)}</b>
                <p className="s13 soft">{network.relayState[relay.state]}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div className="acts">
        <a className="btn" href={href('network', 'relays')}>
          {relays.show}
        </a>
      </div>
    </section>
  )
}

/** Light, dark, or as the system has it. */
export function AppearanceSection() {
  const { appearance } = words.settings
  const theme = useRow('settings')?.theme
  return (
    <fieldset className="sec first-sec">
      <legend className="sr">{appearance.theme}</legend>
      <div>
        {themes.map((choice) => (
          <label key={choice} className="choice">
            <input
              type="radio"
              name="theme"
              value={choice}
              checked={theme === choice}
              onChange={() => ask('settings.change', { theme: choice })}
            />
            <b>{appearance.themes[choice]}</b>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** What this is, and how it runs. */
export function AboutSection() {
  const { about } = words.settings
  const shell = useRow('shell')
  return (
    <>
      <section className="sec first-sec">
        <p className="lead">{about.what}</p>
        <dl className="facts">
          <dt>{about.profile}</dt>
          <dd>{shell?.profile}</dd>
          <dt>{about.version}</dt>
          <dd>{shell?.version}</dd>
        </dl>
        <p className="soft">{about.third}</p>
      </section>
      {shell?.kind === 'loopback' ? (
        <section className="sec">
          <header>
            <h2>{about.browserTitle}</h2>
          </header>
          <p className="soft">{about.browser}</p>
        </section>
      ) : null}
    </>
  )
}
