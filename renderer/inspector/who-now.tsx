import type { Contact } from '../../shared/domain/contact.ts'
import { isConnected, isRelayed, type LineKind } from '../../shared/domain/line.ts'
import { Line } from '../line/line.tsx'
import { firstName, nameOf } from '../people/person.ts'
import { useView } from '../views.ts'
import { words } from '../words/words.ts'

/** My contacts by the kind of line to them. */
export function WhoNow() {
  const { who } = words.network
  const contacts = [...(useView('people')?.values() ?? [])].filter(({ state }) => state === 'mutual')
  const direct = contacts.filter(({ path: { line } }) => isConnected(line) && !isRelayed(line))
  const relayed = contacts.filter(({ path: { line } }) => isRelayed(line))
  const offline = contacts.filter(({ path: { line } }) => line.kind === 'none')
  const groups: readonly (readonly [LineKind, string, readonly Contact[]])[] = [
    ['direct', who.direct(direct.length), direct],
    ['relayed', who.relayed(relayed.length), relayed],
    ['none', who.offline(offline.length), offline],
  ]
  return (
    <ul className="who-now">
      {groups.map(([kind, said, people]) =>
        people.length === 0 ? null : (
          <li key={kind}>
            <Line state={kind} size="m" />
            <span>
              <b>{said}</b> · {people.map((contact) => firstName(nameOf(contact))).join(', ')}
            </span>
          </li>
        ),
      )}
    </ul>
  )
}
