import { Content } from '../content.tsx'
import { useView } from '../views.ts'
import { words } from '../words/words.ts'
import { FriendsLink } from './friends-link.tsx'
import { NearbyPeople } from './nearby-people.tsx'
import { byName } from './people-list.tsx'
import { PendingRow } from './request-row.tsx'
import { Requests } from './requests.tsx'

/** Ways to more people: answer requests, paste or scan a link, ask somebody nearby. */
export function AddPage({ isAsked, arrived }: { readonly isAsked: boolean; readonly arrived?: string | undefined }) {
  const { people } = words
  const asked = [...(useView('people')?.values() ?? [])].filter(({ state }) => state === 'asked').sort(byName)
  return (
    <Content title={people.addTitle} backTo="people">
      <h1>{people.addTitle}</h1>
      <Requests />
      <FriendsLink isAsked={isAsked} arrived={arrived} />
      <NearbyPeople via="lan" />
      <NearbyPeople via="relay" />
      {asked.length === 0 ? null : (
        <section className="sec">
          <header>
            <h2>{people.asked}</h2>
          </header>
          <div>
            {asked.map((contact) => (
              <PendingRow key={contact.id} contact={contact} />
            ))}
          </div>
        </section>
      )}
    </Content>
  )
}
