import { Content } from '../content.tsx'
import { useDoing } from '../messenger.ts'
import { go, href } from '../route.ts'
import { Button } from '../ui/button.tsx'
import { useView } from '../views.ts'
import { words } from '../words/words.ts'
import { byName } from './people-list.tsx'
import { nameOf } from './person.ts'
import { PersonBlock } from './request-row.tsx'

/** People who may not write to me, and requests I let lie. */
export function BlockedPage() {
  const { people } = words
  const { run, isBusy } = useDoing()
  const accept = async (id: string) => {
    // There one can write to them.
    if ((await run('contact.accept', { id })) !== undefined) go(href('people', id))
  }
  const contacts = [...(useView('people')?.values() ?? [])]
    .filter(({ state }) => state === 'blocked' || state === 'ignored')
    .sort(byName)
  return (
    <Content title={people.blocked} backTo="people">
      <h1>{people.blocked}</h1>
      {contacts.length === 0 ? <p className="soft under-h1">{people.noBlocked}</p> : null}
      <section className="sec first-sec">
        <div>
          {contacts.map((contact) => (
            <PersonBlock
              key={contact.id}
              id={contact.id}
              name={nameOf(contact)}
              side={
                <div className="acts">
                  {contact.state === 'blocked' ? (
                    <Button disabled={isBusy} onClick={() => run('contact.unblock', { id: contact.id })}>
                      {people.unblock}
                    </Button>
                  ) : (
                    <Button disabled={isBusy} onClick={() => accept(contact.id)}>
                      {people.accept}
                    </Button>
                  )}
                </div>
              }
            >
              <p className="s13 soft">{people.state[contact.state]}</p>
            </PersonBlock>
          ))}
        </div>
      </section>
    </Content>
  )
}
