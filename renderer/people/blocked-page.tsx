import type { Contact } from '../../shared/domain/contact.ts'
import { Content } from '../content.tsx'
import { useDoing } from '../messenger.ts'
import { go, href } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { ErrorLine } from '../ui/field.tsx'
import { useView } from '../views.ts'
import { failureSentence } from '../words/failure.ts'
import { words } from '../words/words.ts'
import { byName } from './people-list.tsx'
import { nameOf } from './person.ts'
import { PersonBlock } from './request-row.tsx'

const states = ['blocked', 'ignored'] as const

/** People who may not write to me, and requests I let lie. */
export function BlockedPage() {
  const { people } = words
  const contacts = [...(useView('people')?.values() ?? [])].sort(byName)
  const groups = states.map((state) => ({ state, members: contacts.filter((contact) => contact.state === state) }))
  const isEmpty = groups.every(({ members }) => members.length === 0)
  return (
    <Content title={people.blocked} backTo="people">
      <h1>{people.blocked}</h1>
      {isEmpty ? <p className="soft under-h1">{people.noBlocked}</p> : null}
      {groups.map(({ state, members }) =>
        members.length === 0 ? null : (
          <section className="sec first-sec" key={state}>
            <header>
              <h2>{people.state[state]}</h2>
            </header>
            <p className="soft prose">{people.hiddenHint[state]}</p>
            <div>
              {members.map((contact) => (
                <HiddenRow key={contact.id} contact={contact} />
              ))}
            </div>
          </section>
        ),
      )}
    </Content>
  )
}

function HiddenRow({ contact }: { readonly contact: Contact }) {
  const { people } = words
  const { run, failure, isBusy } = useDoing()
  const { id, state } = contact
  const accept = async () => {
    // There one can write to them.
    if ((await run('contact.accept', { id })) !== undefined) go(href('people', id))
  }
  return (
    <PersonBlock
      id={id}
      name={nameOf(contact)}
      side={
        <div className="acts">
          {state === 'blocked' ? (
            <Button disabled={isBusy} onClick={() => run('contact.unblock', { id })}>
              {people.unblock}
            </Button>
          ) : (
            <Button disabled={isBusy} onClick={accept}>
              {people.accept}
            </Button>
          )}
        </div>
      }
    >
      {failure === undefined ? null : <ErrorLine>{failureSentence(failure)}</ErrorLine>}
    </PersonBlock>
  )
}
