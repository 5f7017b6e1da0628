import type { Contact, Nearby } from '../../shared/domain/contact.ts'
import { SmallLine } from '../line/line.tsx'
import { useDoing } from '../messenger.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { useRow, useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { nameOf } from './person.ts'
import { PersonBlock } from './request-row.tsx'

/** People who show themselves here and are not my contacts. */
export function NearbyPeople() {
  const { people } = words
  const contacts = useView('people')
  const known = useView('nearby')
  const settings = useRow('settings')
  const nearby = [...(known?.values() ?? [])].filter(({ id }) => contacts?.get(id)?.state !== 'mutual')
  return (
    <section className="sec">
      <header>
        <h2>{people.nearby}</h2>
      </header>
      {known === undefined || settings === undefined || nearby.length > 0 ? null : (
        <p className="soft">
          {people.nearbyNone({
            isLooking: settings.mdns,
            isVisible: settings.isVisible,
            contacts: [...(contacts?.values() ?? [])]
              .filter(({ state, path }) => state === 'mutual' && path.line.kind === 'lan')
              .map(nameOf),
          })}
        </p>
      )}
      <div>
        {nearby.map((person) => (
          <NearbyRow key={person.id} person={person} contact={contacts?.get(person.id)} />
        ))}
      </div>
    </section>
  )
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
