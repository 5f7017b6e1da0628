import type { Contact } from '../../shared/domain/contact.ts'
import { isConnected, isRelayed, type LineKind } from '../../shared/domain/line.ts'
import { Line } from '../line/line.tsx'
import { useView } from '../views.ts'
import { shortName } from '../words/short-name.ts'
import { words } from '../words/words.ts'

/** My contacts by the kind of line to them. */
export function WhoNow() {
  const { who } = words.network
  const contacts = [...(useView('people')?.values() ?? [])].filter(({ state }) => state === 'mutual')
  const direct = contacts.filter(({ path: { line } }) => isConnected(line) && !isRelayed(line))
  const relayed = contacts.filter(({ path: { line } }) => isRelayed(line))
  const none = contacts.filter(({ path: { line } }) => line.kind === 'none')
  const unknown = contacts.filter(({ path: { line } }) => line.kind === 'unknown')
  const groups: readonly (readonly [LineKind, string, readonly Contact[]])[] = [
    ['direct', who.direct(direct.length), direct],
    ['relayed', who.relayed(relayed.length), relayed],
    ['none', who.none(none.length), none],
    ['unknown', who.unknown(unknown.length), unknown],
  ]
  return (
    <ul className="who-now">
      {groups.map(([kind, said, people]) =>
        people.length === 0 ? null : (
          <li key={kind}>
            <Line state={kind} size="m" />
            <span>
              <b>{said}</b> · {people.map(shortName).join(', ')}
            </span>
          </li>
        ),
      )}
    </ul>
  )
}
