import { useRelayName } from '../line/relay-name.ts'
import { href } from '../route.ts'
import { useView } from '../views.ts'
import { words } from '../words/words.ts'

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
