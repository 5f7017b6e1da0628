import { type ReactNode, useState } from 'react'
import type { Contact } from '../../shared/domain/contact.ts'
import { SmallLine } from '../line/line.tsx'
import { go, href } from '../route.ts'
import { Tool } from '../ui/button.tsx'
import { Find } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { useRoving } from '../ui/roving.ts'
import { Key, Who } from '../ui/who.tsx'
import { useView } from '../views.ts'
import { milliseconds, shortTime } from '../words/time.ts'
import { words } from '../words/words.ts'
import { nameOf } from './person.ts'

/** Contacts by name. */
export const byName = (one: Contact, other: Contact): number => nameOf(one).localeCompare(nameOf(other))

/** Everybody I know, and the ways to more. */
export function PeopleList({ chosen }: { readonly chosen: string | undefined }) {
  const contacts = [...(useView('people')?.values() ?? [])].sort(byName)
  const [search, setSearch] = useState('')
  const roving = useRoving<HTMLUListElement>()
  const { people } = words
  const wanted = search.trim().toLocaleLowerCase()
  const isFound = (contact: Contact) => wanted === '' || nameOf(contact).toLocaleLowerCase().includes(wanted)
  const mutual = contacts.filter(({ state }) => state === 'mutual')
  const asked = contacts.filter(({ state }) => state === 'asked')
  const requests = contacts.filter(({ state }) => state === 'asks-me')
  const hidden = contacts.filter(({ state }) => state === 'blocked' || state === 'ignored').length
  return (
    <section className="list" aria-label={people.listLabel}>
      <div className="list-head">
        <div className="list-title">
          <h1>{people.title}</h1>
          <Tool icon="plus" label={people.add} onClick={() => go(href('people', 'add'))} />
        </div>
        <Find label={people.search} value={search} onChange={setSearch} />
      </div>
      <ul className="rows" ref={roving.ref} onKeyDown={roving.onKeyDown}>
        {requests.some(isFound) ? (
          <Group title={people.requests} contacts={requests.filter(isFound)} chosen={chosen} />
        ) : null}
        <Way icon="plus" to="add" isChosen={chosen === undefined || chosen === 'add'} label={people.addTitle} />
        <Way icon="link" to="links" isChosen={chosen === 'links'} label={people.links} />
        {hidden > 0 ? (
          <Way icon="lock" to="blocked" isChosen={chosen === 'blocked'} label={people.blocked} note={`${hidden}`} />
        ) : null}
        <Group title={people.contacts} contacts={mutual.filter(isFound)} chosen={chosen}>
          {mutual.length === 0 ? people.noContacts : people.nobodyFound(search.trim())}
        </Group>
        {asked.some(isFound) ? <Group title={people.asked} contacts={asked.filter(isFound)} chosen={chosen} /> : null}
      </ul>
    </section>
  )
}

function Way(props: {
  readonly icon: 'plus' | 'link' | 'lock'
  readonly to: string
  readonly isChosen: boolean
  readonly label: string
  readonly note?: string
}) {
  return (
    <li>
      <a className="nav" href={href('people', props.to)} aria-current={props.isChosen ? 'page' : undefined}>
        <Icon name={props.icon} />
        {props.label}
        <span className="num">{props.note}</span>
      </a>
    </li>
  )
}

function Group({
  title,
  contacts,
  chosen,
  children,
}: {
  readonly title: string
  readonly contacts: readonly Contact[]
  readonly chosen: string | undefined
  readonly children?: ReactNode
}) {
  return (
    <li>
      <h2>
        {title} <span>{contacts.length}</span>
      </h2>
      {contacts.length === 0 ? <p className="s13 soft pad">{children}</p> : null}
      <ul>
        {contacts.map((contact) => (
          <li key={contact.id}>
            <PersonRow contact={contact} isChosen={contact.id === chosen} />
          </li>
        ))}
      </ul>
    </li>
  )
}

function PersonRow({ contact, isChosen }: { readonly contact: Contact; readonly isChosen: boolean }) {
  const { people } = words
  const { path, lastSeen } = contact
  const time =
    path.roundTripMs !== undefined
      ? milliseconds(path.roundTripMs)
      : path.line.kind === 'none' && lastSeen !== undefined
        ? shortTime(lastSeen, Date.now())
        : ''
  return (
    <a className="row" href={href('people', contact.id)} aria-current={isChosen ? 'page' : undefined}>
      <Who id={contact.id} name={nameOf(contact)} />
      <span className="top">
        <span className="name">
          <bdi>{nameOf(contact)}</bdi>
        </span>
        {contact.isVerified ? (
          <>
            <Icon name="shield" isSmall />
            <span className="sr">{people.verified}</span>
          </>
        ) : null}
      </span>
      <span className="sub">
        <Key id={contact.id} />
      </span>
      <span className="end s12 faint num">
        {time}
        <SmallLine state={path.line.kind} />
      </span>
    </a>
  )
}
