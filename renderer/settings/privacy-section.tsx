import { nameOf } from '../people/person.ts'
import { href } from '../route.ts'
import { ErrorLine } from '../ui/field.tsx'
import { useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { useSwitches } from './setting-switch.tsx'

/** Who reaches me how, who finds me, and what contacts learn. */
export function PrivacySection() {
  const { privacy } = words.settings
  const { row, failure } = useSwitches()
  return (
    <>
      <section className="sec first-sec">
        <header>
          <h2>{privacy.direct}</h2>
        </header>
        <p className="soft">{privacy.directHint}</p>
        {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
        <div>
          {row('relayOnly', privacy.relayOnly, privacy.relayOnlyHint)}
          <Exceptions />
        </div>
      </section>
      <section className="sec">
        <header>
          <h2>{privacy.find}</h2>
        </header>
        <div>
          {row('isVisible', privacy.visible, privacy.visibleHint)}
          {row('acceptOwnLinks', privacy.links, privacy.linksHint)}
        </div>
      </section>
      <section className="sec">
        <header>
          <h2>{privacy.tell}</h2>
        </header>
        <div>
          {row('tellRead', privacy.read, privacy.readHint)}
          {row('tellTyping', privacy.typing, privacy.typingHint)}
        </div>
      </section>
      <Leaving />
    </>
  )
}

function Exceptions() {
  const { privacy } = words.settings
  const names = [...(useView('people')?.values() ?? [])].filter(({ isRelayOnly }) => isRelayOnly).map(nameOf)
  return (
    <div className="opt">
      <b>{privacy.exceptions}</b>
      <span />
      <p className="hint">{names.length === 0 ? privacy.exceptionsNone : names.join(', ')}</p>
    </div>
  )
}

function Leaving() {
  const { privacy } = words.settings
  const peers = useView('peers')
  const connections = [...(peers?.values() ?? [])].reduce((sum, peer) => sum + peer.connections, 0)
  return (
    <section className="sec">
      <header>
        <h2>{privacy.leaves}</h2>
      </header>
      {peers === undefined ? null : <p className="soft">{privacy.leavesHint(connections)}</p>}
      <div className="acts">
        <a className="btn" href={href('network', 'peers')}>
          {privacy.leavesShow}
        </a>
      </div>
    </section>
  )
}
