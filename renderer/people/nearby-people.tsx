import type { Contact, Nearby } from '../../shared/domain/contact.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { SmallLine } from '../line/line.tsx'
import { useDoing } from '../messenger.ts'
import { href } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { useRow, useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { byName } from './people-list.tsx'
import { nameOf } from './person.ts'
import { PersonBlock, WriteTo } from './request-row.tsx'

/** Who shows themselves on this network or on a relay of mine, and which of my contacts are on this network. */
export function NearbyPeople({ via }: { readonly via: Nearby['via'] }) {
  const { people } = words
  const contacts = useView('people')
  const known = useView('nearby')
  const settings = useRow('settings')
  const strangers = [...(known?.values() ?? [])].filter(
    (person) => person.via === via && contacts?.get(person.id)?.state !== 'mutual',
  )
  const friends = [...(contacts?.values() ?? [])]
    .filter(({ state, path }) => via === 'lan' && state === 'mutual' && path.line.kind === 'lan')
    .sort(byName)
  const isNobody = known !== undefined && settings !== undefined && strangers.length === 0
  return (
    <section className="sec" aria-label={people.nearby[via]}>
      <header>
        <h2>{people.nearby[via]}</h2>
      </header>
      {isNobody ? (
        <p className="soft prose">
          {via === 'lan' ? people.nearbyNone(settings) : people.announcedNone(settings)}{' '}
          <WayToSwitch section={sectionOfMissing(settings, via)} />
        </p>
      ) : null}
      <div>
        {strangers.map((person) => (
          <NearbyRow key={person.id} person={person} contact={contacts?.get(person.id)} />
        ))}
        {friends.map((contact) => (
          <FriendRow key={contact.id} contact={contact} />
        ))}
      </div>
    </section>
  )
}

/** Where the switch is that keeps the list empty; none when everything is on. */
function sectionOfMissing(settings: Settings, via: Nearby['via']): 'sources' | 'privacy' | undefined {
  if (!(via === 'lan' ? settings.mdns : settings.announce)) return 'sources'
  return settings.isVisible ? undefined : 'privacy'
}

function WayToSwitch({ section }: { readonly section: 'sources' | 'privacy' | undefined }) {
  if (section === undefined) return null
  const { people, settings } = words
  return <a href={href('settings', section)}>{people.nearbySettings(settings.sections[section])}</a>
}

function NearbyRow({ person, contact }: { readonly person: Nearby; readonly contact: Contact | undefined }) {
  const { people } = words
  const { run, failure, isBusy } = useDoing()
  const isAsked = contact?.state === 'asked'
  return (
    <PersonBlock
      id={person.id}
      name={person.name}
      side={
        <>
          <SmallLine state={person.via === 'lan' ? 'lan' : 'relayed'} />
          <div className="acts">
            <Button disabled={isBusy || isAsked} onClick={() => run('contact.ask', { id: person.id, note: '' })}>
              {isAsked ? people.askedNow : people.ask}
            </Button>
          </div>
        </>
      }
    >
      <p className="s13 soft">{people.nearbyVia[person.via]}</p>
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
    </PersonBlock>
  )
}

function FriendRow({ contact }: { readonly contact: Contact }) {
  return (
    <PersonBlock
      id={contact.id}
      name={nameOf(contact)}
      side={
        <>
          <SmallLine state="lan" />
          <div className="acts">
            <WriteTo contact={contact} isMain={false} />
          </div>
        </>
      }
    >
      <p className="s13 soft">{words.people.nearbyFriend}</p>
    </PersonBlock>
  )
}
