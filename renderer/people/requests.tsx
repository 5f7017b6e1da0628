import { useState } from 'react'
import { useView } from '../views.ts'
import { words } from '../words/words.ts'
import { byName } from './people-list.tsx'
import { AcceptedRow, RequestRow } from './request-row.tsx'

/** Whoever asks to be my contact, and whom I accepted here; nothing while there is nobody. */
export function Requests({
  onAccepted = () => {},
}: {
  /** Hears of an acceptance once it is stored. */
  readonly onAccepted?: (contact: string) => void
}) {
  const { people } = words
  const [accepted, setAccepted] = useState<readonly string[]>([])
  // Whom I accepted here stays here, with the way to write to them.
  const shown = [...(useView('people')?.values() ?? [])]
    .filter(({ id, state }) => state === 'asks-me' || (state === 'mutual' && accepted.includes(id)))
    .sort(byName)
  const howMany = shown.filter(({ state }) => state === 'asks-me').length
  if (shown.length === 0) return null
  return (
    <section className="sec first-sec">
      <header>
        <h2>{people.requests}</h2>
        {howMany === 0 ? null : <span className="s12 faint">{people.requestsNew(howMany)}</span>}
      </header>
      <div>
        {shown.map((contact) =>
          contact.state === 'mutual' ? (
            <AcceptedRow key={contact.id} contact={contact} />
          ) : (
            <RequestRow
              key={contact.id}
              contact={contact}
              onAccept={() => setAccepted((before) => [...before, contact.id])}
              onAccepted={() => onAccepted(contact.id)}
            />
          ),
        )}
      </div>
    </section>
  )
}
